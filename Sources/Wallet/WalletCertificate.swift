public import Credentials
public import Cryptography
import Encoding

/// A certificate as it lies in a wallet: read, never checked.
public struct WalletCertificate: Hashable, Sendable {
    public let file: CredentialFile
    public let content: IssuedCredential
    /// Sixteen hexadecimal digits, from the bytes that the issuer signed.
    public let id: String

    public init(_ file: CredentialFile) throws(CredentialError) {
        // What the wallet keeps answers nobody yet.
        var file = file
        if file.credential.keyBinding != nil {
            file.credential = try file.credential.selecting(
                paths: try file.credential.disclosurePaths())
        }
        self.file = file
        content = try IssuedCredential(parsing: file.credential)
        id = WalletCertificate.id(of: file.credential)
    }

    static func id(of credential: SDJWT) -> String {
        String(HashValue(of: credential.issuerSignedBytes).hexadecimal.prefix(16))
    }

    /// The key that a person must control to show it; nil for one that is bound to none.
    public var holderKey: VerificationKey? { content.frame.holderKey?.verificationKey }

    public var isBound: Bool { content.frame.holderKey != nil }

    /// What it is about, in the issuer's ids.
    public var title: String {
        switch content {
        case .award(let award): "\(award.qualification), \(award.version)"
        case .statement(let statement): "\(statement.kind.rawValue) \(statement.id)"
        }
    }
}
