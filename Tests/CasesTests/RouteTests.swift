import Cases
import Encoding
import Recognition
import Registry
import Testing

/// Ways through a third country, and gap sheets, over statements as case files write them.
@Suite struct RouteTests {
    private static func statements(_ fixtures: [JSONValue]) throws -> StatementSet {
        let document: JSONValue = [
            "fixtures": .array(fixtures),
            "cases": [
                [
                    "id": "Z", "uses": .array(fixtures.compactMap { $0.object?["id"] }),
                    "query": ["dest": "XA", "purpose": "practise", "date": "2026-11-01"],
                    "expected": ["status": "undetermined"],
                ]
            ],
        ]
        let file = try CaseFile(parsing: document.serialized)
        return file.statements(of: file.cases[0])
    }

    private static func ground(
        _ id: String, entry: JSONValue = [], conditions: JSONValue = [], effect: String = "right",
        supersedes: String? = nil
    ) -> JSONValue {
        var object: JSONObject = [
            "t": "equivalence", "id": .string(id), "by": "craft.a", "jur": "XA",
            "purposes": "practise", "target": ["occ": "2221"], "entry": entry,
            "conditions": conditions, "effect": .string(effect), "since": "2020-01-01",
        ]
        object["supersedes"] = supersedes.map(JSONValue.string)
        return .object(object)
    }

    private static func registration(_ places: [String]) -> JSONValue {
        ["p": "registration", "in": .array(places.map(JSONValue.string)), "occ": "2221"]
    }

    private static func routes(_ fixtures: [JSONValue]) throws -> [Route] {
        Route.all(
            in: try statements(fixtures), to: "XA", from: ["XB"], occupations: ["2221"],
            on: try #require(CalendarDate(parsing: "2026-11-01")))
    }

    @Test func aRouteLeadsNeitherThroughHomeNorThroughTheDestination() throws {
        let routes = try Self.routes([
            Self.ground("eq.through", entry: [Self.registration(["XA", "XB", "XC-1"])]),
            Self.ground("eq.home", entry: [Self.registration(["XB"])]),
        ])
        #expect(routes.map(\.ground.id) == ["eq.through"])
        #expect(routes.first?.through == ["XC-1"])
    }

    @Test func aClauseInAConditionOpensARouteToo() throws {
        let condition: JSONValue = [
            "id": "abroad", "p": "prior-decision", "in": ["XC"],
        ]
        let routes = try Self.routes([Self.ground("eq.condition", conditions: [condition])])
        #expect(routes.map(\.through) == [["XC"]])
        #expect(routes.first?.conditions.map(\.id) == ["abroad"])
        #expect(routes.first?.steps.isEmpty == true)
    }

    @Test func whatIsReplacedSuspendedOrRefusesOpensNone() throws {
        let entry: JSONValue = [Self.registration(["XC"])]
        let routes = try Self.routes([
            Self.ground("eq.old", entry: entry),
            Self.ground("eq.new", supersedes: "eq.old"),
            Self.ground("eq.suspended", entry: entry),
            [
                "t": "status", "id": "s", "kind": "suspend", "target": "eq.suspended",
                "since": "2026-01-01", "by": "craft.a",
            ],
            Self.ground("eq.refuse", entry: entry, effect: "refuse"),
        ])
        #expect(routes.isEmpty)
    }
}

/// What is covered and missing, and where the missing parts are offered.
@Suite struct GapSheetTests {
    private static func sheet(mapping pairs: [(String, String)]) throws -> GapSheet {
        let file = try OwnCases.file()
        let item = try #require(file.cases.first { $0.id == "C3-1" })
        var statements = file.statements(of: item)
        let draft: JSONValue = [
            "t": "equivalence", "id": "eq.map", "by": "health.a", "jur": "XA",
            "purposes": "title", "target": ["qual": "q.a.weld"], "effect": "right",
            "since": "2020-01-01", "entry": [["p": "award-qual", "in": "q.b.weld"]],
            "unitmap": .array(
                pairs.map { ["from": .string($0.0), "to": .string($0.1)] }),
        ]
        statements.grounds = try DraftStatements(parsing: draft.serialized).statements.grounds
        let day = try #require(CalendarDate(parsing: "2026-11-01"))
        let survey = WorthSurvey(
            country: "XA", statements: statements, frameworks: [],
            awards: Array(statements.awards.prefix(1)), on: day)
        let row = try #require(survey.rows.first { $0.purpose == .title })
        return GapSheet(row, among: statements.qualifications.map(\.content))
    }

    @Test func coversEveryUnitWhereAllAreMapped() throws {
        let sheet = try Self.sheet(mapping: [("U1", "A1"), ("U1", "A2"), ("U1", "A3")])
        #expect(sheet.missing.isEmpty, "\(sheet.missing)")
        #expect(sheet.covered.map(\.code) == ["A1", "A2", "A3"])
    }

    @Test func theQualificationAskedAboutIsNoWayToItself() throws {
        let sheet = try Self.sheet(mapping: [("U1", "A1")])
        #expect(!sheet.missing.isEmpty)
        #expect(sheet.missing.flatMap(\.offers).allSatisfy { $0.qualification != "q.a.weld" })
        #expect(sheet.titles["A1"] != nil)
    }
}
