public import Credentials
public import Cryptography
public import Encoding
import Issuance
public import Records
import Registry
import TransparencyLog

/// Signs, records and logs the credentials of one issuer, and revokes them.
///
/// `Protocol/batch.md`, `Protocol/status-list.md`. Records come before the log and the log
/// before the files: nothing is released that is not recorded and logged. Whether the issuer
/// may issue them is asked by the caller (`AwardDesk`, `StatementDesk`).
public struct CredentialDesk: Sendable {
    /// What was issued: records, credentials and files in the order of the requests.
    public struct Issued: Sendable {
        /// The place of the batch, or of the first of them.
        public let entry: UInt64
        public let records: [RecordID]
        public let credentials: [IssuedCredential]
        public let files: [CredentialFile]
    }

    let office: Office
    private let records: RecordStore
    private let key: SigningKey
    private let signer: NoteSigner

    /// - Parameter issuer: the id of the body or authority, as the log names it.
    public init(office: Office, records: RecordStore, key: SigningKey, issuer: String) throws {
        self.office = office
        self.records = records
        self.key = key
        signer = try NoteSigner(name: issuer, key: key, algorithm: .ed25519)
    }

    var issuer: String { signer.verifier.name }
    var verifier: NoteKey { signer.verifier }

    /// Issues so many credentials as one batch, or as several that are published together.
    ///
    /// - Parameters:
    ///   - ids: those of their records; nil: random ones.
    ///   - batchLimit: the most of a batch.
    ///   - isOpen: for paper: nothing in a credential can be kept back.
    ///   - making: makes them, given their places on the status list.
    func issue(
        _ count: Int, ids: [RecordID]? = nil, batchLimit: Int = AwardBatch.countLimit,
        isOpen: Bool = false, at now: Timestamp,
        making: ([StatusReference]) throws -> [IssuedCredential]
    ) async throws -> Issued {
        var generator = SystemRandomNumberGenerator()
        let list = StatusListName.current(of: issuer, network: office.card.pin.origin)
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
        let slots = try records.statusLists.allocate(count, in: list, using: &generator)
        let credentials = try making(slots)
        var batches: [AwardBatch] = []
        var acts: [RegistryEntry] = []
        for start in stride(from: 0, to: max(1, credentials.count), by: batchLimit) {
            let batch = try AwardBatch(
                signing: Array(credentials[start...].prefix(batchLimit)), by: key, isOpen: isOpen,
                using: &generator)
            batches.append(batch)
            acts.append(
                try ActDraft(
                    kind: "batch", author: issuer, subjects: [issuer],
                    act: batch.act(body: issuer, list: list)
                ).entry(for: office.card.pin.origin, signedBy: [signer], using: &generator))
        }
        if let act = acts.first { try requireEffect(of: act, at: now) }
        let ids = ids ?? credentials.map { _ in RecordID(using: &generator) }
        let new = zip(ids, zip(batches.flatMap(\.credentials), slots)).map { id, pair in
            Record(id: id, credential: pair.0, status: pair.1, issuedAt: now)
        }
        try records.insert(new)
        let published = try await office.publish(publications + acts, blobs: blobs, at: now)
        if isNew { try records.statusLists.published(list, number: 1) }
        let entries = published.suffix(acts.count).map(\.index)
        guard let entry = entries.first else { throw RegistrarError.unknownAct("batch") }
        var files: [CredentialFile] = []
        for (batch, entry) in zip(batches, entries) {
            let made = batch.files(origin: office.card.pin.origin, entry: entry)
            try verifyOwnOutput(made, batch)
            files += made
        }
        var paths: [RecordID: BatchPath] = [:]
        for (id, file) in zip(ids, files) { paths[id] = file.batch }
        try records.setBatch(paths)
        return Issued(entry: entry, records: ids, credentials: credentials, files: files)
    }

    /// A batch that the log would keep as advice at most would make certificates that nobody
    /// believes.
    private func requireEffect(of batch: RegistryEntry, at now: Timestamp) throws {
        let state = try office.state(about: [issuer], at: now)
        let next = LoggedEntry(
            entry: batch, index: .max - 1, loggedTime: now, isWitnessed: true)
        switch state.judge(next) {
        case .effective: return
        case .advisory(let objection), .void(let objection):
            throw RegistrarError.declined(objection)
        }
    }

    /// Revokes one credential for good, with its paper; the log gets a new list, nothing about the person.
    public func revoke(_ id: RecordID, at now: Timestamp) async throws -> UInt64 {
        let places = try places(of: id)
        let ledger = records.statusLists
        guard let own = places.first, try ledger.status(of: own) != .invalid else {
            throw RegistrarError.alreadyRevoked(id.description)
        }
        for place in places { try ledger.set(.invalid, of: place) }
        var generator = SystemRandomNumberGenerator()
        let lists = Set(places.map(\.uri)).sorted()
        let new = try lists.map { try publication(of: $0, at: now, using: &generator) }
        let published = try await office.publish(
            new.map(\.entry), blobs: new.map(\.blob), at: now)
        for (list, entry) in zip(lists, new.map(\.entry)) {
            guard case .statusList(let publication) = entry.act else {
                throw RegistrarError.unknownAct("status-list")
            }
            try ledger.published(list, number: Int64(publication.number))
        }
        return published[0].index
    }

    /// Every place on a status list that speaks of the award of a record: its own, and that of
    /// its paper. Of a record of paper its own, for a lost paper.
    func places(of id: RecordID) throws -> [StatusReference] {
        guard let own = try records.summary(of: id) else {
            throw RecordsError.unknownRecord(id)
        }
        return try [own.status] + records.papers(of: id).map(\.status)
    }

    /// The next token of a list, signed by the issuer, and the entry that commits to it.
    private func publication(
        of list: String, at now: Timestamp, using generator: inout some RandomNumberGenerator
    ) throws -> (entry: RegistryEntry, blob: [UInt8]) {
        let (number, states) = try records.statusLists.next(list)
        let token = StatusListToken.signed(
            states, subject: list, at: now, by: key)
        let entry = try ActDraft(
            kind: "status-list", author: issuer, subjects: [issuer, list],
            act: [
                "body": .string(issuer), "list": .string(list), "number": .integer(number),
                "hash": .string(token.hash.hexadecimal),
            ]
        ).entry(for: office.card.pin.origin, signedBy: [signer], using: &generator)
        return (entry, token.serialized)
    }

    /// What was just made is read back as a stranger would read it, before it is released.
    private func verifyOwnOutput(_ files: [CredentialFile], _ batch: AwardBatch) throws {
        for file in files {
            let read = try CredentialFile(parsing: file.serialized)
            _ = try IssuedCredential(parsing: read.credential)
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
