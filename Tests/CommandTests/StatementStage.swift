import Cryptography
import Encoding
import Foundation
import TestSupport
import Testing
import TransparencyLog

/// Two nodes of one country that know nothing of each other: the second is what a forger runs.
/// On the first an authority has accredited a centre, which has issued one certificate.
final class StatementStage {
    static let authority = "de.sample-authority"
    static let centre = "de.sample-centre"
    static let person: JSONObject = ["name": "Testina Exemplar", "birth_year": 1999]

    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

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

    func found() throws {
        for (role, name) in [("authority", Self.authority), ("body", Self.centre)] {
            try run(
                0,
                [
                    "key", "new", role, "--name", name, "--out", path("\(name).key"), "--sample",
                    "--unsealed",
                ])
        }
        for (node, network) in [("de", "sample.concord.example"), ("forger", "forger.example")] {
            try run(
                0,
                [
                    "node", "init", "--node", path(node), "--country", "DE", "--name", "Sample",
                    "--origin", "\(network)/de/1", "--sample", "--unsealed",
                ])
            try run(
                0,
                [
                    "publish", "authority-key", "--holder", Self.authority, "--of",
                    path("\(Self.authority).key"), "--node", path(node),
                ])
            try run(
                0,
                [
                    "publish", "mandate", "--authority", Self.authority, "--name",
                    "Sample Authority", "--may", "accredit", "--may", "register", "--may",
                    "recognise", "--scope", "*", "--territory", "DE", "--from", "2010-01-01",
                    "--node", path(node),
                ])
        }
        try run(
            0,
            [
                "publish", "qualification", "--id", "de.welder", "--version", "2020",
                "--country", "DE", "--title", "Welder", "--isco", "7212",
            ] + byAuthority("de"))
        try accredit("de.welder", on: "de")
        try accredit("test:aptitude", on: "forger")
        try write(
            [
                .object(
                    JSONObject(
                        Self.person.members + [
                            JSONObject.Member("qualification", "de.welder"),
                            JSONObject.Member("version", "2020"),
                            JSONObject.Member("awarded", .string(Self.today)),
                        ]))
            ], to: "awards.json")
        try run(
            0,
            [
                "issue", path("awards.json"), "--node", path("de"), "--key",
                path("\(Self.centre).key"), "--out", path("award"),
            ])
    }

    /// The key of an authority or body, and its signer.
    func key(_ name: String) throws -> SigningKey {
        let bytes = Array(try Data(contentsOf: URL(filePath: path("\(name).key"))))
        return try KeyFile(parsing: bytes).signingKey(passphrase: nil)
    }

    func signer(_ name: String) throws -> NoteSigner {
        try NoteSigner(name: name, key: key(name), algorithm: .ed25519)
    }

    static var today: String {
        String(ISO8601DateFormatter().string(from: Date()).prefix(10))
    }

    func byAuthority(_ node: String) -> [String] {
        [
            "--by", Self.authority, "--key", path("\(Self.authority).key"), "--node", path(node),
        ]
    }

    func accredit(_ qualification: String, on node: String) throws {
        try run(
            0,
            [
                "publish", "accredit", "--body", Self.centre, "--name", "Sample Centre", "--of",
                path("\(Self.centre).key"), "--qualification", qualification, "--from",
                "2015-01-01",
            ] + byAuthority(node))
    }

    /// Issues a statement about the person; the file that comes of it.
    func issue(
        _ kind: String, _ statement: JSONObject, by issuer: String, on node: String = "de",
        expecting code: Int32 = 0, change: (inout JSONObject) -> Void = { _ in },
        at place: SourceLocation = #_sourceLocation
    ) throws -> (outcome: ConcordProcess.Outcome, folder: String) {
        let folder = path("statement-\(UUID().uuidString)")
        var request = Self.person
        request["kind"] = .string(kind)
        request["statement"] = .object(statement)
        change(&request)
        try write(.object(request), to: "request.json")
        let outcome = try run(
            code,
            [
                "issue", "--statement", path("request.json"), "--node", path(node), "--key",
                path("\(issuer).key"), "--out", folder,
            ], at: place)
        return (outcome, folder)
    }

    /// Verifies the certificate with documents beside it: the verdict for machines.
    func verify(
        with files: [String], at place: SourceLocation = #_sourceLocation
    ) throws -> JSONObject {
        let outcome = try run(
            0,
            ["verify", path("award/1.json"), "--node", path("de"), "--json"]
                + files.flatMap { ["--with", $0] }, at: place)
        return try #require(
            try JSONValue(parsing: outcome.output, limits: JSONLimits(size: 4 << 20, depth: 12))
                .object)
    }

    func write(_ value: JSONValue, to name: String) throws {
        try Data(value.indented.utf8).write(to: URL(filePath: path(name)))
    }
}
