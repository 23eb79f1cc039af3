public import Encoding

/// What can be wrong with keys and sealed bytes.
public enum CryptographyError: Error, Hashable, Sendable {
    case wrongLength(of: String, expected: Int, found: Int)
    case wrongKeyOrDamaged(what: String)
    case passphraseNeeded(role: String)
    case keyFile(ParsingError)
    case keyDerivationOutOfMemory(bytes: Int)
    case recoveryGroupCount(expected: Int, found: Int)
    /// The groups of a recovery sheet in which a typing mistake is, counted from 1.
    case recoveryGroups([Int])
    /// Each group reads, and together they are no key.
    case recoverySum
    case certificate(expected: String)
}

extension CryptographyError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .wrongLength(let what, let expected, let found):
            "expected \(expected) bytes of \(what), found \(found)"
        case .wrongKeyOrDamaged(let what):
            "expected to open \(what), found a wrong passphrase or key, or changed bytes"
        case .passphraseNeeded(let role):
            "the \(role) key is sealed under a passphrase; give it with --passphrase-file FILE"
        case .keyFile(let error):
            "not a key file: \(error.description)"
        case .keyDerivationOutOfMemory(let bytes):
            "expected \(bytes) bytes of memory to derive a key from the passphrase, found less"
        case .recoveryGroupCount(let expected, let found):
            "expected \(expected) groups of five letters and digits, found \(found)"
        case .recoveryGroups(let numbers):
            "found a typing mistake in group \(numbers.map(String.init).joined(separator: ", ")); "
                + "compare it with the sheet, sign by sign"
        case .recoverySum:
            "each group reads, but they do not belong together; compare all of them with the sheet"
        case .certificate(let expected):
            "expected \(expected) in a certificate, found something else"
        }
    }
}
