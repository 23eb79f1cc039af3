/// Why some bytes are not what they claim to be.
///
/// Descriptions name types, positions and limits, never the value that was found:
/// a parsed file may hold personal claims.
public enum ParsingError: Error, Hashable, Sendable {
    case tooLarge(limit: Int, found: Int)
    case tooDeep(limit: Int, at: Int)
    case notUTF8(at: Int)
    case unexpected(expected: String, found: String, at: Int)
    case duplicateMember(at: Int)
    case missingMember(path: String)
    case unknownMember(path: String)
    case wrongType(path: String, expected: String, found: String)
    case wrongForm(path: String, expected: String)
}

extension ParsingError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tooLarge(let limit, let found):
            "expected at most \(limit) bytes, found \(found)"
        case .tooDeep(let limit, let offset):
            "expected at most \(limit) levels of nesting, found more at byte \(offset)"
        case .notUTF8(let offset):
            "expected UTF-8, found a broken sequence in the string at byte \(offset)"
        case .unexpected(let expected, let found, let offset):
            "expected \(expected), found \(found) at byte \(offset)"
        case .duplicateMember(let offset):
            "expected each member once, found a second one of the same name at byte \(offset)"
        case .missingMember(let path):
            "expected the member \(path), found none"
        case .unknownMember(let path):
            "found the member \(path), which this version does not know"
        case .wrongType(let path, let expected, let found):
            "expected \(expected) at \(path), found \(found)"
        case .wrongForm(let path, let expected):
            "expected \(expected) at \(path)"
        }
    }
}
