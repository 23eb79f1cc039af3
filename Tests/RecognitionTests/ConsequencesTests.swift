import Encoding
import Recognition
import TestSupport
import Testing

/// What rests on a voided result, whatever lies between.
@Suite struct ConsequencesTests {
    private static func decision(
        _ id: String, on premises: [String] = [], uses: [JSONValue] = [],
        by author: String = "de.ihk"
    ) throws -> Decision {
        var members: JSONObject = [
            "jurisdiction": "DE", "decided": "2026-01-01", "purposes": ["visa-skill"],
            "target": ["occ": "7212"], "result": "granted",
        ]
        if !premises.isEmpty { members["basedOn"] = .array(premises.map(JSONValue.string)) }
        if !uses.isEmpty { members["uses"] = .array(uses) }
        var reader = MemberReader(members, at: "decision")
        return try Decision(reading: &reader, Authorship(id: id, author: author), holder: "p")
    }

    private static func found(
        _ selector: StatementEvent.Selector, selecting: Set<String> = [], known: Set<String> = [],
        _ decisions: [Decision]
    ) -> [String] {
        Consequences(of: selector, selecting: selecting, among: decisions, known: known)
            .items.map { "\($0.decision.id) \($0.cause)" }
    }

    private static let centre = StatementEvent.Selector(body: "ph.centre")

    @Test func reachesWhatUsesWhatRestsOnIdsAndWhatRestsOnThat() throws {
        let decisions = [
            try Self.decision("d3", on: ["d2"]), try Self.decision("d2", on: ["e1"]),
            try Self.decision(
                "d1", uses: [["body": "ph.centre", "date": "2025-01-01"]]),
            try Self.decision("d4", on: ["e9"]), try Self.decision("d5"),
        ]
        let consequences = Consequences(
            of: Self.centre, selecting: ["e1"], among: decisions, known: ["e1"])
        #expect(consequences.items.map(\.decision.id) == ["d1", "d2", "d3"])
        #expect(
            consequences.items.map(\.cause)
                == [.use(body: "ph.centre"), .document("e1"), .decision("d2")])
        #expect(consequences.open.map(\.decision.id) == ["d4"])
        #expect(consequences.open.map(\.ids) == [["e9"]])
    }

    @Test func theOrderOfDecisionsMeansNothing() throws {
        var generator = SeededGenerator(seed: 5)
        let decisions = try (0..<20).map {
            try Self.decision("d\(10 + $0)", on: $0 == 0 ? ["e"] : ["d\(9 + $0)", "d30"])
        }
        let expected = Self.found(Self.centre, selecting: ["e"], decisions)
        #expect(expected.count == 20)
        for _ in 0..<10 {
            let shuffled = decisions.shuffled(using: &generator)
            #expect(Self.found(Self.centre, selecting: ["e"], shuffled) == expected)
        }
    }

    @Test func endsWhereDecisionsRestOnEachOther() throws {
        let loop = [try Self.decision("d1", on: ["d2"]), try Self.decision("d2", on: ["d1"])]
        #expect(Self.found(Self.centre, known: ["d1", "d2"], loop).isEmpty)
        #expect(Self.found(Self.centre, selecting: ["d1"], loop).count == 2)
    }

    @Test func aSiteThatADecisionDoesNotNameIsNoExcuse() throws {
        let hall = StatementEvent.Selector(body: "ph.centre", site: "hall-1")
        func uses(_ site: String?) throws -> [Decision] {
            var use: JSONObject = ["body": "ph.centre", "date": "2025-01-01"]
            use["site"] = site.map(JSONValue.string)
            return [try Self.decision("d", uses: [.object(use)])]
        }
        #expect(try Self.found(hall, uses(nil)).count == 1)
        #expect(try Self.found(hall, uses("hall-1")).count == 1)
        #expect(try Self.found(hall, uses("hall-2")).isEmpty)
    }
}
