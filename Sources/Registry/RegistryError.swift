public import Encoding
public import TransparencyLog

/// Why some bytes are not an entry, or a set of entries is not a log's.
public enum RegistryError: Error, Hashable, Sendable {
    case note(LogError)
    case json(ParsingError)
    case tooLarge(limit: Int, found: Int)
    case missingSubject(kind: String, subject: String)
    case unknownKind(String)
}

extension RegistryError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .note(let error): "not an entry: \(error)"
        case .json(let error): "not an entry: \(error)"
        case .tooLarge(let limit, let found):
            "expected an entry of at most \(limit) bytes, found \(found)"
        case .missingSubject(let kind, let subject):
            "expected the entry of the kind \(kind) to list the subject \(subject)"
        case .unknownKind(let kind):
            "this version of Concord cannot make an entry of the kind \(kind)"
        }
    }
}
