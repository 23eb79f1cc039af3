import Encoding
import Foundation
import TestSupport
import Testing

/// Three nodes on machines of their own, and a network that loses packets and is cut.
@Suite(
    .serialized,
    .enabled(if: NamespaceNetwork.isPossible, "network namespaces need root and iproute2"))
struct NamespaceTests {
    private static let countries = ["ph", "de", "nz"]
    private static let origin = "sample.concord.example/ph/1"
    private let folder: TemporaryFolder
    private let network: NamespaceNetwork

    init() throws {
        folder = try TemporaryFolder()
        network = try NamespaceNetwork(Self.countries)
    }

    /// Runs a command on a country's machine.
    @discardableResult
    private func run(
        _ code: Int32?, on country: String, _ arguments: [String], seconds: Int = 90,
        at place: SourceLocation = #_sourceLocation
    ) throws -> ConcordProcess.Outcome {
        let outcome = try ConcordProcess.run(
            arguments + ["--node", folder.path(country)], seconds: seconds,
            through: network.launcher(country))
        if let code {
            #expect(
                outcome.code == code, "\(country) \(arguments): \(outcome.complaint)",
                sourceLocation: place)
        }
        return outcome
    }

    private func status(_ country: String) throws -> JSONObject {
        let outcome = try run(0, on: country, ["node", "status", "--json"])
        return try #require(try JSONValue(parsing: outcome.output).object)
    }

    /// How much of the first country's log a node holds.
    private func size(_ country: String) throws -> Int64 {
        let logs = try status(country)["logs"]?.array ?? []
        return logs.compactMap(\.object).first { $0["origin"]?.string == Self.origin }?["size"]?
            .integer ?? 0
    }

    private func publish() throws {
        let act = ConcordProcess.repository.appending(path: "Nodes/PH/acts/01-country.json").path
        try run(0, on: "ph", ["publish", "file", act])
    }

    /// The nodes, each listening on its own machine's address, and each knowing the others.
    private func found() throws -> [RunningNode] {
        for country in Self.countries {
            try run(
                0, on: country,
                [
                    "node", "init", "--country", country.uppercased(), "--name",
                    "Sample \(country.uppercased())", "--origin",
                    "sample.concord.example/\(country)/1", "--sample", "--unsealed",
                ])
            let file = URL(filePath: "\(folder.path(country))/node.json")
            var configuration = try #require(
                try JSONValue(parsing: Array(try Data(contentsOf: file))).object)
            configuration["host"] = .string(network.address(country))
            try Data(JSONValue.object(configuration).indented.utf8).write(to: file)
        }
        let nodes = try Self.countries.map {
            try RunningNode(folder: folder.path($0), through: network.launcher($0))
        }
        for country in Self.countries {
            for (other, node) in zip(Self.countries, nodes) where other != country {
                let fingerprint = try #require(try status(other)["fingerprint"]?.string)
                try run(
                    0, on: country,
                    [
                        "peer", "add", "http://\(network.address(other)):\(node.port)",
                        "--fingerprint", fingerprint,
                    ])
            }
        }
        return nodes
    }

    @Test(.timeLimit(.minutes(10))) func cutOffCountryComesBackToTheOneHistory() throws {
        let nodes = try found()
        for country in Self.countries { try run(0, on: country, ["sync"]) }
        let old = try size("ph")
        #expect(try size("de") == old)

        try network.set("de", isReachable: false)
        for _ in 0..<3 { try publish() }
        try run(nil, on: "nz", ["sync"])
        #expect(try size("nz") == old + 3)
        // Ends by itself, says whom it did not reach, and keeps what it has.
        let alone = try run(nil, on: "de", ["sync"])
        #expect(alone.code != nil)
        #expect((alone.text + alone.complaint).contains(network.address("ph")))
        #expect(try size("de") == old)

        try network.set("de", isReachable: true)
        try run(0, on: "de", ["sync"])
        #expect(try size("de") == old + 3)
        for country in Self.countries { try run(0, on: country, ["log", "check"]) }
        for node in nodes { #expect(node.stop() == 0, "\(node.folder)") }
    }

    @Test(
        .timeLimit(.minutes(15)), .enabled(if: NamespaceNetwork.canLose, "nft is not installed"))
    func losesNoEntryWhereTheNetworkLosesPackets() throws {
        let nodes = try found()
        for country in Self.countries { try network.lose(percent: 20, at: country) }
        for _ in 0..<3 { try publish() }
        let published = try size("ph")
        var sizes = [try size("de"), try size("nz")]
        for _ in 0..<8 where sizes != [published, published] {
            for country in ["de", "nz"] { try run(nil, on: country, ["sync"]) }
            let now = [try size("de"), try size("nz")]
            #expect(now[0] >= sizes[0] && now[1] >= sizes[1])
            sizes = now
        }
        #expect(sizes == [published, published])
        for country in Self.countries {
            try network.lose(percent: 0, at: country)
            try run(0, on: country, ["log", "check"])
        }
        for node in nodes { #expect(node.stop() == 0, "\(node.folder)") }
    }

    /// Two seconds there and back, as over two satellites.
    @Test(
        .timeLimit(.minutes(15)),
        .enabled(if: NamespaceNetwork.canDelay, "the kernel has no sch_netem, or tc is missing"))
    func losesNoEntryWhereEveryPacketIsLate() throws {
        let nodes = try found()
        for country in Self.countries { try network.delay(milliseconds: 1_000, at: country) }
        for _ in 0..<2 { try publish() }
        let published = try size("ph")
        for country in ["de", "nz"] {
            try run(0, on: country, ["sync"])
            #expect(try size(country) == published)
        }
        for node in nodes { #expect(node.stop() == 0, "\(node.folder)") }
    }
}
