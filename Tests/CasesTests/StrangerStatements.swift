import Cases
import Encoding
import Recognition
import Registry

/// Statements that have nothing to do with a question, made at random from the grammar of case
/// files: about other places, other people, other occupations, by other authors who even fork.
struct StrangerStatements {
    private let question: RecognitionQuestion
    private let statements: StatementSet
    private var fixtures: [JSONValue] = []

    init(of item: WorkedCase) {
        question = item.question
        statements = item.statements
    }

    /// So many of them.
    mutating func make(
        _ count: Int, using generator: inout some RandomNumberGenerator
    ) throws -> StatementSet {
        fixtures = []
        while fixtures.count < count { add(using: &generator) }
        return try StrangerStatements.parsed(fixtures)
    }

    /// Statements about the question itself for purposes that do not serve it.
    func ofOtherPurposes() throws -> StatementSet {
        let others = Purpose.allCases.filter {
            $0 != question.purpose
                && !($0 == .practise
                    && (question.purpose == .employ || question.purpose == .practiseTemporary))
        }
        var fixtures: [JSONValue] = []
        for (number, purpose) in others.enumerated() {
            for effect in ["right", "refuse", "assess", "advice"] {
                fixtures.append([
                    "t": "instrument", "id": .string("z.purpose.\(number).\(effect)"),
                    "binds": .string(question.destination), "since": "1990-01-01",
                    "purposes": .string(purpose.rawValue), "target": target,
                    "effect": .string(effect),
                ])
            }
        }
        return try StrangerStatements.parsed(fixtures)
    }

    private static func parsed(_ fixtures: [JSONValue]) throws -> StatementSet {
        let document: JSONValue = [
            "fixtures": .array(fixtures),
            "cases": [
                [
                    "id": "Z", "uses": .array(fixtures.compactMap { $0.object?["id"] }),
                    "query": ["dest": "QM", "purpose": "level", "date": "2026-01-01"],
                    "expected": ["status": "undetermined"],
                ]
            ],
        ]
        let file = try CaseFile(parsing: document.serialized)
        return file.statements(of: file.cases[0])
    }

    private var target: JSONValue {
        .object(JSONObject(question.target.values.map { .init($0.key, .string($0.value)) }))
    }

    private mutating func add(using generator: inout some RandomNumberGenerator) {
        let number = fixtures.count
        func id(_ kind: String) -> JSONValue { .string("z.\(kind).\(number)") }
        func any(_ texts: [String]) -> JSONValue {
            .string(texts.randomElement(using: &generator) ?? "")
        }
        let places = ["QM", "QN", "QN-1"]
        let bodies = ["z.body.1", "z.body.2", "z.body.3"]
        let purposes = [question.purpose.rawValue, "practise", "study-access"]
        let effects = ["right", "refuse", "assess", "advice", "alternative"]
        let days = ["1995-02-01", "2019-08-09", "2026-10-31"]
        let qualifications = ["z.q.1", "z.q.2"]
        switch Int.random(in: 0..<13, using: &generator) {
        case 0:
            fixtures.append([
                "t": "mandate", "id": id("m"), "authority": any(bodies), "jur": any(places),
                "acts": ["award", "recognise", "accredit"], "since": any(days),
            ])
        case 1:
            fixtures.append([
                "t": "qualification", "id": id("q"), "jur": any(places),
                "title": .string("Title \(number)"), "fw": "z.fw.1", "level": "3",
            ])
        case 2:
            fixtures.append([
                "t": "supersession", "id": id("sup"), "old": any(qualifications),
                "new": any(qualifications), "equivalent": true,
            ])
        case 3, 4:
            // The same target, at another place; by one author under one number: a fork.
            fixtures.append([
                "t": "equivalence", "id": id("eq"), "by": any(bodies), "jur": any(places),
                "since": any(days), "purposes": any(purposes), "target": target,
                "effect": any(effects), "seq": .integer(Int64.random(in: 1...2, using: &generator)),
            ])
        case 5:
            fixtures.append([
                "t": "instrument", "id": id("in"), "binds": any(places), "since": any(days),
                "purposes": any(purposes), "effect": any(effects), "exhaustive": true,
                "entry": [["p": "award-qual", "in": any(qualifications)]],
            ])
        case 6:
            fixtures.append([
                "t": "decision", "id": id("d"), "by": any(bodies),
                "jur": .string(question.destination), "holder": "z.holder", "date": any(days),
                "purposes": any(purposes), "target": target,
                "result": any(["granted", "refused", "partial"]),
                "supersedes": any(statements.decisions.map(\.id) + ["nothing"]),
            ])
        case 7:
            fixtures.append([
                "t": "evidence", "id": id("e"), "by": any(bodies), "holder": "z.holder",
                "kind": any(["test", "experience", "registration", "good-standing"]),
                "since": any(days),
            ])
        case 8:
            fixtures.append([
                "t": "alert", "id": id("al"), "by": any(bodies),
                "holder": "z.holder", "occ": any(["2221", "7212", "9999"]), "jur": any(places),
                "since": any(days),
            ])
        case 9:
            fixtures.append([
                "t": "regulation", "id": id("reg"), "by": any(bodies), "jur": any(places),
                "occ": any(["2221", "7212"]), "regulated": .bool(number % 2 == 0),
            ])
        case 10:
            fixtures.append([
                "t": "referencing", "id": id("ref"), "by": any(bodies), "from": "z.fw.1",
                "to": any(["z.fw.2", "fw.eqf", "fw.m"]), "status": "endorsed",
                "map": [["from": "3", "to": "4"]],
            ])
        case 11:
            fixtures.append([
                "t": "link", "id": id("l"), "holders": ["z.holder", .string("z.name.\(number)")],
            ])
        default:
            // Who has no say.
            let targets =
                statements.awards.map(\.id) + statements.decisions.map(\.id)
                + statements.grounds.filter { $0.authorship.author != nil }.map(\.id)
            fixtures.append([
                "t": "status", "id": id("s"), "by": "z.stranger",
                "kind": any([
                    "revoke", "annul", "suspend", "condition-met", "withdraw", "appeal",
                    "appeal-decided",
                ]),
                "target": any(targets + ["nothing"]), "since": any(days),
            ])
        }
    }
}

extension StatementSet {
    /// The same statements in another order.
    func shuffled(using generator: inout some RandomNumberGenerator) -> StatementSet {
        var set = self
        set.mandates.shuffle(using: &generator)
        set.qualifications.shuffle(using: &generator)
        set.supersessions.shuffle(using: &generator)
        set.accreditations.shuffle(using: &generator)
        set.regulations.shuffle(using: &generator)
        set.referencings.shuffle(using: &generator)
        set.grounds.shuffle(using: &generator)
        set.awards.shuffle(using: &generator)
        set.decisions.shuffle(using: &generator)
        set.evidence.shuffle(using: &generator)
        set.alerts.shuffle(using: &generator)
        set.links.shuffle(using: &generator)
        set.events.shuffle(using: &generator)
        return set
    }
}
