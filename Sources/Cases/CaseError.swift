public import Encoding

/// Why a file of cases cannot be run.
public enum CaseError: Error, Hashable, Sendable {
    case form(ParsingError)
    case unknownStatementKind(path: String, found: String)
    case repeatedID(path: String, id: String)
    case unknownStatement(path: String, id: String)
    case unknownPurpose(path: String, found: String)
    case noCases
    /// A member of a query or of what is expected that means nothing there.
    case unknownMember(path: String, known: [String])
    case wrongValue(path: String, expected: String, found: String)
    /// The id of a statement of another kind.
    case wrongStatementKind(path: String, id: String, expected: String, found: String)
    case repeatedCase(path: String, id: String)
    /// A draft that is empty, or says more than is understood.
    case emptyDraft
    case unknownDraftMember(path: String)
}

extension CaseError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .form(let error): "not a file of cases: \(error)"
        case .unknownStatementKind(let path, let found):
            "expected a kind of statement at \(path), found \(found); the kinds are "
                + Fixture.kinds.joined(separator: ", ")
        case .repeatedID(let path, let id):
            "expected every statement to have an id of its own, found \(id) again at \(path)"
        case .unknownStatement(let path, let id):
            "expected the id of a statement of this file at \(path), found \(id)"
        case .unknownPurpose(let path, let found):
            "expected a purpose at \(path), found \(found)"
        case .unknownMember(let path, let known):
            "expected one of \(known.joined(separator: ", ")), found the member \(path), which "
                + "means nothing there; is it misspelt?"
        case .wrongValue(let path, let expected, let found):
            "expected \(expected) at \(path), found \(found)"
        case .wrongStatementKind(let path, let id, let expected, let found):
            "expected the id of \(expected) at \(path), found \(id), which is \(found)"
        case .repeatedCase(let path, let id):
            "expected every case to have an id of its own, found \(id) again at \(path)"
        case .noCases: "expected one case at least, found none"
        case .emptyDraft: "expected one statement at least in the draft, found none"
        case .unknownDraftMember(let path):
            "found the member \(path), which means nothing here: a draft must say no more than is "
                + "understood"
        }
    }
}
