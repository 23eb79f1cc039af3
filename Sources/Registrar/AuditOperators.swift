public import Cryptography
import Encoding
public import TransparencyLog

/// With which key a line of an audit trail is signed.
public struct AuditSigner {
    let key: SigningKey
    let name: String

    /// - Parameter name: of the key.
    public init(_ key: SigningKey, name: String) {
        self.key = key
        self.name = name
    }
}

/// Who may sign lines of an audit trail, as its own lines say one after the other.
///
/// `Protocol/records.md § Operators`. The first names itself, whoever is added or removed later is so by
/// one who is there; an issuer signs for what it issued itself.
public struct AuditOperators: Sendable {
    /// The vkeys of those who are operators.
    public private(set) var keys: Set<String> = []
    private var hasBegun = false

    public static let adding = "operator-add"
    public static let removing = "operator-remove"
    /// What two lines tell of, and what an issuer's own key may sign for.
    private static let issuing: Set<String> = [
        "issue", "import", "revoke", "suspend", "reinstate", "replace", "reprint", "issue-paper",
    ]

    public init() {}

    public var isEmpty: Bool { keys.isEmpty }

    public func contains(_ key: NoteKey) -> Bool { keys.contains(key.description) }

    /// Whether something was begun by that word, of which a later line says what became of it.
    static func isBegun(_ act: String) -> Bool { issuing.contains(act) || act == "erase" }

    /// Takes the next line; false if its signer had no right to it.
    mutating func take(_ line: AuditLine) -> Bool {
        let signer = line.operatorKey.description
        switch line.act {
        case AuditOperators.adding:
            guard let key = line.about["key"]?.string,
                hasBegun ? keys.contains(signer) : key == signer
            else { return false }
            hasBegun = true
            keys.insert(key)
            return true
        case AuditOperators.removing:
            guard keys.contains(signer), let key = line.about["key"]?.string else { return false }
            keys.remove(key)
            return true
        default:
            if keys.contains(signer) { return true }
            let isIssuing =
                AuditOperators.issuing.contains(line.act) || line.act == "print"
                || line.about["of"]?.integer != nil
            return isIssuing && line.about["issuer"]?.string == line.operatorKey.name
        }
    }
}
