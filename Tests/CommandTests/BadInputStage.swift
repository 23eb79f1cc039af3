import Encoding
import Foundation
import TestSupport

/// A folder with what a wrong input is put beside: two nodes, keys, a certificate, an anchor.
///
/// Made once; a transcript names its files with `@` before the name.
final class BadInputStage: Sendable {
    struct Failure: Error { let complaint: String }

    static let shared = Result { () throws -> BadInputStage in
        let stage = try BadInputStage()
        atexit { try? FileManager.default.removeItem(atPath: BadInputStage.path) }
        return stage
    }
    private static let path = FileManager.default.temporaryDirectory
        .appending(path: "concord-\(UUID().uuidString)").path

    private init() throws {
        try FileManager.default.createDirectory(
            atPath: path("empty-folder"), withIntermediateDirectories: true)
        for (name, country) in [("node", "ph"), ("other", "de")] {
            try run([
                "node", "init", "--node", path(name), "--country", country.uppercased(),
                "--name", "Sample", "--origin", "sample.concord.example/\(country)/1", "--sample",
                "--unsealed",
            ])
        }
        try run(["node", "anchor", "--node", path("node"), "--out", path("anchor.json")])
        for role in ["body", "verifier", "holder"] {
            try run([
                "key", "new", role, "--name", "ph.\(role)", "--out", path("\(role).key"),
                "--unsealed", "--sample",
            ])
        }
        try write("correct horse\n", to: "passphrase")
        try write("wrong horse\n", to: "wrong-passphrase")
        try run([
            "key", "new", "verifier", "--name", "ph.sealed", "--out", path("sealed.key"),
            "--passphrase-file", path("passphrase"),
        ])
        try write(
            """
            [{"name": "Testina Exemplar", "birth_year": 1999, "qualification": "ph.smaw-nc2",
              "version": "1", "awarded": "2024-01-02"}]
            """, to: "awards.json")
        try run([
            "issue", path("awards.json"), "--offline", "--country", "PH", "--origin",
            "sample.concord.example/ph/1", "--key", path("body.key"), "--out", path("signed"),
        ])
        // Refused, for nobody accredited the body; but the node has its records from now on.
        _ = try ConcordProcess.run([
            "issue", path("awards.json"), "--node", path("node"), "--key", path("body.key"),
            "--out", path("refused"),
        ])
        try makeForeignNodes()
        try makeNoFiles()
        try SpoiledFile.allCases.forEach {
            try Data($0.bytes).write(to: URL(filePath: path($0.rawValue)))
        }
    }

    /// What has a name like a file and is none: a pipe that nobody writes, a socket, a device.
    private func makeNoFiles() throws {
        guard mkfifo(path("pipe"), 0o600) == 0 else { throw POSIXError(.EEXIST) }
        let socket = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let name = Array(path("socket").utf8)
        guard name.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw POSIXError(.ENAMETOOLONG)
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        try FileManager.default.createSymbolicLink(
            atPath: path("device"), withDestinationPath: "/dev/zero")
    }

    /// A node whose log is another program's database, and one whose log is no database.
    private func makeForeignNodes() throws {
        for (name, isDatabase) in [("foreign", true), ("scrap", false)] {
            try FileManager.default.createDirectory(
                atPath: path(name), withIntermediateDirectories: true)
            try FileManager.default.copyItem(
                atPath: path("node/card.json"), toPath: path("\(name)/card.json"))
            if isDatabase {
                try FileManager.default.copyItem(
                    atPath: path("node/records.sqlite"), toPath: path("\(name)/log.sqlite"))
            } else {
                try write(String(repeating: "not a database\n", count: 400), to: "scrap/log.sqlite")
            }
        }
    }

    func path(_ name: String) -> String { "\(BadInputStage.path)/\(name)" }

    /// Arguments as a process takes them.
    func arguments(_ arguments: [String]) -> [String] {
        arguments.map { $0.hasPrefix("@") ? path(String($0.dropFirst())) : $0 }
    }

    /// Every file and folder on the stage, but for what SQLite keeps beside a database.
    func names() throws -> Set<String> {
        let walk = FileManager.default.enumerator(atPath: BadInputStage.path)
        let names = walk?.compactMap { $0 as? String } ?? []
        return Set(names.filter { !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") })
    }

    private func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path(name)))
    }

    private func run(_ arguments: [String]) throws {
        let outcome = try ConcordProcess.run(arguments)
        guard outcome.code == 0 else { throw Failure(complaint: outcome.complaint) }
    }
}

/// A file that is not what any command takes for an input.
enum SpoiledFile: String, CaseIterable, Sendable {
    case empty, truncated, oversized, nonUTF8, nested, duplicateMember, wrongType, picture

    var bytes: [UInt8] {
        switch self {
        case .empty: []
        case .truncated: Array(#"{"credential": "eyJhbGciOiJFZERTQSIs"#.utf8)
        case .oversized: [UInt8](repeating: UInt8(ascii: "a"), count: 9 << 20)
        case .nonUTF8: Array(#"{"credential": ""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8)
        case .nested: [UInt8](repeating: UInt8(ascii: "["), count: 20_000)
        case .duplicateMember: Array(#"{"credential": "a", "credential": "b"}"#.utf8)
        case .wrongType: Array(#"{"credential": 7, "request": 7, "kind": 7}"#.utf8)
        case .picture: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00]
        }
    }
}
