import Cryptography
import Encoding
import Foundation
import Node
import Registrar
import Storage
import Sync
import TransparencyLog

/// A log that grows, and everything to serve it.
final class Source: Sendable {
    let log: SampleLog
    let folder: TemporaryFolder
    let database: LogDatabase

    init(_ log: SampleLog) throws {
        self.log = log
        folder = try TemporaryFolder()
        database = try LogDatabase(inFolder: folder.path)
        try database.addLog(SampleLog.origin, isOwn: true)
        try database.beginLife(HashValue(of: folder.path.utf8))
    }

    func publish(_ entries: [NewEntry]) async throws {
        let size = try database.read { try $0.log(SampleLog.origin)?.size ?? 0 }
        _ = try await Publisher(
            database: database, origin: SampleLog.origin, signer: log.signer
        ).publish(entries, expecting: size)
    }

    /// Runs a body with an address behind which every byte is counted.
    func served<Value: Sendable>(
        _ body: @escaping @Sendable (CountingRelay, PeerAddress) async throws -> Value
    ) async throws -> Value {
        let services = NodeServices(database: database, rules: log.rules) {
            Timestamp(seconds: Int64(Date().timeIntervalSince1970))
        }
        return try await LogBenchmarks.served(services) { address in
            let port = Int(address.url.split(separator: ":").last ?? "") ?? 0
            let relay = try CountingRelay(to: port)
            return try await body(
                relay, PeerAddress(parsing: "http://127.0.0.1:\(relay.port)"))
        }
    }
}

/// A node that follows it.
final class Copy: Sendable {
    let log: SampleLog
    let folder: TemporaryFolder
    let database: LogDatabase

    init(_ log: SampleLog) throws {
        self.log = log
        folder = try TemporaryFolder()
        database = try LogDatabase(inFolder: folder.path)
        try database.addLog(SampleLog.origin, isOwn: false)
    }

    /// One round with one peer; the entries that are here afterwards.
    func round(with address: PeerAddress) async throws -> Int {
        try database.store(PeerRecord(origin: SampleLog.origin, url: address.url))
        let report = await PeerNetwork.round(database, log.rules)
        guard report.failures.isEmpty, report.logs.allSatisfy({ $0.failures.isEmpty }) else {
            throw UnexpectedVerdict()
        }
        return Int(try database.read { try $0.log(SampleLog.origin)?.size ?? 0 })
    }
}

extension PeerNetwork {
    fileprivate static func round(
        _ database: LogDatabase, _ rules: LogRules
    ) async -> Synchronizer.Report {
        let network = PeerNetwork()
        let report = await Synchronizer(database: database, rules: rules, network: network).round()
        await network.shutdown()
        return report
    }
}

/// A log with a history and a peer that has it: what one more entry costs.
final class PushedPair: Sendable {
    private let source: Source
    private let copy: Copy
    private let log: SampleLog

    init(history: Int) async throws {
        log = try SampleLog()
        source = try Source(log)
        copy = try Copy(log)
        // In steps, and of few different entries: what is measured is what comes after.
        let pattern = try log.entries(1_000)
        var left = history
        while left > 0 {
            let count = min(left, 50_000)
            try await source.publish((0..<count).map { pattern[$0 % pattern.count] })
            left -= count
        }
        let copy = copy
        _ = try await source.served { _, address in try await copy.round(with: address) }
        try copy.database.removePeers()
    }

    struct Times: Sendable {
        var push = 0.0
        var flush = 0.0
        var roundTrip = 0.0
    }

    /// The medians of so many entries, each published and pushed by itself.
    func news(_ count: Int) async throws -> Times {
        let entries = try log.entries(count)
        var services = NodeServices(database: copy.database, rules: log.rules) {
            Timestamp(seconds: Int64(Date().timeIntervalSince1970))
        }
        services.uploads = UploadDesk(database: copy.database, rules: log.rules)
        let (source, folder) = (source, copy.folder.path)
        return try await LogBenchmarks.served(services) { address in
            try await PeerNetwork.with { network in
                let client = network.client(address)
                var (pushes, flushes, trips): ([Double], [Double], [Double]) = ([], [], [])
                for entry in entries {
                    let size = try source.database.read { try $0.log(SampleLog.origin)?.size ?? 0 }
                    pushes.append(
                        try await Stopwatch.seconds {
                            try await source.publish([entry])
                            let after = try await EntryPush(database: source.database).push(
                                SampleLog.origin, to: client, from: size)
                            guard after == size + 1 else { throw UnexpectedVerdict() }
                        })
                    flushes.append(try PushedPair.flush(in: folder))
                    trips.append(try await Stopwatch.seconds { _ = try await client.heads() })
                }
                func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
                return Times(
                    push: median(pushes), flush: median(flushes), roundTrip: median(trips))
            }
        }
    }

    /// One write of a page and its fsync.
    private static func flush(in folder: String) throws -> Double {
        let file = open("\(folder)/flush", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        guard file >= 0 else { throw UnexpectedVerdict() }
        defer { close(file) }
        let page = [UInt8](repeating: 1, count: 4_096)
        return Stopwatch.seconds {
            _ = write(file, page, page.count)
            _ = fsync(file)
        }
    }
}

extension LogDatabase {
    fileprivate func removePeers() throws {
        for peer in try read({ try $0.peers() }) {
            try removePeer(origin: peer.origin, url: peer.url)
        }
    }
}
