import Encoding
import Foundation
import TestSupport
import Testing

/// A sample node with one centre that is accredited for one version of one qualification.
final class AwardStage {
    static let authority = "ph.sample-authority"
    static let centre = "ph.sample-centre"

    let folder: TemporaryFolder

    func path(_ name: String) -> String { folder.path(name) }

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

    init() throws {
        folder = try TemporaryFolder()
        for (role, name) in [("authority", Self.authority), ("body", Self.centre)] {
            try run(
                0,
                [
                    "key", "new", role, "--name", name, "--out", path("\(name).key"), "--sample",
                    "--unsealed",
                ])
        }
        try FileManager.default.createDirectory(
            atPath: path("node"), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o755])
        try run(
            0,
            [
                "node", "init", "--node", path("node"), "--country", "PH", "--name", "Sample",
                "--origin", "sample.concord.example/ph/1", "--sample", "--unsealed",
            ])
        try run(
            0,
            [
                "publish", "authority-key", "--holder", Self.authority, "--of",
                path("\(Self.authority).key"), "--node", path("node"),
            ])
        try run(
            0,
            [
                "publish", "mandate", "--authority", Self.authority, "--name", "Sample Authority",
                "--may", "accredit", "--may", "register", "--scope", "ph.*", "--territory", "PH",
                "--from", "2010-01-01", "--node", path("node"),
            ])
        try run(
            0,
            [
                "publish", "qualification", "--id", "ph.welder", "--version", "2020", "--country",
                "PH", "--title", "Welder", "--isco", "7212",
            ] + byAuthority)
        try run(
            0,
            [
                "publish", "accredit", "--body", Self.centre, "--name", "Sample Centre", "--of",
                path("\(Self.centre).key"), "--qualification", "ph.welder", "--from", "2015-01-01",
            ] + byAuthority)
        try writeAwards(version: "2020", to: "awards.json")
    }

    var byAuthority: [String] {
        [
            "--by", Self.authority, "--key", path("\(Self.authority).key"), "--node",
            path("node"),
        ]
    }

    /// The key of an operator of the node, who is added when first asked for.
    func registrar() throws -> String {
        let key = path("registrar.key")
        guard !FileManager.default.fileExists(atPath: key) else { return key }
        try run(
            0,
            [
                "key", "new", "operator", "--name", "ph.registrar-2", "--out", key, "--sample",
                "--unsealed",
            ])
        try run(0, ["audit", "operator", "add", key, "--node", path("node")])
        return key
    }

    func byRegistrar() throws -> [String] { ["--operator", try registrar()] }

    func writeAwards(version: String, to name: String) throws {
        let awards = ["Testina Exemplar", "Juan Halimbawa"].map { person -> JSONValue in
            [
                "name": .string(person), "birth_year": 1999, "qualification": "ph.welder",
                "version": .string(version), "awarded": .string(StatementStage.today),
            ]
        }
        try Data(JSONValue.array(awards).indented.utf8)
            .write(to: URL(filePath: path(name)))
    }

    @discardableResult
    func issue(
        _ code: Int32, _ awards: String = "awards.json", to out: String,
        at place: SourceLocation = #_sourceLocation
    ) throws -> ConcordProcess.Outcome {
        try run(
            code,
            [
                "issue", path(awards), "--node", path("node"), "--key",
                path("\(Self.centre).key"), "--out", out,
            ], at: place)
    }

    /// How many entries the node's log has.
    func size() throws -> Int {
        try run(0, ["log", "show", "--node", path("node")]).text
            .split(separator: "\n").filter { !$0.hasPrefix(" ") }.count
    }

    func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: path(name))))
    }

    func mode(_ name: String) throws -> Int? {
        let attributes = try FileManager.default.attributesOfItem(atPath: path(name))
        return (attributes[.posixPermissions] as? NSNumber)?.intValue
    }
}
