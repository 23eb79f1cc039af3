import Encoding
import Foundation
import Testing

/// What somebody says who has a dossier and an anchor, beside what the node says that made it.
struct DossierAnswers {
    private let corridor: Corridor
    private let certificate: String
    private let offline: [String]

    init(_ corridor: Corridor) {
        self.corridor = corridor
        certificate = corridor.path("certificates/2.json")
        offline = [
            "--anchor", corridor.path("de.anchor.json"), "--data", corridor.path("nothing"),
        ]
    }

    private var node: [String] { ["--node", corridor.path("de")] }

    func areThoseOfTheNode() throws {
        // The second qualification has another occupation than the award.
        for (code, purpose, target, note) in [
            (3, "visa-skill", "de.anlagenmechaniker", "not-searched"),
            (0, "employ", "de.maurer", "regulated-in-sector:self-employment"),
        ] as [(Int32, String, String, String)] {
            let question = [
                "--for", "DE", "--purpose", purpose, "--target-qualification", target,
            ]
            let dossier = corridor.path("\(target).dossier.json")
            try corridor.run(0, ["dossier", certificate, "--out", dossier] + question + node)
            let here = try worth(code, certificate, question + node)
            let there = try worth(code, dossier, question + offline)
            #expect(here == there)
            #expect(here["notes"]?.array?.contains(.string(note)) == true, "\(here)")
            try surveysAlike(dossier)
        }
        // Without copies there is nothing to say of what is no dossier.
        try corridor.run(66, ["worth", certificate] + offline)
    }

    private func worth(
        _ code: Int32, _ file: String, _ arguments: [String]
    ) throws -> JSONObject {
        let outcome = try corridor.run(code, ["verify", file, "--json"] + arguments)
        return try #require(try parsed(outcome).object?["worth"]?.object)
    }

    /// Every line about the countries whose logs are in the dossier; level tables are there only
    /// for the frameworks that the question was about.
    private func surveysAlike(_ dossier: String) throws {
        let here = try rows(certificate, node).filter { row in
            ["DE", "PH"].contains { row["destination"]?.string?.hasPrefix($0) == true }
        }
        #expect(try rows(dossier, offline) == here)
        #expect(here.count > 2)
    }

    private func rows(_ file: String, _ source: [String]) throws -> [JSONObject] {
        let outcome = try corridor.run(0, ["worth", file, "--json"] + source)
        return (try parsed(outcome).array ?? []).compactMap(\.object).compactMap { row in
            var row = row
            row["age"] = nil
            // A dossier carries two logs, the node holds them all.
            row["knowledge"] = nil
            return row["purpose"] == "level" ? nil : row
        }
    }

    private func parsed(_ outcome: ConcordProcess.Outcome) throws -> JSONValue {
        try JSONValue(parsing: outcome.output, limits: JSONLimits(size: 4 << 20, depth: 16))
    }
}
