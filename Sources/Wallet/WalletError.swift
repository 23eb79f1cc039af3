public import Credentials
public import Cryptography
public import Encoding

/// Why a wallet could not do what its owner asked for.
public enum WalletError: Error, Hashable, Sendable {
    case noWallet(path: String)
    case walletExists(path: String)
    case cannotRead(path: String)
    case cannotWrite(path: String)
    case damaged(path: String, reason: String)
    case unknownCertificate(String)
    case ambiguousCertificate(String, matches: [String])
    /// The certificate is bound to a key, and it is not the wallet's.
    case otherHolder
    case notBackup(ParsingError)
    case backupTooLarge(limit: Int, found: Int)
    case cryptography(CryptographyError)
    case credential(CredentialError)
}

extension WalletError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noWallet(let path):
            "expected a wallet in \(path), found none; make one with: concord wallet create"
        case .walletExists(let path):
            "expected no wallet in \(path), found one; nothing is written over, so choose another "
                + "folder with --wallet"
        case .cannotRead(let path): "\(path) cannot be read; check its permissions"
        case .cannotWrite(let path): "\(path) cannot be written; check the folder and the disk"
        case .damaged(let path, let reason):
            "\(path) is damaged: \(reason); restore it from a backup, or ask the issuer for it again"
        case .unknownCertificate(let id):
            "expected the id of a certificate in the wallet, found \(id); concord wallet list shows "
                + "them"
        case .ambiguousCertificate(let id, let matches):
            "\(id) is the beginning of \(matches.joined(separator: " and ")); give more of it"
        case .otherHolder:
            "the certificate is bound to the key of another wallet, which alone can show it"
        case .notBackup(let error): "not a backup of a wallet: \(error)"
        case .backupTooLarge(let limit, let found):
            "expected a backup of at most \(limit) bytes, found \(found)"
        case .cryptography(let error): error.description
        case .credential(let error): error.description
        }
    }
}
