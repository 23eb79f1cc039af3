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
    /// Why a line is not taken.
    enum Fault {
        /// By a key that is no operator's, and not the issuer's of what the line says.
        case stranger
        /// What became of a line that the key did not begin, or that has ended already.
        case foreignEnd
        case lastOperator
    }

    /// The vkeys of those who are operators.
    public private(set) var keys: Set<String> = []
    /// Whether the first has named itself: all later ones are added by one who is there.
    public private(set) var hasBegun = false
    /// Lines that were begun and of which nothing says yet what became of them, each with the vkey
    /// that signed it.
    private(set) var open: [Int64: String] = [:]

    public static let adding = "operator-add"
    public static let removing = "operator-remove"
    /// What a later line says of one that was begun.
    static let done = "done"
    static let failed = "failed"
    /// What two lines tell of, and what an issuer's own key may sign for.
    private static let issuing: Set<String> = [
        "issue", "import", "revoke", "suspend", "reinstate", "replace", "reprint", "issue-paper",
    ]

    public init() {}

    public func contains(_ key: NoteKey) -> Bool { keys.contains(key.description) }

    /// Whether that operator is the only one, without whom nobody could add another.
    public func isLast(_ key: NoteKey) -> Bool { keys == [key.description] }

    /// Takes the next line.
    ///
    /// - Returns: why it is not taken; nil: it is.
    mutating func take(_ line: AuditLine) -> Fault? {
        let signer = line.operatorKey.description
        let isOperator = keys.contains(signer)
        switch line.act {
        case AuditOperators.adding:
            guard let key = line.about["key"]?.string, hasBegun ? isOperator : key == signer
            else { return .stranger }
            hasBegun = true
            keys.insert(key)
        case AuditOperators.removing:
            guard isOperator, let key = line.about["key"]?.string else { return .stranger }
            guard keys != [key] else { return .lastOperator }
            keys.remove(key)
        case AuditOperators.done, AuditOperators.failed:
            // Trust: names are chosen freely, keys are not. What a key began it may end, though its
            // operator was removed meanwhile; another operator's word ends nothing.
            if let begun = line.about["of"]?.integer, open[begun] == signer {
                open[begun] = nil
            } else if !isOperator {
                return .foreignEnd
            }
        default:
            guard isOperator || AuditOperators.isOfIssuer(line) else { return .stranger }
            if AuditOperators.issuing.contains(line.act) || line.act == "erase" {
                open[line.number] = signer
            }
        }
        return nil
    }

    /// Whether an issuer's own key signs for what the issuer does itself.
    private static func isOfIssuer(_ line: AuditLine) -> Bool {
        (issuing.contains(line.act) || line.act == "print") && line.about["of"] == nil
            && line.about["issuer"]?.string == line.operatorKey.name
    }
}
