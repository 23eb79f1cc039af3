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

    /// Signed, recorded and noted; nobody outside knows of it yet.
    struct Prepared {
        let credentials: [IssuedCredential]
        let records: [RecordID]
        let batch: AwardBatch
        let act: RegistryEntry
        /// What goes into the log before the batch: a new status list.
        let before: [RegistryEntry]
        let blobs: [[UInt8]]
        fileprivate let pending: PendingBatch
    }

    /// Issues so many credentials as one batch.
    ///
    /// - Parameter making: makes them, given their places on the status list.
    func issue(
        _ count: Int, at now: Timestamp, making: ([StatusReference]) throws -> [IssuedCredential]
    ) async throws -> Issued {
        let prepared = try prepare(count, at: now, making: making)
        let entry = try await log(prepared, at: now)
        let files = prepared.batch.files(origin: office.card.pin.origin, entry: entry)
        try verifyOwnOutput(files, prepared.batch)
        var paths: [RecordID: BatchPath] = [:]
        for (id, file) in zip(prepared.records, files) { paths[id] = file.batch }
        try records.setBatch(paths)
        prepared.pending.remove(from: office.node)
        return Issued(
            entry: entry, records: prepared.records, credentials: prepared.credentials,
            files: files)
    }

    /// Order: the records, and where their batch will put them, are on disk before the log is
    /// asked. A crash from here on is mended when the records are opened (`PendingBatch`).
    func prepare(
        _ count: Int, at now: Timestamp, making: ([StatusReference]) throws -> [IssuedCredential]
    ) throws -> Prepared {
        var generator = SystemRandomNumberGenerator()
        let list = StatusListName.current(of: issuer, network: office.card.pin.origin)
        var before: [RegistryEntry] = []
        var blobs: [[UInt8]] = []
        if !(try records.statusLists.lists().contains { $0.id == list }) {
            try records.statusLists.create(list)
        }
        try catchUp(list, at: now)
        if try records.statusLists.lists().first(where: { $0.id == list })?.number == 0 {
            let (entry, blob) = try publication(of: list, at: now, using: &generator)
            before.append(entry)
            blobs.append(blob)
        }
        let slots = try records.statusLists.allocate(count, in: list, using: &generator)
        let credentials = try making(slots)
        let batch = try AwardBatch(signing: credentials, by: key, using: &generator)
        let act = try ActDraft(
            kind: "batch", author: issuer, subjects: [issuer],
            act: batch.act(body: issuer, list: list)
        ).entry(for: office.card.pin.origin, signedBy: [signer], using: &generator)
        try requireEffect(of: act, at: now)
        let ids = credentials.map { _ in RecordID(using: &generator) }
        let new = zip(ids, zip(batch.credentials, slots)).map { id, pair in
            Record(id: id, credential: pair.0, status: pair.1, issuedAt: now)
        }
        try records.insert(new)
        let placed = batch.files(origin: office.card.pin.origin, entry: 0)
        let pending = PendingBatch(
            entry: act.identity,
            paths: Dictionary(
                zip(ids, placed.compactMap(\.batch)), uniquingKeysWith: { first, _ in first }))
        try pending.write(to: office.node)
        return Prepared(
            credentials: credentials, records: ids, batch: batch, act: act, before: before,
            blobs: blobs, pending: pending)
    }

    /// The index of the batch's entry.
    func log(_ prepared: Prepared, at now: Timestamp) async throws -> UInt64 {
        let published = try await office.publish(
            prepared.before + [prepared.act], blobs: prepared.blobs, at: now)
        for entry in prepared.before {
            guard case .statusList(let publication) = entry.act else { continue }
            try records.statusLists.published(
                publication.list, number: Int64(publication.number))
        }
        guard let entry = published.last?.index else { throw RegistrarError.unknownAct("batch") }
        return entry
    }

    /// A crash may have left a list in the log whose number the ledger does not know.
    private func catchUp(_ list: String, at now: Timestamp) throws {
        let state = try office.state(about: [issuer], at: now)
        let logged = state.statusLists(list, of: issuer).map { Int64($0.publication.number) }.max()
        let known = try records.statusLists.lists().first { $0.id == list }?.number
        guard let logged, let known, logged == known + 1 else { return }
        try records.statusLists.published(list, number: logged)
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

    /// Revokes one credential for good; the log gets a new list, nothing about the person.
    public func revoke(_ id: RecordID, at now: Timestamp) async throws -> UInt64 {
        let record = try records.record(id)
        let ledger = records.statusLists
        try catchUp(record.status.uri, at: now)
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
