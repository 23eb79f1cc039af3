public import Credentials
public import Cryptography
import Encoding
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
        let batches: [AwardBatch]
        let acts: [RegistryEntry]
        /// What goes into the log before the batch: new status lists.
        let before: [(entry: RegistryEntry, blob: [UInt8])]
        /// The lists among them.
        let lists: Set<String>
        fileprivate let pending: [PendingBatch]
    }

    /// How credentials are batched and recorded.
    struct Manner {
        /// The ids of their records; nil: random ones.
        var ids: [RecordID]?
        /// What the registrar keeps beside each; none: nothing.
        var kept: [JSONObject] = []
        /// The credentials whose place they take: the list that says so is logged with them.
        var ended: [StatusReference] = []
        /// The most of a batch; several batches are published together.
        var batchLimit = AwardBatch.countLimit
        /// For paper: nothing in a credential can be kept back.
        var isOpen = false
    }

    /// Issues so many credentials as one batch, or as several that are published together.
    ///
    /// - Parameter making: makes them, given their places on the status list.
    func issue(
        _ count: Int, _ manner: Manner = Manner(), at now: Timestamp,
        making: ([StatusReference]) throws -> [IssuedCredential]
    ) async throws -> Issued {
        let prepared = try await prepare(count, manner, at: now, making: making)
        let entries = try await log(prepared, at: now)
        guard let entry = entries.first else { throw RegistrarError.unknownAct("batch") }
        var files: [CredentialFile] = []
        for (batch, entry) in zip(prepared.batches, entries) {
            let made = batch.files(origin: office.card.pin.origin, entry: entry)
            try await verifyOwnOutput(made, batch)
            files += made
        }
        var paths: [RecordID: BatchPath] = [:]
        for (id, file) in zip(prepared.records, files) { paths[id] = file.batch }
        try records.setBatch(paths)
        for pending in prepared.pending { pending.remove(from: office.node) }
        return Issued(
            entry: entry, records: prepared.records, credentials: prepared.credentials,
            files: files)
    }

    /// Order: the records, and where their batch will put them, are on disk before the log is
    /// asked. A crash from here on is mended when the records are opened (`PendingBatch`).
    func prepare(
        _ count: Int, _ manner: Manner = Manner(), at now: Timestamp,
        making: ([StatusReference]) throws -> [IssuedCredential]
    ) async throws -> Prepared {
        var generator = SystemRandomNumberGenerator()
        let list = try statuses.list(for: count)
        let first = try statuses.firstPublication(of: list, at: now, using: &generator)
        let slots = try records.statusLists.allocate(count, in: list, using: &generator)
        let credentials = try making(slots)
        var batches: [AwardBatch] = []
        var acts: [RegistryEntry] = []
        for start in stride(from: 0, to: max(1, credentials.count), by: manner.batchLimit) {
            let part = Array(credentials[start...].prefix(manner.batchLimit))
            let batch = try AwardBatch(
                of: part, signed: try await sign(part, isOpen: manner.isOpen),
                using: &generator)
            let act = try ActDraft(
                kind: "batch", author: issuer, subjects: [issuer],
                act: batch.act(body: issuer, list: list)
            ).entry(for: office.card.pin.origin, signedBy: [signer], using: &generator)
            try office.requireEffect(of: act, at: now)
            batches.append(batch)
            acts.append(act)
        }
        let ids = manner.ids ?? credentials.map { _ in RecordID(using: &generator) }
        let new = zip(ids.indices, batches.flatMap(\.credentials)).map { place, credential in
            Record(
                id: ids[place], credential: credential, status: slots[place], issuedAt: now,
                kept: manner.kept.indices.contains(place) ? manner.kept[place] : JSONObject())
        }
        try records.insert(new)
        let pending = try note(ids, batches, acts)
        let ending = try statuses.replacing(manner.ended, at: now, using: &generator)
        let lists = (first.map { _ in [list] } ?? []) + manner.ended.map(\.uri)
        return Prepared(
            credentials: credentials, records: ids, batches: batches, acts: acts,
            before: [first].compactMap { $0 } + ending, lists: Set(lists), pending: pending)
    }

    /// Signs on every core.
    private func sign(_ credentials: [IssuedCredential], isOpen: Bool) async throws -> [SDJWT] {
        try await Cores.map(Array(credentials.enumerated())) { item, generator in
            do throws(CredentialError) {
                return try item.element.issued(isOpen: isOpen, by: key, using: &generator)
            } catch { throw IssuanceError.credential(line: item.offset + 1, error) }
        }
    }

    private func note(
        _ ids: [RecordID], _ batches: [AwardBatch], _ acts: [RegistryEntry]
    ) throws -> [PendingBatch] {
        var rest = ids[...]
        return try zip(batches, acts).map { batch, act in
            let placed = batch.files(origin: office.card.pin.origin, entry: 0)
            let pending = PendingBatch(
                entry: act.identity,
                paths: Dictionary(
                    zip(rest, placed.compactMap(\.batch)),
                    uniquingKeysWith: { first, _ in first }))
            rest = rest.dropFirst(placed.count)
            try pending.write(to: office.node)
            return pending
        }
    }

    /// The indexes of the batches' entries.
    func log(_ prepared: Prepared, at now: Timestamp) async throws -> [UInt64] {
        let published = try await office.publish(
            prepared.before.map(\.entry) + prepared.acts, blobs: prepared.before.map(\.blob),
            at: now)
        for list in prepared.lists { try statuses.catchUp(list) }
        return published.suffix(prepared.acts.count).map(\.index)
    }

    /// What was just made is read back as a stranger would read it, before it is released.
    private func verifyOwnOutput(_ files: [CredentialFile], _ batch: AwardBatch) async throws {
        _ = try await Cores.map(files) { file, _ in
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
