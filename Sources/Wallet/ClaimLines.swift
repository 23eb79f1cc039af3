import Credentials
import Encoding
import Language
import Verification

/// The claims of a certificate for its holder: names in the holder's language, values whole.
struct ClaimLines {
    let catalogue: Catalogue

    /// What a machine needs and no person reads; named all the same, because it is shown.
    private static let technical: Set<String> = [
        "vct", "iat", "nbf", "exp", "status", "cnf", "id",
    ]

    /// The name of a claim; as it stands where the catalogue has no word for it.
    func name(_ claim: String) -> String {
        let code = String(claim.map { $0 == "_" ? "-" : $0 })
        return MessageKey(named: "claim.\(code)").map { catalogue.text($0) }
            ?? catalogue.isolated(ClaimText.shown(.string(claim)))
    }

    /// The name of the place in words where its first member has one: `units[0]`.
    func name(_ path: ClaimPath) -> String {
        guard case .name(let first)? = path.components.first else { return path.text }
        return name(first) + catalogue.isolated(String(path.text.dropFirst(first.count)))
    }

    /// What a reader looks for first; disclosures come in an order that says nothing.
    private static let first = ["name", "former_name", "birth_year", "birthdate"]

    /// One line a claim.
    func lines(_ members: [JSONObject.Member]) -> [String] {
        func rank(_ member: JSONObject.Member) -> Int {
            ClaimLines.first.firstIndex(of: member.name) ?? ClaimLines.first.count
        }
        let ordered = members.enumerated()
            .sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }
        return ordered.map(\.element).filter { !ClaimLines.technical.contains($0.name) }.map {
            member in
            let value = ClaimText.shown(member.value, limit: 65_536)
            return "    \(name(member.name)): \(catalogue.isolated(value))"
        }
    }

    func technicalNames(_ members: [JSONObject.Member]) -> [String] {
        members.map(\.name).filter(ClaimLines.technical.contains).sorted()
    }

    /// The paths as a list in words, or nil for none.
    func list(_ paths: [ClaimPath]) -> Message.Argument? {
        guard !paths.isEmpty else { return nil }
        let names = paths.map { Message.Argument.text(name($0)) }
        return .list(names, .comma)
    }
}
