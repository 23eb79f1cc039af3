public import Credentials

/// Why a batch of awards cannot be made.
public enum IssuanceError: Error, Hashable, Sendable {
    case nothingToIssue
    case tooMany(limit: Int, found: Int)
    case credential(line: Int, CredentialError)
}

extension IssuanceError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .nothingToIssue: "expected at least one award, found none"
        case .tooMany(let limit, let found):
            "expected at most \(limit) awards in a batch, found \(found); issue them in parts"
        case .credential(let line, let error): "award \(line): \(error)"
        }
    }
}
