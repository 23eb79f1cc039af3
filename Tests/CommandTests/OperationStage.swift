import Encoding
import Foundation
import TestSupport
import Testing

/// A corridor of nodes that know each other, and what operators do with one of them.
final class OperationStage {
    let corridor: Corridor

    /// - Parameter countries: those that are founded and introduced to each other.
    init(_ countries: [String] = Corridor.countries) throws {
        corridor = try Corridor()
        for country in countries { try corridor.found(country) }
        for country in countries {
            for other in countries where other != country { try corridor.add(other, to: country) }
        }
        // One alone has nobody to ask.
        for _ in 0..<(countries.count > 1 ? 2 : 0) {
            for country in countries {
                try corridor.run(0, ["sync", "--node", corridor.path(country)])
            }
        }
    }

    func path(_ name: String) -> String { corridor.path(name) }

    @discardableResult
    func run(
        _ code: Int32, _ arguments: [String], at place: SourceLocation = #_sourceLocation
    ) throws -> ConcordProcess.Outcome {
        try corridor.run(code, arguments, at: place)
    }

    /// Makes the recovery key and writes its line to a file, as an operator keeps it on a node.
    func makeRecoveryKey() throws {
        let outcome = try run(
            0,
            [
                "key", "new", "recovery", "--name", "ph.recovery", "--out",
                path("recovery.key"), "--sample", "--unsealed",
            ])
        try outcome.text.write(toFile: path("recovery.pub"), atomically: true, encoding: .utf8)
    }

    func backUp(_ country: String, as name: String) throws {
        try run(
            0,
            [
                "backup", "--node", path(country), "--to", path("recovery.pub"), "--out",
                path("\(name).backup"), "--keys-out", path("\(name).keys"),
            ])
    }

    /// The arguments that restore a backup into a folder.
    func restoring(_ name: String, to folder: String) -> [String] {
        [
            "restore", path("\(name).backup"), "--keys", path("\(name).keys"),
            "--recovery-key", path("recovery.key"), "--node", path(folder),
        ]
    }

    /// Publishes one more act of a country: an authority's key.
    func publish(_ name: String, on country: String, in folder: String? = nil) throws {
        let holder = "\(country).\(name)"
        try corridor.makeKey("authority", holder)
        try run(
            0,
            [
                "publish", "authority-key", "--holder", holder, "--of", path("\(holder).key"),
                "--node", path(folder ?? country),
            ])
    }

    func status(_ folder: String) throws -> JSONObject {
        let outcome = try run(0, ["status", "--node", path(folder), "--json"])
        return try #require(try JSONValue(parsing: outcome.output).object)
    }

    /// The own log's size, as the status says it.
    func size(_ folder: String) throws -> Int64 {
        let logs = try status(folder)["logs"]?.array ?? []
        return try #require(logs.first?.object?["size"]?.integer)
    }

    /// Lets others copy a country's log until they have all of it: a busy machine takes its time.
    func spread(
        _ country: String, to others: [String], at place: SourceLocation = #_sourceLocation
    ) throws {
        let size = try size(country)
        for other in others {
            var copied: Int64?
            for _ in 0..<10 where copied != size {
                // A node that was restored has another address: it brings what the others miss.
                try run(0, ["sync", "--node", path(country)], at: place)
                try run(0, ["sync", "--node", path(other)], at: place)
                copied = try status(other)["logs"]?.array?.compactMap(\.object).first {
                    $0["origin"]?.string == "sample.concord.example/\(country)/1"
                }?["size"]?.integer
            }
            #expect(copied == size, "\(other)", sourceLocation: place)
        }
    }

    /// What the doctor says of keys, mandates and accreditations that are not in order.
    func ends(_ folder: String) throws -> [(text: String, remedy: String?)] {
        let outcome = try ConcordProcess.run(["doctor", "--node", path(folder), "--json"])
        let object = try #require(try JSONValue(parsing: outcome.output).object)
        return (object["findings"]?.array ?? []).compactMap(\.object).filter {
            $0["check"]?.string == "keys" && $0["level"]?.string != "fine"
        }.map { ($0["text"]?.string ?? "", $0["remedy"]?.string) }
    }

    /// What the doctor finds, by what was looked at: level and remedy.
    func findings(
        _ folder: String, _ code: Int32, at place: SourceLocation = #_sourceLocation
    ) throws -> [String: (level: String, text: String, remedy: String?)] {
        let outcome = try run(code, ["doctor", "--node", path(folder), "--json"], at: place)
        let object = try #require(try JSONValue(parsing: outcome.output).object)
        var found: [String: (level: String, text: String, remedy: String?)] = [:]
        for finding in object["findings"]?.array ?? [] {
            guard let finding = finding.object, let check = finding["check"]?.string,
                let level = finding["level"]?.string
            else { continue }
            // Of several the one that is not fine.
            if found[check] == nil || level != "fine" {
                found[check] = (
                    level, finding["text"]?.string ?? "", finding["remedy"]?.string
                )
            }
        }
        return found
    }
}
