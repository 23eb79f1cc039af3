import Cases
import Encoding
import Recognition
import Registry
import TestSupport
import Testing

/// Long chains of what rests on what, and of versions: the engine is linear in them.
@Suite(.timeLimit(.minutes(8))) struct LongPremiseTests {
    private static let count = 25_000

    private static func decision(_ number: Int, on premise: String) throws -> Decision {
        let members: JSONObject = [
            "jurisdiction": "XA", "occupation": "7212", "decided": "2023-03-01",
            "purposes": [number == count - 1 ? "visa-skill" : "title"],
            "target": ["occ": "7212"], "result": "granted", "basedOn": [.string(premise)],
        ]
        var reader = MemberReader(members, at: "decision")
        return try Decision(
            reading: &reader, Authorship(id: "long.\(number)", author: "craft.a"),
            holder: "p.one")
    }

    @Test func theWarningTravelsAlongAChainOfDecisions() throws {
        let file = try OwnCases.file()
        let found = try #require(file.cases.first { $0.id == "T3-1" })
        let item = WorkedCase(file: file, item: found)
        var statements = item.statements
        statements.decisions = try (0..<Self.count).map {
            try Self.decision($0, on: $0 == 0 ? "e.bend" : "long.\($0 - 1)")
        }
        let warned = Resolver(statements, item.question).verdict
        #expect(warned.word == .granted)
        #expect(warned.notes.contains(.premiseVoid))
        // A loop rests on nothing that is void.
        statements.decisions[0] = try Self.decision(0, on: "long.\(Self.count - 1)")
        #expect(!Resolver(statements, item.question).verdict.notes.contains(.premiseVoid))
    }

    /// Every version but the newest was replaced: only the newest says which units are needed.
    @Test func theUnitsOfTheNewestVersionAreNeeded() throws {
        let file = try OwnCases.file()
        let found = try #require(file.cases.first { $0.id == "C3-1" })
        let item = WorkedCase(file: file, item: found)
        var statements = item.statements
        statements.qualifications.removeAll { $0.content.id == "q.a.weld" }
        func version(_ number: Int, by author: String) throws -> KnownAct<Qualification> {
            let act = try Act(
                draft: [
                    "qualification": "q.a.weld", "version": .string("\(number)"),
                    "country": "XA", "titles": ["en": "Welder"], "isco08": [], "iscedF": [],
                    "units": [
                        [
                            "code": .string(number == Self.count - 1 ? "A1" : "old.\(number)"),
                            "title": "Unit", "kind": "core",
                        ]
                    ],
                ], kind: "qualification", at: "act")
            guard case .qualification(let qualification) = act else {
                throw CaseError.noCases
            }
            return KnownAct(qualification, Authorship(id: "v.\(number)", author: author))
        }
        statements.qualifications += try (0..<Self.count).map {
            try version($0, by: "health.a")
        }
        func supersessions(by author: String) -> [Supersession] {
            (1..<Self.count).map { number in
                Supersession(
                    Authorship(id: "s.\(number)", author: author),
                    old: "q.a.weld@\(number - 1)", new: "q.a.weld@\(number)",
                    isEquivalent: false)
            }
        }
        statements.supersessions = supersessions(by: "health.a")
        let verdict = Resolver(statements, item.question).verdict
        #expect(verdict.word == .granted, "\(verdict.missing.count)")
        // What a stranger says replaces nothing.
        statements.supersessions = supersessions(by: "stranger")
        #expect(Resolver(statements, item.question).verdict.missing.count == Self.count - 1)
    }

    /// As many measures as periods of work: each measure costs what fits it.
    @Test func manyInstrumentsMeasureManyYearsOfWork() throws {
        let count = 3_000
        var fixtures: [JSONValue] = []
        for number in 0..<count {
            fixtures.append([
                "t": "instrument", "id": .string("in.\(number)"), "binds": "XA",
                "purposes": "visa-skill", "effect": "right", "since": "2010-01-01",
                "entry": [
                    ["p": "experience", "jur": "XB", "min_months": .integer(Int64(number) + 1)]
                ],
            ])
            let day = CalendarDate(daysSince1970: Int64(number) * 5)
            fixtures.append([
                "t": "evidence", "id": .string("e.\(number)"), "kind": "experience",
                "holder": "p.one", "occ": .string("\(1_000 + number)"), "jur": "XB",
                "since": .string("\(day)"), "until": .string("\(day.adding(days: 3))"),
            ])
        }
        let document: JSONValue = [
            "fixtures": .array(fixtures),
            "cases": [
                [
                    "id": "many", "uses": .array(fixtures.compactMap { $0.object?["id"] }),
                    "query": [
                        "dest": "XA", "purpose": "visa-skill", "holder": "p.one",
                        "date": "2026-11-01",
                    ],
                    "expected": ["status": "undetermined"],
                ]
            ],
        ]
        let file = try CaseFile(parsing: document.serialized)
        let verdict = file.verdict(on: file.cases[0])
        // Four days of every five are never a month.
        #expect(verdict.word == .undetermined)
        #expect(verdict.others.count == count)
    }
}
