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
        let ending = try ended.map {
            try statuses.replacing($0, at: now, using: &generator)
        }
        let lists = [first, ending].compactMap { $0 }
        let published = try await office.publish(
            lists.map(\.entry) + [act], blobs: lists.map(\.blob), at: now)
        if first != nil { try records.statusLists.published(list, number: 1) }
        if let ended { try statuses.catchUp(ended.uri, at: now) }
        guard let entry = published.last?.index else { throw RegistrarError.unknownAct("batch") }
        let files = batch.files(origin: office.card.pin.origin, entry: entry)
        try verifyOwnOutput(files, batch)
        var paths: [RecordID: BatchPath] = [:]
        for (id, file) in zip(ids, files) { paths[id] = file.batch }
        try records.setBatch(paths)
        return Issued(entry: entry, records: ids, credentials: credentials, files: files)
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
