import Encoding
import Foundation
import TestSupport
import Testing

/// Three sample nodes in one folder, and what the story of the corridor does with them.
final class Corridor {
    static let countries = ["ph", "de", "nz"]
    static let centre = "ph.sample-centre-cebu"

    let folder: TemporaryFolder
    private(set) var nodes: [String: RunningNode] = [:]
    /// Where each node listened first: its peers know it by that address.
    private var ports: [String: Int] = [:]

    init() throws { folder = try TemporaryFolder() }

    func path(_ name: String) -> String { folder.path(name) }

    /// Runs a command and checks how it ends.
    @discardableResult
    func run(
        _ code: Int32, _ arguments: [String], at place: SourceLocation = #_sourceLocation
    ) throws -> ConcordProcess.Outcome {
        let outcome = try ConcordProcess.run(arguments)
        #expect(
            outcome.code == code, "\(arguments.joined(separator: " ")): \(outcome.complaint)",
            sourceLocation: place)
        return outcome
    }

    /// Makes the nodes and starts their processes.
    func found() throws {
        for country in Self.countries { try found(country) }
    }

    func found(_ country: String) throws {
        try run(
            0,
            [
                "node", "init", "--node", path(country), "--country", country.uppercased(),
                "--name", "Sample \(country.uppercased())", "--origin",
                "sample.concord.example/\(country)/1", "--sample", "--unsealed",
            ])
        try start(country)
    }

    /// Starts a node's process, at the address that it had before.
    ///
    /// - Parameter folder: another copy of the node, which listens in its place.
    func start(_ country: String, syncSeconds: Int = 0, from folder: String? = nil) throws {
        let node = try RunningNode(
            folder: path(folder ?? country), syncSeconds: syncSeconds, port: ports[country] ?? 0)
        ports[country] = node.port
        nodes[country] = node
    }

    /// Stops a node's process; its exit status.
    func stop(_ country: String) -> Int32? {
        nodes.removeValue(forKey: country)?.stop()
    }

    func url(_ country: String) throws -> String { try #require(nodes[country]).url }

    func fingerprint(_ country: String) throws -> String {
        let status = try run(0, ["node", "status", "--node", path(country), "--json"])
        return try #require(
            try JSONValue(parsing: status.output).object?["fingerprint"]?.string)
    }

    /// Every node believes every other one.
    func introduce() throws {
        for country in Self.countries {
            for other in Self.countries where other != country { try add(other, to: country) }
        }
    }

    /// One node believes another one.
    func add(_ other: String, to country: String) throws {
        try run(
            0,
            [
                "peer", "add", try url(other), "--fingerprint", try fingerprint(other),
                "--node", path(country),
            ])
    }

    /// Names the authorities' keys and publishes the acts of the repository.
    func publishActs(of countries: [String] = Corridor.countries) throws {
        for country in countries {
            let acts = ConcordProcess.repository
                .appending(path: "Nodes/\(country.uppercased())/acts").path
            let files = try FileManager.default.contentsOfDirectory(atPath: acts)
                .filter { $0.hasSuffix(".json") }.sorted().map { "\(acts)/\($0)" }
            let authors = try files.compactMap { try json(at: $0).object?["by"]?.string }
            var keys: [String] = []
            for author in Set(authors).sorted() where author != "\(country).root" {
                try makeKey("authority", author)
                try run(
                    0,
                    [
                        "publish", "authority-key", "--holder", author, "--of",
                        path("\(author).key"), "--node", path(country),
                    ])
                keys += ["--key", path("\(author).key")]
            }
            try run(0, ["publish", "file"] + files + ["--node", path(country)] + keys)
        }
    }

    func makeKey(_ role: String, _ name: String) throws {
        try run(
            0,
            [
                "key", "new", role, "--name", name, "--out", path("\(name).key"), "--sample",
                "--unsealed",
            ])
    }

    /// The key of an operator who is added to a country's node.
    func addOperator(to country: String) throws -> String {
        let name = "\(country).registrar"
        try makeKey("operator", name)
        let key = path("\(name).key")
        try run(0, ["audit", "operator", "add", key, "--node", path(country)])
        return key
    }

    /// Prints every award of a country, by an operator who is added for it.
    func printAll(_ country: String) throws {
        let key = try addOperator(to: country)
        try run(
            0,
            ["print", "--all", "--node", path(country), "--out", path("paper"), "--operator", key])
    }

    /// The authority accredits the one centre, which issues two certificates: the first bound
    /// to a holder's key, the second to nobody's.
    func issue() throws {
        try makeKey("body", Self.centre)
        try makeKey("holder", "worker")
        try run(
            0,
            [
                "publish", "accredit", "--body", Self.centre, "--name",
                "Sample Training Centre Cebu",
                "--of", path("\(Self.centre).key"), "--qualification", "ph.smaw-nc2", "--from",
                "2015-01-01", "--by", "ph.tesda", "--key", path("ph.tesda.key"), "--node",
                path("ph"),
            ])
        let awarded = ISO8601DateFormatter().string(from: Date(timeIntervalSinceNow: -259_200))
        let act = try json(
            at: ConcordProcess.repository.appending(path: "Nodes/PH/acts/07-smaw-nc2.json").path)
        let version = try #require(act.object?["act"]?.object?["version"])
        var award: JSONObject = [
            "name": "Juan Halimbawa", "birth_year": 1999, "qualification": "ph.smaw-nc2",
            "version": version, "awarded": .string(String(awarded.prefix(10))),
        ]
        let unbound = award
        award["name"] = "Testina Exemplar"
        award["holder_key"] = .string(path("worker.key"))
        try write(.array([.object(award), .object(unbound)]), to: path("awards.json"))
        try run(
            0,
            [
                "issue", path("awards.json"), "--node", path("ph"), "--key",
                path("\(Self.centre).key"), "--out", path("certificates"),
            ])
    }

    /// An authority states something about the person of the second certificate, or of the
    /// first: then it is bound to the same key.
    func issueStatement(
        _ kind: String, _ statement: JSONObject, by author: String, on country: String,
        isBound: Bool = false, to folder: String
    ) throws {
        var request: JSONObject = [
            "kind": .string(kind), "birth_year": 1999, "statement": .object(statement),
            "name": isBound ? "Testina Exemplar" : "Juan Halimbawa",
        ]
        if isBound { request["holder_key"] = .string(path("worker.key")) }
        try write(.object(request), to: path("statement.json"))
        try run(
            0,
            [
                "issue", "--statement", path("statement.json"), "--node", path(country), "--key",
                path("\(author).key"), "--out", path(folder),
            ])
    }

    /// Two rounds in which the nodes follow and witness each other.
    func syncAll() throws {
        for country in Self.countries + Self.countries {
            try run(0, ["sync", "--node", path(country)])
        }
    }

    /// Changes a node's logs as no program does.
    func damage(_ name: String, _ sql: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["sqlite3", path("\(name)/log.sqlite"), sql]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    func json(at path: String) throws -> JSONValue {
        try JSONValue(
            parsing: Array(try Data(contentsOf: URL(filePath: path))),
            limits: JSONLimits(size: 4 << 20, depth: 12))
    }

    func write(_ value: JSONValue, to path: String) throws {
        try Data(value.indented.utf8).write(to: URL(filePath: path))
    }
}
