import Cryptography
import Foundation
import Node
import Storage
import Sync
import TestSupport
import Testing
import TransparencyLog

/// A log that a plain web server serves, and one that comes back after bit rot.
@Suite struct StaticExportTests {
    let country: SampleCountry
    let node: SampleNode

    init() throws {
        country = try SampleCountry("XA", 1)
        node = try SampleNode(country, among: [country], quorum: 0)
    }

    /// A web server that knows nothing but files.
    private func server(_ folder: TemporaryFolder) throws -> RawServer {
        let path = folder.path
        return try RawServer { request in
            let data = FileManager.default.contents(atPath: path + request.path)
            return data.map { .bytes(200, Array($0)) } ?? .text(404, "not found")
        }
    }

    private func reader() throws -> (database: LogDatabase, folder: TemporaryFolder) {
        let folder = try TemporaryFolder()
        let database = try LogDatabase(inFolder: folder.path)
        try database.addLog(country.origin, isOwn: false)
        return (database, folder)
    }

    private func follow(_ url: String, _ database: LogDatabase) async throws -> FollowOutcome {
        try await PeerNetwork.with { network in
            await Follower(database: database, rules: node.rules)
                .follow(country.origin, from: [network.client(try PeerAddress(parsing: url))])
                .outcome
        }
    }

    @Test func isFollowedLikeANode() async throws {
        let folder = try TemporaryFolder()
        let export = StaticExport(of: node.database, to: folder.path)
        let server = try server(folder)
        let reader = try reader()
        var old = 0
        for size in [3, 256, 700] {
            try await node.publish(old..<size)
            #expect(try export.write(country.origin) > 4)
            #expect(
                try await follow(server.url, reader.database)
                    == .advanced(from: UInt64(old), to: UInt64(size)))
            old = size
        }
        // Nothing new: only what may change is written.
        #expect(try export.write(country.origin) == 4)
    }

    @Test func serverThatMixesFilesUpIsNotBelieved() async throws {
        let folder = try TemporaryFolder()
        try await node.publish(0..<600)
        _ = try StaticExport(of: node.database, to: folder.path).write(country.origin)
        let base = folder.path(
            HashValue(of: country.origin.utf8).hexadecimal + "/tile/entries/000")
        let other = base.replacing("/000", with: "/001")
        let bytes = try Data(contentsOf: URL(filePath: other))
        try bytes.write(to: URL(filePath: base))
        let reader = try reader()
        #expect(try await follow(try server(folder).url, reader.database) == .failed)
        #expect(try reader.database.read { try $0.log(country.origin)?.size } == 0)
    }

    @Test func repairsWhatIsRottenFromAPeerThatHasIt() async throws {
        let folder = try TemporaryFolder()
        try await node.publish(0..<600)
        _ = try StaticExport(of: node.database, to: folder.path).write(country.origin)
        let server = try server(folder)
        let reader = try reader()
        _ = try await follow(server.url, reader.database)
        let repair = LogRepair(database: reader.database, rules: node.rules)
        func run() async throws -> LogRepair.Outcome {
            try await PeerNetwork.with { network in
                await repair.repair(
                    country.origin, from: [network.client(try PeerAddress(parsing: server.url))])
            }
        }
        #expect(try await run() == .sound)
        let file = reader.folder.path("log.sqlite")
        try sqlite(file, "UPDATE entry SET bytes = x'00' WHERE position % 1099511627776 = 300;")
        #expect(
            try await run()
                == .refetched([1], from: try PeerAddress(parsing: server.url)))
        #expect(try await run() == .sound)
        try sqlite(file, "UPDATE tile SET hashes = zeroblob(8192) WHERE level = 0 AND idx = 0;")
        #expect(try await run() == .hashesRebuilt)
        #expect(try await run() == .sound)
        // A peer with other bytes repairs nothing.
        try sqlite(file, "UPDATE entry SET bytes = x'00' WHERE position % 1099511627776 = 5;")
        let liar = try RawServer { request in
            .bytes(200, (try? EntryBundle([[1], [2]]).serialized) ?? [])
        }
        let outcome = try await PeerNetwork.with { network in
            await repair.repair(
                country.origin, from: [network.client(try PeerAddress(parsing: liar.url))])
        }
        guard case .failed = outcome else {
            Issue.record("expected a log that stays damaged, found \(outcome)")
            return
        }
    }

    private func sqlite(_ path: String, _ sql: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["sqlite3", path, sql]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }
}
