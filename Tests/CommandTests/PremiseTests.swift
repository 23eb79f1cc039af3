import Encoding
import Foundation
import Testing

/// A decision of one country that rests on results of a centre in another: what becomes of those
/// travels.
@Suite(.serialized) struct PremiseTests {
    private static let recogniser = "de.sample-chamber"
    private static let accreditor = "ph.sample-authority"
    private static let centre = "ph.cebu"
    private let corridor: Corridor

    init() throws { corridor = try Corridor() }

    @Test(.timeLimit(.minutes(5))) func warnsAcrossTheBorder() throws {
        try corridor.found("de")
        try authority(Self.recogniser, may: ["recognise", "register"], in: "de")
        try publish(
            "regulation", ["isco:7212", "DE"],
            ["jurisdiction": "DE", "occupation": "7212", "regulated": false],
            by: Self.recogniser, in: "de")
        try corridor.issueStatement(
            "decision",
            [
                "jurisdiction": "DE", "occupation": "7212",
                "decided": .string(StatementStage.today), "purposes": ["visa-skill"],
                "target": ["occ": "7212"], "result": "granted",
                "uses": [
                    ["body": .string(Self.centre), "date": .string(StatementStage.today)]
                ],
            ], by: Self.recogniser, on: "de", to: "decisions")
        try expect(["premise-unwatched:ph.cebu"], rule: true)

        try corridor.found("ph")
        try corridor.add("ph", to: "de")
        try corridor.add("de", to: "ph")
        try authority(Self.accreditor, may: ["accredit"], in: "ph")
        try corridor.makeKey("body", Self.centre)
        try corridor.run(
            0,
            [
                "publish", "accredit", "--body", Self.centre, "--name", "Sample Centre", "--of",
                corridor.path("\(Self.centre).key"), "--qualification", "ph.welder", "--from",
                "2015-01-01", "--by", Self.accreditor, "--key",
                corridor.path("\(Self.accreditor).key"), "--node", corridor.path("ph"),
            ])
        try sync()
        try expect([], rule: false)

        let published = try publish(
            "status-event", [.string(Self.centre)],
            [
                "event": "void", "target": ["subject": .string(Self.centre)],
                "reason": "sample: no confidence in any result",
            ], by: Self.accreditor, in: "ph")
        let index = String(try #require(published.split(separator: " ").dropFirst().first))
        try sync()
        try expect(["premise-void:review"], rule: true)
        try affected(by: index)
        for country in ["de", "ph"] { #expect(corridor.stop(country) == 0, "\(country)") }
    }

    /// The notes on premises; the decision itself stands (T3).
    private func expect(
        _ notes: [String], rule: Bool, at place: SourceLocation = #_sourceLocation
    ) throws {
        let outcome = try corridor.run(
            0,
            [
                "verify", corridor.path("decisions/1.json"), "--for", "DE", "--purpose",
                "visa-skill", "--occupation", "7212", "--node", corridor.path("de"), "--json",
            ], at: place)
        let verdict = try JSONValue(
            parsing: outcome.output, limits: JSONLimits(size: 4 << 20, depth: 12)
        ).object
        let worth = verdict?["worth"]?.object
        #expect(worth?["word"]?.string == "granted", sourceLocation: place)
        let found = (worth?["notes"]?.array ?? []).compactMap(\.string)
            .filter { $0.hasPrefix("premise") }
        #expect(found == notes, sourceLocation: place)
        let rules = (worth?["rules"]?.array ?? []).compactMap(\.string)
        #expect(rules.contains("T3") == rule, sourceLocation: place)
    }

    /// The office that decided learns it too, from the entry in the other country's log.
    private func affected(by entry: String) throws {
        let outcome = try corridor.run(
            1,
            [
                "affected", entry, "--log", "PH", "--node", corridor.path("de"),
                "--json",
            ])
        let found = try JSONValue(parsing: outcome.output).object
        let decisions = (found?["decisions"]?.array ?? []).compactMap(\.object)
        #expect(decisions.count == 1)
        #expect(decisions.first?["cause"]?.string == "use")
    }

    private func sync() throws {
        for country in ["ph", "de", "ph", "de"] {
            try corridor.run(0, ["sync", "--node", corridor.path(country)])
        }
    }

    private func authority(_ name: String, may acts: [String], in country: String) throws {
        try corridor.makeKey("authority", name)
        try corridor.run(
            0,
            [
                "publish", "authority-key", "--holder", name, "--of",
                corridor.path("\(name).key"), "--node", corridor.path(country),
            ])
        try corridor.run(
            0,
            ["publish", "mandate", "--authority", name, "--name", "Sample Authority"]
                + acts.flatMap { ["--may", $0] } + [
                    "--scope", "*", "--territory", country.uppercased(), "--from", "2010-01-01",
                    "--node", corridor.path(country),
                ])
    }

    @discardableResult
    private func publish(
        _ kind: String, _ subjects: [JSONValue], _ act: JSONObject, by author: String,
        in country: String
    ) throws -> String {
        try corridor.write(
            [
                "kind": .string(kind), "by": .string(author), "subjects": .array(subjects),
                "act": .object(act),
            ], to: corridor.path("act.json"))
        return try corridor.run(
            0,
            [
                "publish", "file", corridor.path("act.json"), "--node", corridor.path(country),
                "--key", corridor.path("\(author).key"),
            ]
        ).text
    }
}
