/// A broken rule of a witness policy.
public enum PolicyFault: Error, Hashable, Sendable {
    case unknownKeyword
    case wrongItems(expected: String)
    case unterminatedLine
    case badKey
    case duplicateKey
    case duplicateName
    case reservedName
    case undefinedName
    case memberTwice
    case threshold(members: Int)
    case secondQuorum
    case missingQuorum
    case tooManyDefinitions(limit: Int)
}

extension PolicyFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknownKeyword: "expected log, witness, group or quorum"
        case .wrongItems(let expected): "expected \(expected)"
        case .unterminatedLine: "expected a newline at the end of the line"
        case .badKey: "expected a verifier key of the type that its role needs"
        case .duplicateKey: "expected each public key once, found a second line with it"
        case .duplicateName: "expected each name once, found a second definition"
        case .reservedName: "expected another name: none is reserved"
        case .undefinedName: "expected a name that an earlier line defines"
        case .memberTwice: "expected each name in at most one group, once"
        case .threshold(let members): "expected all, any or a number from 1 to \(members)"
        case .secondQuorum: "expected one quorum line, found a second"
        case .missingQuorum: "expected a quorum line, found none"
        case .tooManyDefinitions(let limit): "expected at most \(limit) definitions"
        }
    }
}
