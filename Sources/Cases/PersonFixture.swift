import Encoding
import Recognition
import Registry

/// Statements of a case file about one person: what a credential would say.
enum PersonFixture {
    static func read(
        _ kind: String, _ reader: inout FixtureReader,
        _ authorship: (Authorship.Competence) -> Authorship, into set: inout StatementSet
    ) throws(ParsingError) {
        switch kind {
        case "decision":
            var members = MemberReader(decision(&reader), at: reader.path)
            let holder = try holder(&reader)
            set.decisions = [
                try Decision(
                    reading: &members, authorship(.toBeJudged), holder: holder, isDraft: true)
            ]
        case "evidence":
            var members = MemberReader(evidence(&reader), at: reader.path)
            let holder = try holder(&reader)
            set.evidence = [
                try Evidence(reading: &members, authorship(.notNeeded), holder: holder)
            ]
        case "alert":
            var members = MemberReader(
                reader.act([
                    ("occupation", "occ"), ("jurisdiction", "jur"), ("since", "since"),
                    ("until", "until"), ("kind", "kind"),
                ]), at: reader.path)
            let holder = try holder(&reader)
            set.alerts = [try Alert(reading: &members, authorship(.notNeeded), holder: holder)]
        default: break
        }
    }

    private static func holder(_ reader: inout FixtureReader) throws(ParsingError) -> String {
        guard let value = reader.value("holder") else {
            throw .missingMember(path: "\(reader.path).holder")
        }
        guard let text = value.string else {
            throw .wrongType(
                path: "\(reader.path).holder", expected: "a string", found: value.kind)
        }
        return text
    }

    private static func decision(_ reader: inout FixtureReader) -> JSONObject {
        var members = reader.act([
            ("jurisdiction", "jur"), ("occupation", "occ"), ("decided", "date"),
            ("purposes", "purposes"), ("target", "target"), ("result", "result"),
            ("wording", "wording"), ("scope", "scope"), ("differences", "differences"),
            ("conditions", "conditions"), ("via", "via"), ("premise", "premise"),
            ("basedOn", "based_on_evidence"), ("uses", "uses"), ("expires", "expires"),
            ("supersedes", "supersedes"), ("alternative", "alternative"), ("remedy", "remedy"),
        ])
        if members["occupation"]?.string == "*" { members["occupation"] = nil }
        for name in ["purposes", "scope", "differences", "basedOn", "conditions"] {
            members[name] = members[name].map { .array($0.asList) }
        }
        members["conditions"] = members["conditions"]?.withLists(["in", "jur", "result"])
        return members
    }

    private static func evidence(_ reader: inout FixtureReader) -> JSONObject {
        var members = reader.act([
            ("kind", "kind"), ("name", "name"), ("occupation", "occ"), ("jurisdiction", "jur"),
            ("language", "lang"), ("level", "level"), ("date", "date"), ("since", "since"),
            ("until", "until"), ("site", "site"), ("lawful", "lawful"),
            ("restrictions", "restrictions"),
        ])
        if case .bool(let isRestricted)? = members["restrictions"] {
            members["restrictions"] = isRestricted ? ["restricted"] : []
        }
        members["restrictions"] = members["restrictions"].map { .array($0.asList) }
        return members
    }
}
