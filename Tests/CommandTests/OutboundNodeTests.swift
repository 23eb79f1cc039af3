import Encoding
import Foundation
import Testing

/// Three real nodes, of which one can only dial out: it is log, mirror and witness all the same.
@Suite struct OutboundNodeTests {
    private struct Line {
        let size: Int64
        let witnessed: Int64
    }

    private func status(_ country: String, _ corridor: Corridor) throws -> [String: Line] {
        let text = try corridor.run(
            0, ["node", "status", "--node", corridor.path(country), "--json"])
        let logs = try JSONValue(parsing: text.output).object?["logs"]?.array ?? []
        var lines: [String: Line] = [:]
        for log in logs {
            guard let object = log.object, let origin = object["origin"]?.string,
                let size = object["size"]?.integer, let witnessed = object["witnessed"]?.integer
            else { continue }
            lines[String(origin.split(separator: "/")[1])] = Line(size: size, witnessed: witnessed)
        }
        return lines
    }

    @Test(.timeLimit(.minutes(5))) func nodeThatOnlyDialsOutTakesFullPart() throws {
        let corridor = try Corridor()
        for country in Corridor.countries { try corridor.found(country) }
        try corridor.add("de", to: "ph")
        try corridor.add("ph", to: "de")
        // NZ knows the others' addresses; they have its card and no address.
        let card = corridor.path("nz.card")
        try corridor.run(0, ["node", "card", "--node", corridor.path("nz"), "--out", card])
        let fingerprint = try corridor.fingerprint("nz")
        for country in ["ph", "de"] {
            try corridor.run(
                0,
                [
                    "peer", "add", "--card", card, "--fingerprint", fingerprint, "--node",
                    corridor.path(country),
                ])
            try corridor.add(country, to: "nz")
        }
        let list = try corridor.run(0, ["peer", "list", "--node", corridor.path("ph")])
        #expect(list.text.contains("(only dials out)"))
        #expect(corridor.stop("nz") == 0)
        try corridor.start("nz", syncSeconds: 1)

        // A quorum of two of two others under every log needs NZ's line under PH's and DE's.
        var states: [String: [String: Line]] = [:]
        for _ in 0..<60 {
            for country in ["ph", "de"] {
                try corridor.run(0, ["sync", "--node", corridor.path(country)])
            }
            for country in Corridor.countries {
                states[country] = try status(country, corridor)
            }
            let isDone = Corridor.countries.allSatisfy { country in
                Corridor.countries.allSatisfy { log in
                    guard let here = states[country]?[log], let own = states[log]?[log] else {
                        return false
                    }
                    return here.size == own.size && here.witnessed == own.size
                }
            }
            if isDone { break }
            Thread.sleep(forTimeInterval: 0.5)
        }
        for country in Corridor.countries {
            for log in Corridor.countries {
                let here = try #require(states[country]?[log], "\(log) at \(country)")
                let own = try #require(states[log]?[log])
                #expect(here.size == own.size, "\(log) at \(country)")
                #expect(here.witnessed == own.size, "\(log) at \(country)")
            }
            #expect(
                try corridor.run(0, ["log", "check", "--node", corridor.path(country)]).text
                    .components(separatedBy: "sound").count == 4)
        }
        for country in Corridor.countries { #expect(corridor.stop(country) == 0, "\(country)") }
    }

    /// Nobody can ask it what it saw: as the only witness it would seal this node for good.
    @Test(.timeLimit(.minutes(5))) func leavesAnOnlyWitnessThatDialsOutOutOfTheReadQuorum() throws {
        let corridor = try Corridor()
        for country in Corridor.countries { try corridor.found(country) }
        let card = corridor.path("nz.card")
        try corridor.run(0, ["node", "card", "--node", corridor.path("nz"), "--out", card])
        let ph = corridor.path("ph")
        let add = ["peer", "add", "--card", card, "--fingerprint", try corridor.fingerprint("nz")]
        let added = try corridor.run(0, add + ["--node", ph])
        #expect(added.text.contains("NZ only dials out and cannot be asked"), "\(added.text)")
        #expect(corridor.stop("ph") == 0)
        try corridor.start("ph")
        // It signs after its next start, and with somebody who can be asked NZ is a witness, too.
        let second = try corridor.run(
            0,
            [
                "peer", "add", try corridor.url("de"), "--fingerprint",
                try corridor.fingerprint("de"), "--node", ph,
            ])
        #expect(second.text.contains("PH's log is believed when 2 of 2 have seen it"))
        #expect(!second.text.contains("only dials out"))
        let check = try corridor.run(1, ["policy", "check", "--node", ph])
        #expect(check.text.contains("read quorum 1 of 2"), "\(check.text)")
        #expect(check.text.contains("for they only dial out: NZ"))
        #expect(!check.text.contains("TOO FEW"))
        // Before the first round there is nothing to compare, which is no agreement.
        #expect(check.text.contains("NOT COMPARED with DE, NZ"))
        for country in Corridor.countries { #expect(corridor.stop(country) == 0) }
    }

    /// A node whose only witness has lost its address: it says so, and an address for a while is
    /// the way out.
    @Test(.timeLimit(.minutes(5))) func aNodeSealedByASilentWitnessOpensWithAnAddressForAWhile()
        throws
    {
        let corridor = try Corridor()
        for country in ["ph", "nz"] { try corridor.found(country) }
        try corridor.add("nz", to: "ph")
        try corridor.add("ph", to: "nz")
        let ph = corridor.path("ph")
        #expect(corridor.stop("ph") == 0)
        try corridor.damage("ph", "UPDATE peer SET url = 'outbound'")
        try corridor.start("ph")
        let check = try corridor.run(1, ["policy", "check", "--node", ph])
        #expect(check.text.contains("TOO FEW to ask: 0 of the 1"), "\(check.text)")
        #expect(check.text.contains("peer add URL"))
        try corridor.found("de")
        let sealed = try corridor.run(
            69,
            [
                "peer", "add", try corridor.url("de"), "--fingerprint",
                try corridor.fingerprint("de"), "--node", ph,
            ])
        #expect(sealed.complaint.contains("sealed"))
        try corridor.add("nz", to: "ph")
        try corridor.run(0, ["sync", "--node", ph])
        try corridor.run(0, ["peer", "buddy", "NZ", "--node", ph])
        for country in Corridor.countries { #expect(corridor.stop(country) == 0) }
    }

    /// What is refused leaves nothing half added.
    @Test(.timeLimit(.minutes(5))) func aSealedNodeAddsNobody() throws {
        let corridor = try Corridor()
        for country in Corridor.countries { try corridor.found(country) }
        try corridor.add("nz", to: "ph")
        let ph = corridor.path("ph")
        for country in ["ph", "nz"] { #expect(corridor.stop(country) == 0) }
        try corridor.start("ph")
        let key = try corridor.run(
            0,
            [
                "witness", "init", "--folder", corridor.path("uni"), "--name", "uni.example",
                "--unsealed",
            ]
        ).text.trimmingCharacters(in: .whitespacesAndNewlines)
        try corridor.run(
            69,
            [
                "peer", "add", try corridor.url("de"), "--fingerprint",
                try corridor.fingerprint("de"), "--node", ph,
            ])
        try corridor.run(
            69, ["peer", "witness", "uni", key, "http://127.0.0.1:1", "--node", ph])
        let list = try corridor.run(0, ["peer", "list", "--node", ph])
        #expect(!list.text.contains("DE"))
        #expect(!FileManager.default.fileExists(atPath: "\(ph)/witnesses.policy"))
        for country in ["ph", "de"] { #expect(corridor.stop(country) == 0) }
    }

    @Test func asksForAnAddressOrACard() throws {
        let refused = try ConcordProcess.run(["peer", "add", "--fingerprint", "x"])
        #expect(refused.code == 64)
        #expect(refused.complaint.contains("--card"))
    }
}
