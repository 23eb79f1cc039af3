public import Credentials
public import Cryptography
public import Encoding
import Issuance
public import Records
import Registry
import TransparencyLog

/// Signs, records and logs the credentials of one issuer.
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
    let records: RecordStore
    private let key: SigningKey
    private let signer: NoteSigner
    let statuses: StatusDesk

    /// - Parameter issuer: the id of the body or authority, as the log names it.
    public init(office: Office, records: RecordStore, key: SigningKey, issuer: String) throws {
        self.office = office
        self.records = records
        self.key = key
        signer = try NoteSigner(name: issuer, key: key, algorithm: .ed25519)
        statuses = StatusDesk(
            office: office, ledger: records.statusLists, key: key, signer: signer)
    }

    var issuer: String { signer.verifier.name }
    var verifier: NoteKey { signer.verifier }

    /// Signed, recorded and noted; nobody outside knows of it yet.
    struct Prepared {
        let credentials: [IssuedCredential]
        let records: [RecordID]
        let batch: AwardBatch
        let act: RegistryEntry
        /// What goes into the log before the batch: new status lists.
        let before: [(entry: RegistryEntry, blob: [UInt8])]
        /// The lists among them.
        let lists: Set<String>
        fileprivate let pending: PendingBatch
    }

    /// Issues so many credentials as one batch.
    ///
    /// - Parameters:
    ///   - kept: what the registrar keeps beside each; none: nothing.
    ///   - ended: a credential whose place they take: the list that says so is logged with them.
    ///   - making: makes them, given their places on the status list.
    func issue(
        _ count: Int, keeping kept: [JSONObject] = [], ending ended: StatusReference? = nil,
        at now: Timestamp, making: ([StatusReference]) throws -> [IssuedCredential]
    ) async throws -> Issued {
        let prepared = try prepare(count, keeping: kept, ending: ended, at: now, making: making)
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
        _ count: Int, keeping kept: [JSONObject] = [], ending ended: StatusReference? = nil,
        at now: Timestamp, making: ([StatusReference]) throws -> [IssuedCredential]
    ) throws -> Prepared {
        var generator = SystemRandomNumberGenerator()
        let list = try statuses.list(for: count)
        let first = try statuses.firstPublication(of: list, at: now, using: &generator)
        let slots = try records.statusLists.allocate(count, in: list, using: &generator)
        let credentials = try making(slots)
        let batch = try AwardBatch(signing: credentials, by: key, using: &generator)
        let act = try ActDraft(
            kind: "batch", author: issuer, subjects: [issuer],
            act: batch.act(body: issuer, list: list)
        ).entry(for: office.card.pin.origin, signedBy: [signer], using: &generator)
        try office.requireEffect(of: act, at: now)
        let ids = credentials.map { _ in RecordID(using: &generator) }
        let new = ids.indices.map { place in
            Record(
                id: ids[place], credential: batch.credentials[place], status: slots[place],
                issuedAt: now,
                kept: kept.indices.contains(place) ? kept[place] : JSONObject())
        }
        try records.insert(new)
        let placed = batch.files(origin: office.card.pin.origin, entry: 0)
        let pending = PendingBatch(
            entry: act.identity,
            paths: Dictionary(
                zip(ids, placed.compactMap(\.batch)), uniquingKeysWith: { first, _ in first }))
        try pending.write(to: office.node)
        let ending = try ended.map { try statuses.replacing($0, at: now, using: &generator) }
        return Prepared(
            credentials: credentials, records: ids, batch: batch, act: act,
            before: [first, ending].compactMap { $0 },
            lists: Set([first.map { _ in list }, ended?.uri].compactMap { $0 }),
            pending: pending)
    }

    /// The index of the batch's entry.
    func log(_ prepared: Prepared, at now: Timestamp) async throws -> UInt64 {
        let published = try await office.publish(
            prepared.before.map(\.entry) + [prepared.act], blobs: prepared.before.map(\.blob),
            at: now)
        for list in prepared.lists { try statuses.catchUp(list, at: now) }
        guard let entry = published.last?.index else { throw RegistrarError.unknownAct("batch") }
        return entry
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
