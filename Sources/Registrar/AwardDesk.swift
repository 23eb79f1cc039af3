public import Credentials
public import Cryptography
public import Encoding
import Issuance
public import Records
import Registry
import TransparencyLog

/// Issues and revokes awards on the node of the country where the body is accredited.
///
/// `Protocol/batch.md`, `Protocol/status-list.md`. Records come before the log and the log
/// before the files: nothing is released that is not recorded and logged.
public struct AwardDesk: Sendable {
    /// What was issued: records and files in the order of the requests.
    public struct Issued: Sendable {
        public let entry: UInt64
        public let records: [RecordID]
        public let files: [CredentialFile]
    }

    private let office: Office
    private let records: RecordStore
    private let key: SigningKey
    private let signer: NoteSigner

    /// - Parameter body: the id of the body, as its accreditation names it.
    public init(office: Office, records: RecordStore, key: SigningKey, body: String) throws {
        self.office = office
        self.records = records
        self.key = key
        signer = try NoteSigner(name: body, key: key, algorithm: .ed25519)
    }

    private var body: String { signer.verifier.name }

    /// Signs the awards as one batch, records them, logs the batch, and gives the files.
    public func issue(
        _ requests: [AwardRequest], holderKeys: [String: VerificationKey], at now: Timestamp
    ) async throws -> Issued {
        try requireAccreditation(for: requests, at: now)
        var generator = SystemRandomNumberGenerator()
        let list = StatusListName.current(of: body, network: office.card.pin.origin)
        var publications: [RegistryEntry] = []
        var blobs: [[UInt8]] = []
        if !(try records.statusLists.lists().contains { $0.id == list }) {
            try records.statusLists.create(list)
        }
        let isNew = try records.statusLists.lists().first { $0.id == list }?.number == 0
        if isNew {
            let (entry, blob) = try publication(of: list, at: now, using: &generator)
            publications.append(entry)
            blobs.append(blob)
        }
        let slots = try records.statusLists.allocate(requests.count, in: list, using: &generator)
        let awards = zip(requests, slots).map { request, slot in
            request.credential(
                by: body, country: office.card.country, status: slot, at: now,
                holder: request.holderKey.flatMap { holderKeys[$0] })
        }
        let batch = try AwardBatch(signing: awards, by: key, using: &generator)
        let ids = requests.map { _ in RecordID(using: &generator) }
        let new = zip(ids, zip(batch.credentials, slots)).map { id, pair in
            Record(id: id, credential: pair.0, status: pair.1, issuedAt: now)
        }
        try records.insert(new)
        publications.append(
            try ActDraft(
                kind: "batch", author: body, subjects: [body],
                act: batch.act(body: body, list: list)
            ).entry(for: office.card.pin.origin, signedBy: [signer], using: &generator))
        let published = try await office.publish(publications, blobs: blobs, at: now)
        if isNew { try records.statusLists.published(list, number: 1) }
        guard let entry = published.last?.index else { throw RegistrarError.unknownAct("batch") }
        let files = batch.files(origin: office.card.pin.origin, entry: entry)
        try verifyOwnOutput(files, batch)
        var paths: [RecordID: BatchPath] = [:]
        for (id, file) in zip(ids, files) { paths[id] = file.batch }
        try records.setBatch(paths)
        return Issued(entry: entry, records: ids, files: files)
    }

    /// Revokes one award for good; the log gets a new list, nothing about the person.
    public func revoke(_ id: RecordID, at now: Timestamp) async throws -> UInt64 {
        let record = try records.record(id)
        let ledger = records.statusLists
        guard try ledger.status(of: record.status) != .invalid else {
            throw RegistrarError.alreadyRevoked(id.description)
        }
        try ledger.set(.invalid, of: record.status)
        var generator = SystemRandomNumberGenerator()
        let (entry, blob) = try publication(
            of: record.status.uri, at: now, using: &generator)
        let published = try await office.publish([entry], blobs: [blob], at: now)
        guard case .statusList(let publication) = entry.act else {
            throw RegistrarError.unknownAct("status-list")
        }
        try ledger.published(record.status.uri, number: Int64(publication.number))
        return published[0].index
    }

    /// The next token of a list, signed by the body, and the entry that commits to it.
    private func publication(
        of list: String, at now: Timestamp, using generator: inout some RandomNumberGenerator
    ) throws -> (entry: RegistryEntry, blob: [UInt8]) {
        let (number, states) = try records.statusLists.next(list)
        let token = StatusListToken.signed(
            states, subject: list, at: now, by: key)
        let entry = try ActDraft(
            kind: "status-list", author: body, subjects: [body, list],
            act: [
                "body": .string(body), "list": .string(list), "number": .integer(number),
                "hash": .string(token.hash.hexadecimal),
            ]
        ).entry(for: office.card.pin.origin, signedBy: [signer], using: &generator)
        return (entry, token.serialized)
    }

    /// A body whose accreditation has ended, or never covered the award, issues nothing.
    private func requireAccreditation(for requests: [AwardRequest], at now: Timestamp) throws {
        let subjects = Set(requests.map(\.qualification) + [body])
        let state = try office.state(about: subjects, at: now)
        let accreditations = state.accreditations(of: body)
        for request in requests {
            let covering = accreditations.filter {
                $0.accreditation.key == signer.verifier
                    && $0.accreditation.covers(request.qualification, on: request.awarded)
            }
            let standing = covering.first { $0.standing.end == nil }
            let reason: String? =
                if accreditations.isEmpty {
                    "no accreditation of it is in the log"
                } else if covering.isEmpty {
                    "its accreditation does not cover it on \(request.awarded) with this key"
                } else if standing == nil {
                    "its accreditation has ended [accreditation-withdrawn]"
                } else if request.awarded > now.day {
                    "the award is dated in the future"
                } else if isLate(request, standing, now) {
                    "the award is older than may be logged; an archive confirmation needs an "
                        + "`archive` page and an accreditation that allows it"
                } else {
                    nil
                }
            if let reason {
                throw RegistrarError.notAccredited(
                    body: body, qualification: request.qualification, reason: reason)
            }
        }
    }

    private func isLate(
        _ request: AwardRequest, _ accreditation: StandingAccreditation?, _ now: Timestamp
    ) -> Bool {
        guard let accreditation = accreditation?.accreditation else { return true }
        let days = now.day.daysSince1970 - request.awarded.daysSince1970
        let isArchive = request.archive != nil && accreditation.allowsArchive
        return days > accreditation.loggingDays && !isArchive
    }

    /// What was just made is read back as a stranger would read it, before it is released.
    private func verifyOwnOutput(_ files: [CredentialFile], _ batch: AwardBatch) throws {
        for file in files {
            let read = try CredentialFile(parsing: file.serialized)
            _ = try QualificationCredential(parsing: read.credential)
            try read.credential.verify(with: key.verificationKey)
            guard let path = read.batch else {
                throw RegistrarError.ownOutputRejected("it names no batch")
            }
            try InclusionProof(index: path.leafIndex, size: batch.count, hashes: path.hashes)
                .verify(
                    leaf: MerkleTree.leafHash(read.credential.issuerSignedBytes),
                    root: batch.root)
        }
    }
}
