import Cases
import Encoding
import Recognition
import Registry
import TestSupport
import Testing

/// Chains and storms of statements that end, because the engine is linear in them.
///
/// A quadratic step over this many would take hours: the limit only keeps the suite from
/// waiting for one; nothing is measured.
@Suite(.timeLimit(.minutes(8))) struct LongChainTests {
    private static let count = 100_000

    private static func worked(_ id: String) throws -> WorkedCase {
        let file = try OwnCases.file()
        let item = try #require(file.cases.first { $0.id == id })
        return WorkedCase(file: file, item: item)
    }

    private static func authorship(_ number: Int, _ author: String? = nil) -> Authorship {
        Authorship(
            id: "long.\(number)", author: author,
            competence: author == nil ? .notNeeded : .toBeJudged)
    }

    private static func supersession(_ number: Int, _ old: String, _ new: String) -> Supersession {
        Supersession(authorship(number), old: old, new: new, isEquivalent: true)
    }

    @Test func aStatementCarriesAlongAChainOfVersions() throws {
        let item = try Self.worked("T1-1")
        var statements = item.statements
        let last = "q.b.weld.2024@1"
        statements.supersessions = (0..<Self.count).map { number in
            Self.supersession(
                number, number == 0 ? "q.b.weld@1" : "v\(number)@1",
                number == Self.count - 1 ? last : "v\(number + 1)@1")
        }
        #expect(Resolver(statements, item.question).verdict.word == .granted)
        // Turned into a loop beside it, it reaches nothing.
        statements.supersessions[Self.count - 1] = Self.supersession(
            Self.count, "v\(Self.count - 1)@1", "q.b.weld@1")
        #expect(Resolver(statements, item.question).verdict.word == .undetermined)
    }

    @Test func linksMakeOnePersonAlongAChainAndALoop() throws {
        let item = try Self.worked("G6-2")
        var statements = item.statements
        statements.links = (0..<Self.count).map { number in
            IdentityLink(
                Self.authorship(number),
                holders: [
                    number == 0 ? "p.maiden" : "p\(number)",
                    number == Self.count - 1 ? "p.one" : "p\(number + 1)",
                ])
        }
        statements.links.append(
            IdentityLink(Self.authorship(Self.count), holders: ["p.one", "p.maiden"]))
        statements.links.append(
            IdentityLink(
                Self.authorship(Self.count + 1), holders: (0..<Self.count).map { "p\($0)" }))
        #expect(Resolver(statements, item.question).verdict.word == .granted)
    }

    @Test func theLastOfAChainOfStatementsStands() throws {
        let item = try Self.worked("P5-4")
        let first = try #require(item.statements.grounds.first { $0.supersedes == nil })
        let act = try Self.equivalence()
        var statements = item.statements
        statements.grounds = (0..<Self.count).map { number in
            GeneralGround(
                act, Self.authorship(number, first.authorship.author), occupation: "7212",
                supersedes: number == 0 ? nil : "long.\(number - 1)")
        }
        let verdict = Resolver(statements, item.question).verdict
        #expect(verdict.grounds.map(\.id) == ["long.\(Self.count - 1)"])
        // As a loop none stands.
        statements.grounds[0] = GeneralGround(
            act, Self.authorship(0, first.authorship.author), occupation: "7212",
            supersedes: "long.\(Self.count - 1)")
        #expect(Resolver(statements, item.question).verdict.word == .undetermined)
    }

    @Test func manyStatementsThatAllApplyAreRankedOnce() throws {
        let item = try Self.worked("P5-4")
        let act = try Self.equivalence()
        var statements = item.statements
        statements.grounds = (0..<Self.count / 10).map { number in
            GeneralGround(act, Self.authorship(number, "craft.a"), occupation: "7212")
        }
        let verdict = Resolver(statements, item.question).verdict
        #expect(verdict.word == .granted)
        #expect(verdict.others.count == Self.count / 10 - 1)
    }

    @Test func theLastOfAChainOfDecisionsStands() throws {
        let item = try Self.worked("P5-1")
        func decision(_ number: Int, supersedes: Int?) throws -> Decision {
            var members: JSONObject = [
                "jurisdiction": "XA", "occupation": "7212", "decided": "2023-03-01",
                "purposes": ["visa-skill"], "target": ["occ": "7212"], "result": "granted",
            ]
            members["supersedes"] = supersedes.map { .string("long.\($0)") }
            var reader = MemberReader(members, at: "decision")
            return try Decision(
                reading: &reader, Self.authorship(number, "craft.a"), holder: "p.one")
        }
        let count = Self.count / 4
        var statements = item.statements
        statements.decisions = try (0..<count).map {
            try decision($0, supersedes: $0 == 0 ? nil : $0 - 1)
        }
        let verdict = Resolver(statements, item.question).verdict
        #expect(verdict.grounds.map(\.id) == ["long.\(count - 1)"])
        statements.decisions[0] = try decision(0, supersedes: count - 1)
        #expect(Resolver(statements, item.question).verdict.word == .undetermined)
    }

    @Test func accreditorsThatAccreditEachOtherMeanNothing() throws {
        let item = try Self.worked("G3-5")
        var statements = item.statements
        statements.accreditations += try (0..<Self.count).map { number in
            KnownAccreditation(
                Self.authorship(number, "ring.\(number)"),
                qualifications: ["ring.\((number + 1) % Self.count)", "q.b.weld"],
                since: try .day("2000-01-01"))
        }
        #expect(Resolver(statements, item.question).verdict.word == .undetermined)
    }

    @Test func aStormOfSelectorsIsHeardOnce() throws {
        let item = try Self.worked("G4-11")
        let day = try CalendarDate.day("2010-01-01")
        var statements = item.statements
        statements.events += (0..<Self.count).map { number in
            StatementEvent(
                Self.authorship(number, number % 2 == 0 ? "school.b" : "garage.b"), kind: .void,
                target: .selector(
                    .init(
                        body: number % 3 == 0 ? nil : "school.b", site: "hall-1",
                        from: day, until: day)), since: day)
        }
        #expect(Resolver(statements, item.question).verdict.word == .granted)
        statements.events.append(
            StatementEvent(
                Self.authorship(Self.count, "school.b"), kind: .void,
                target: .selector(.init(body: "school.b")), since: day))
        #expect(Resolver(statements, item.question).verdict.word == .invalid)
    }

    @Test func levelsAreComposedOverManyTables() throws {
        let item = try Self.worked("C2-1")
        let table = try #require(item.statements.referencings.first)
        var statements = item.statements
        statements.referencings += (0..<Self.count).map { number in
            KnownAct(table.content, Self.authorship(number, "table.\(number)"))
        }
        let verdict = Resolver(statements, item.question).verdict
        #expect(verdict.level == ["4"])
    }

    @Test func longExperienceIsCountedAsSpans() throws {
        let item = try Self.worked("C7-1")
        let sample = try #require(item.statements.evidence.first)
        var statements = item.statements
        for number in 0..<Self.count / 4 {
            var members: JSONObject = [
                "kind": "experience", "occupation": "7212", "since": "0001-01-01",
                "until": "2026-01-01",
            ]
            members["jurisdiction"] = sample.jurisdiction.map { .string($0) }
            var reader = MemberReader(members, at: "evidence")
            statements.evidence.append(
                try Evidence(reading: &reader, Self.authorship(number), holder: "p.one"))
        }
        #expect(Resolver(statements, item.question).verdict.word == .granted)
    }

    private static func equivalence() throws -> Equivalence {
        let act = try Act(
            draft: [
                "jurisdiction": "XA", "purposes": ["visa-skill"], "target": ["occ": "7212"],
                "effect": "right", "since": "2021-01-01",
            ], kind: "equivalence", at: "act")
        guard case .equivalence(let equivalence) = act else {
            throw CaseError.unknownStatementKind(path: "act", found: "another")
        }
        return equivalence
    }
}
