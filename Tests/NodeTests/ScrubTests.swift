import Cryptography
import Encoding
import Foundation
import Node
import Storage
import Sync
import TestSupport
import Testing
import TransparencyLog

/// Bit rot under a node at work: found slice by slice, put back from a peer.
@Suite struct ScrubTests {
    let country: SampleCountry
    let node: SampleNode

    init() async throws {
        country = try SampleCountry("XA", 1)
        node = try SampleNode(country, among: [country], quorum: 0)
        try await node.publish(0..<1_400)
    }

    private func sqlite(_ sql: String, at path: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["sqlite3", path, sql]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    /// A copy of the log, and a scrub of two bundles a slice over it.
    private func copy() async throws -> (path: String, LogDatabase, TemporaryFolder) {
        let folder = try TemporaryFolder()
        let database = try LogDatabase(inFolder: folder.path)
        try database.addLog(country.origin, isOwn: false)
        let (node, origin) = (node, country.origin)
        try await node.serving { port in
            try await PeerNetwork.with { network in
                _ = await Follower(database: database, rules: node.rules).follow(
                    origin,
                    from: [network.client(try PeerAddress(parsing: "http://127.0.0.1:\(port)"))])
            }
        }
        return (folder.path(LogDatabase.fileName), database, folder)
    }

    private func slices(
        _ count: Int, over database: LogDatabase, at seconds: Int64 = 1_000
    ) async throws -> [LogScrub.Slice] {
        let (node, origin) = (node, country.origin)
        return try await node.serving { port in
            try await PeerNetwork.with { network in
                let peer = network.client(try PeerAddress(parsing: "http://127.0.0.1:\(port)"))
                let scrub = LogScrub(database: database, rules: node.rules, bundleCount: 2)
                var slices: [LogScrub.Slice] = []
                for _ in 0..<count {
                    let slice = try await scrub.slice(
                        of: origin, from: [peer], at: Timestamp(seconds: seconds))
                    if let slice { slices.append(slice) }
                }
                return slices
            }
        }
    }

    @Test func looksThroughALogInBoundedSlices() async throws {
        let (_, database, folder) = try await copy()
        let slices = try await slices(4, over: database)
        #expect(slices.map(\.bundles) == [0..<2, 2..<4, 4..<6, 0..<2])
        #expect(slices.map(\.isPass) == [false, false, true, false])
        #expect(slices.allSatisfy { $0.damaged.isEmpty && $0.outcome == nil })
        let record = try database.read { try $0.scrub(country.origin) }
        #expect(record == ScrubRecord(next: 2, finished: Timestamp(seconds: 1_000)))
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: [
        "UPDATE entry SET bytes = x'00' WHERE position % 1099511627776 = 700",
        "UPDATE entry SET bytes = substr(bytes, 2) WHERE position % 1099511627776 = 767",
        "DELETE FROM entry WHERE position % 1099511627776 = 512",
    ])
    func putsEntriesBackFromAPeer(_ damage: String) async throws {
        let (path, database, folder) = try await copy()
        let before = try database.read { try $0.entries(country.origin, 0..<1_400) }
        try sqlite(damage, at: path)
        let slices = try await slices(3, over: database)
        #expect(slices.map(\.damaged) == [[], [2], []])
        guard case .refetched([2], _) = slices[1].outcome else {
            Issue.record("expected bundle 2 back, found \(String(describing: slices[1].outcome))")
            return
        }
        #expect(try database.read { try $0.entries(country.origin, 0..<1_400) } == before)
        let finding = try #require(try database.read { try $0.scrub(country.origin).finding })
        #expect(finding.contains("bundles 2 were damaged; fetched back from http://127.0.0.1:"))
        #expect(try await self.slices(3, over: database).allSatisfy { $0.damaged.isEmpty })
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: [
        "UPDATE tile SET hashes = zeroblob(8192) WHERE level = 0 AND idx = 1",
        "UPDATE tile SET hashes = zeroblob(160) WHERE level = 1 AND idx = 0",
    ])
    func makesDamagedHashesAnew(_ damage: String) async throws {
        let (path, database, folder) = try await copy()
        try sqlite(damage, at: path)
        let slices = try await slices(3, over: database)
        #expect(slices[0].outcome == .hashesRebuilt)
        #expect(slices.dropFirst().allSatisfy { $0.damaged.isEmpty })
        let head = try database.read { try $0.head(country.origin)?.head }
        #expect(try database.read { try $0.root(country.origin, size: 1_400) } == head?.root)
        withExtendedLifetime(folder) {}
    }

    /// The own log is looked through too; with nobody who has it, that is said.
    @Test func saysWhatNobodyCanPutBack() async throws {
        try sqlite(
            "UPDATE entry SET bytes = x'00' WHERE position % 1099511627776 = 5",
            at: node.folder.path(LogDatabase.fileName))
        let scrub = LogScrub(database: node.database, rules: node.rules)
        let slice = try await scrub.slice(
            of: country.origin, from: [], at: Timestamp(seconds: 1_000))
        #expect(slice?.outcome == .failed([]))
        let finding = try node.database.read { try $0.scrub(country.origin).finding }
        #expect(finding?.contains("NO PEER HAD WHAT IS MISSING") == true)
    }
}
