public import Credentials
public import Cryptography
public import Encoding
public import Issuance
public import Registry
import TransparencyLog

/// Awards signed on the body's own machine: only the batch's root is handed to the log.
///
/// `Protocol/batch.md § Batch`. Knows nothing of the log: whether the accreditation
/// still stands is seen when the batch is handed in, and by every verifier.
public struct OfflineIssue: Sendable {
    public let entry: RegistryEntry
    /// The files, without their place in the log.
    public let files: [CredentialFile]
    /// Leaf and path of each file.
    public let paths: [BatchPath]

    public init(
        _ requests: [AwardRequest], country: String, origin: String, body: String,
        key: SigningKey, holderKeys: [String: JSONWebKey], at now: Timestamp
    ) throws {
        var generator = SystemRandomNumberGenerator()
        let list = StatusListName.current(of: body, network: origin)
        let awards = requests.map { request in
            request.credential(
                by: body, country: country,
                status: StatusReference(
                    uri: list, index: Int.random(in: 0..<131_072, using: &generator)),
                at: now, holder: request.holderKey.flatMap { holderKeys[$0] })
        }
        let batch = try AwardBatch(signing: awards, by: key, using: &generator)
        let signer = try NoteSigner(name: body, key: key, algorithm: .ed25519)
        entry = try ActDraft(
            kind: "batch", author: body, subjects: [body], act: batch.act(body: body, list: list)
        ).entry(for: origin, signedBy: [signer], using: &generator)
        let placed = batch.files(origin: origin, entry: 0)
        paths = placed.compactMap(\.batch)
        files = batch.credentials.map { CredentialFile(credential: $0) }
    }
}
