import Encoding

extension ParsingError {
    /// The names that case files use, by those of acts and credentials.
    private static let fixtureNames = [
        "territory": "jur", "jurisdiction": "jur", "country": "jur", "occupation": "occ",
        "from": "since", "qualification": "id", "titles": "title", "framework": "fw",
        "awardValidMonths": "award_valid_months", "isco08": "isco", "rows": "map",
        "unitMap": "unitmap", "carryRestrictions": "carry_restrictions", "noAward": "awards",
        "decided": "date", "basedOn": "based_on_evidence", "language": "lang",
    ]

    /// The same error with the path as it stands in the case file.
    var inFixtureNames: ParsingError {
        func renamed(_ path: String) -> String {
            let parts = path.split(separator: ".", omittingEmptySubsequences: false).map(
                String.init)
            // Inside predicates and rows both have the same names.
            guard parts.count == 2, let name = ParsingError.fixtureNames[parts[1]] else {
                return path
            }
            return "\(parts[0]).\(name)"
        }
        switch self {
        case .missingMember(let path): return .missingMember(path: renamed(path))
        case .unknownMember(let path): return .unknownMember(path: renamed(path))
        case .wrongType(let path, let expected, let found):
            return .wrongType(path: renamed(path), expected: expected, found: found)
        case .wrongForm(let path, let expected):
            return .wrongForm(path: renamed(path), expected: expected)
        default: return self
        }
    }
}
