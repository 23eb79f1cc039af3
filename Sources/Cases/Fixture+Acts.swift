import Encoding
import Recognition
import Registry

extension Fixture {
    /// Predicates and conditions in which one name may stand for a list.
    private static let lists: Set<String> = ["in", "jur", "result"]

    /// Reads the kinds that are acts or credentials, by the code that reads those.
    static func read(
        _ kind: String, _ reader: inout FixtureReader,
        _ authorship: (Authorship.Competence) -> Authorship, into set: inout StatementSet
    ) throws(ParsingError) {
        switch kind {
        case "mandate":
            guard case .mandate(let act) = try act(kind, mandate(&reader), reader) else { return }
            set.mandates = [KnownAct(act, authorship(.notNeeded))]
        case "qualification":
            let members = try qualification(&reader)
            guard case .qualification(let act) = try act(kind, members, reader) else { return }
            set.qualifications = [KnownAct(act, authorship(.notNeeded))]
        case "regulation":
            let members = reader.act([
                ("jurisdiction", "jur"), ("occupation", "occ"), ("sector", "sector"),
                ("regulated", "regulated"), ("authority", "authority"),
            ])
            guard case .regulation(let act) = try act(kind, members, reader) else { return }
            set.regulations = [KnownAct(act, authorship(.notNeeded))]
        case "referencing":
            let members = try referencing(&reader)
            guard case .referencing(let act) = try act(kind, members, reader) else { return }
            set.referencings = [KnownAct(act, authorship(.notNeeded))]
        case "instrument":
            let members = try instrument(&reader)
            guard case .instrument(let act) = try act(kind, members, reader) else { return }
            set.grounds = [GeneralGround(act, authorship(.notNeeded))]
        case "equivalence":
            let members = try equivalence(&reader)
            let supersedes = try reader.text("supersedes")
            let occupation = try reader.text("occ")
            guard case .equivalence(let act) = try act(kind, members, reader) else { return }
            set.grounds = [
                GeneralGround(
                    act, authorship(.toBeJudged), occupation: occupation, supersedes: supersedes)
            ]
        default: try PersonFixture.read(kind, &reader, authorship, into: &set)
        }
    }

    private static func act(
        _ kind: String, _ members: JSONObject, _ reader: FixtureReader
    ) throws(ParsingError) -> Act {
        try Act(draft: members, kind: kind, at: reader.path)
    }

    private static func mandate(_ reader: inout FixtureReader) throws(ParsingError) -> JSONObject {
        var members = reader.act([
            ("authority", "authority"), ("acts", "acts"), ("purposes", "purposes"),
            ("from", "since"), ("until", "until"), ("territory", "jur"), ("scope", "scope"),
        ])
        members["names"] = ["en": members["authority"] ?? .string("")]
        let scope = (members["scope"] ?? .string("*")).asList
        members["scope"] = .array(
            scope.map { pattern in
                // A code of ISCO-08 stands for the occupation.
                pattern.string.map { .string(isCode($0) ? "isco:\($0)" : $0) } ?? pattern
            })
        for name in ["acts", "territory", "purposes"] {
            members[name] = members[name].map { .array($0.asList) }
        }
        return members
    }

    private static func isCode(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func qualification(
        _ reader: inout FixtureReader
    ) throws(ParsingError) -> JSONObject {
        var members = reader.act([
            ("qualification", "id"), ("country", "jur"), ("type", "type"), ("framework", "fw"),
            ("level", "level"), ("hours", "hours"), ("months", "months"),
            ("awardValidMonths", "award_valid_months"),
        ])
        if let level = members["level"]?.integer { members["level"] = .string(String(level)) }
        let title = reader.value("title") ?? members["qualification"] ?? .string("")
        members["version"] = .string(version)
        members["titles"] = ["en": title]
        members["isco08"] = .array(reader.value("isco")?.asList ?? [])
        members["iscedF"] = .array([])
        members["units"] = .array(
            (reader.value("units")?.asList ?? []).map { code in
                ["code": code, "title": code, "kind": "core"]
            })
        return members
    }

    private static func referencing(
        _ reader: inout FixtureReader
    ) throws(ParsingError) -> JSONObject {
        var members = reader.act([
            ("from", "from"), ("to", "to"), ("status", "status"), ("since", "since"),
        ])
        var rows: [JSONValue] = []
        for row in try reader.objects("map") ?? [] {
            let to = row["to"]?.asList ?? []
            var object: JSONObject = [
                "from": .array(row["from"]?.asList ?? []), "to": .array(to),
            ]
            object["relation"] =
                row["relation"]
                ?? .string(to.isEmpty ? "none" : to.count == 1 ? "equal" : "overlaps")
            rows.append(.object(object))
        }
        members["rows"] = .array(rows)
        return members
    }

    private static func instrument(
        _ reader: inout FixtureReader
    ) throws(ParsingError) -> JSONObject {
        var members = try provision(&reader)
        members["instrument"] = reader.members["id"]
        members["names"] = ["en": reader.members["id"] ?? .string("")]
        members["type"] = "treaty"
        members["jurisdiction"] = .array(reader.value("binds")?.asList ?? [])
        members["deemed"] = reader.value("deemed")
        members["carryRestrictions"] = reader.value("carry_restrictions")
        if let derogations = try reader.objects("derogations") {
            members["derogations"] = .array(
                derogations.map { item in
                    var object = JSONObject()
                    object["jurisdiction"] = item["jur"] ?? item["jurisdiction"]
                    object["occupation"] = item["occ"] ?? item["occupation"]
                    object["from"] = item["since"] ?? item["from"]
                    object["until"] = item["until"] ?? item["to"]
                    return .object(object)
                })
        }
        return members
    }

    private static func equivalence(
        _ reader: inout FixtureReader
    ) throws(ParsingError) -> JSONObject {
        var members = try provision(&reader)
        members["jurisdiction"] = reader.value("jur")
        members["key"] = reader.value("key")
        return members
    }

    private static func provision(
        _ reader: inout FixtureReader
    ) throws(ParsingError) -> JSONObject {
        var members = reader.act([
            ("target", "target"), ("effect", "effect"), ("exhaustive", "exhaustive"),
            ("alternative", "alternative"), ("since", "since"), ("until", "until"),
            ("specificity", "specificity"), ("scope", "scope"), ("differences", "differences"),
            ("purposes", "purposes"),
        ])
        members["target"] = members["target"]?.withLists([])
        for name in ["scope", "differences", "purposes"] {
            members[name] = members[name].map { .array($0.asList) }
        }
        for name in ["entry", "conditions"] {
            members[name] = reader.value(name).map { .array($0.asList).withLists(lists) }
        }
        if try reader.isEmptyList("awards") { members["noAward"] = true }
        if let rows = try reader.objects("unitmap") {
            members["unitMap"] = JSONValue.array(rows.map(JSONValue.object)).withLists(["from"])
        }
        return members
    }
}

extension JSONValue {
    /// The elements of a list; anything else is a list of itself.
    var asList: [JSONValue] { array ?? [self] }
}
