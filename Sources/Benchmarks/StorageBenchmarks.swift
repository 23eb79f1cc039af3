import Cryptography
import Encoding
import Foundation
import Node
import Registrar
import Storage
import Sync
import TransparencyLog

/// What a stored log costs: checking it, its place on the disk, a restart among many.
enum StorageBenchmarks {
    static func all(_ scale: BenchmarkScale) -> [Benchmark] {
        [check(scale), storage(scale), restart(scale), witness(scale)]
    }

    private static func check(_ scale: BenchmarkScale) -> Benchmark {
        let count = scale.count(full: 1_000_000)
        return Benchmark(
            id: "log.check",
            what: "\(count) entries read back and their root computed again, against hashing alone",
            unit: "1/s", moreIsBetter: true, goal: 0.667
        ) {
            let log = try SampleLog()
            let source = try await filled(log, count)
            let pattern = try source.database.read {
                try $0.entries(SampleLog.origin, 0..<UInt64(min(count, 1_000))).map(\.bytes)
            }
            return {
                let database = source.database
                let record = try database.read { try $0.log(SampleLog.origin) }
                guard let record else { throw UnexpectedVerdict() }
                let ours = try Stopwatch.seconds {
                    guard try LogInspection.problem(record, in: database) == nil else {
                        throw UnexpectedVerdict()
                    }
                }
                let hashing = Stopwatch.seconds {
                    _ = MerkleTree.root(
                        of: (0..<count).map { MerkleTree.leafHash(pattern[$0 % pattern.count]) })
                }
                return Benchmark.Sample(
                    measured: Double(count) / ours, limit: Double(count) / hashing)
            }
        }
    }

    private static func storage(_ scale: BenchmarkScale) -> Benchmark {
        let count = scale.count(full: 100_000)
        return Benchmark(
            id: "log.storage",
            what: "bytes on the disk of \(count) entries, indexes and tiles included, against "
                + "1.25 times payload and a hash",
            unit: "bytes/entry", moreIsBetter: false, goal: 1
        ) {
            let log = try SampleLog()
            let entries = try log.entries(count)
            return {
                let source = try Source(log)
                defer { source.folder.remove() }
                try await source.publish(entries)
                // What is in the journal lies in the file after it is closed.
                try source.database.close()
                let path = "\(source.folder.path)/\(LogDatabase.fileName)"
                let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
                let payload = entries.reduce(0) { $0 + $1.bytes.count }
                return Benchmark.Sample(
                    measured: Double(size ?? 0) / Double(count),
                    limit: 1.25 * (Double(payload) / Double(count) + 32))
            }
        }
    }

    private static func restart(_ scale: BenchmarkScale) -> Benchmark {
        let (logs, entries) = (200, scale.count(full: 10_000))
        return Benchmark(
            id: "node.restart",
            what: "a node with \(logs) logs of \(entries) entries opened and serving their heads, "
                + "against 1 s",
            unit: "ms", moreIsBetter: false, goal: 1
        ) {
            let folder = try TemporaryFolder()
            try await fill(folder, logs, entries)
            return {
                let ours = try await Stopwatch.seconds {
                    let database = try LogDatabase(inFolder: folder.path)
                    let services = NodeServices(database: database, rules: .unbound) {
                        Timestamp(seconds: 0)
                    }
                    let heads = try await LogBenchmarks.served(services) { address in
                        try await PeerNetwork.with { network in
                            try await network.client(address).heads().heads.count
                        }
                    }
                    guard heads == logs else { throw UnexpectedVerdict() }
                    try database.close()
                }
                return Benchmark.Sample(measured: ours * 1_000, limit: 1_000)
            }
        }
    }

    private static func fill(_ folder: TemporaryFolder, _ logs: Int, _ count: Int) async throws {
        let database = try LogDatabase(inFolder: folder.path)
        let entries = try SampleLog().entries(min(count, 500))
        for number in 0..<logs {
            let origin = "sample.concord.example/c\(number)/1"
            try database.addLog(origin, isOwn: false)
            var growth = LogExtension(extending: TreeEdge())
            for index in 0..<count { growth.append(entries[index % entries.count]) }
            let signer = try NoteSigner(
                name: origin, key: SigningKey(seed: HashValue(of: origin.utf8).bytes),
                algorithm: .ed25519)
            let head = try TreeHead(origin: origin, size: UInt64(count), root: growth.root)
            try database.append(
                growth, to: origin, record: CheckpointRecord(Checkpoint.signed(head, by: signer)))
        }
        try database.close()
    }

    private static func witness(_ scale: BenchmarkScale) -> Benchmark {
        let count = scale.count(full: 400)
        return Benchmark(
            id: "witness.add",
            what:
                "\(count) checkpoints cosigned over HTTP, one after the other, each durable first, "
                + "against the slower of a verify and a sign, and a commit",
            unit: "1/s", moreIsBetter: true, goal: 0.4
        ) {
            let log = try SampleLog()
            let signer = try NoteSigner(
                name: "witness", key: SigningKey(seed: [UInt8](repeating: 8, count: 32)),
                algorithm: .cosignature)
            let entries = try log.entries(count).map(\.bytes)
            let requests = try requests(entries, log)
            return {
                let folder = try TemporaryFolder()
                defer { folder.remove() }
                let database = try LogDatabase(inFolder: folder.path)
                try database.addLog("sample.concord.example/ww/1", isOwn: true)
                try database.addLog(SampleLog.origin, isOwn: false)
                try database.beginLife(HashValue(of: folder.path.utf8))
                let services = NodeServices(
                    database: database, rules: log.rules,
                    witness: Witness(database: database, signer: signer, rules: log.rules)
                ) { Timestamp(seconds: 1_800_000_000) }
                let ours = try await LogBenchmarks.served(services) { address in
                    try await PeerNetwork.with { network in
                        let client = network.client(address)
                        return try await Stopwatch.seconds {
                            for request in requests {
                                let answer = try await client.post(PeerPath.addCheckpoint, request)
                                guard answer.status == 200 else { throw UnexpectedVerdict() }
                            }
                        }
                    }
                }
                let message = [UInt8](repeating: 7, count: 200)
                let key = try SigningKey(seed: [UInt8](repeating: 1, count: 32))
                let signing = Stopwatch.seconds {
                    for _ in 0..<count {
                        let signature = key.signature(for: message)
                        precondition(key.verificationKey.isValid(signature, for: message))
                    }
                }
                let committing = try Stopwatch.seconds {
                    for number in 0..<count {
                        try database.commitSomething(number)
                    }
                }
                return Benchmark.Sample(
                    measured: Double(count) / ours,
                    limit: Double(count) / max(signing, committing))
            }
        }
    }

    private static func requests(
        _ entries: [[UInt8]], _ log: SampleLog
    ) throws -> [[UInt8]] {
        let leaves = entries.map(MerkleTree.leafHash)
        func subtree(_ level: Int, _ index: UInt64) -> HashValue {
            let start = Int(index) << level
            return MerkleTree.root(of: Array(leaves[start..<(start + 1 << level)]))
        }
        return try (1...entries.count).map { size in
            let root = MerkleTree.root(of: 0..<UInt64(size), subtree: subtree)
            let head = try TreeHead(origin: SampleLog.origin, size: UInt64(size), root: root)
            let proof = ConsistencyProof.build(
                oldSize: UInt64(size - 1), newSize: UInt64(size), subtree: subtree)
            return try WitnessRequest(
                oldSize: UInt64(size - 1), proof: proof.hashes,
                note: Checkpoint.signed(head, by: log.signer).note
            ).serialized
        }
    }

    private static func filled(_ log: SampleLog, _ count: Int) async throws -> Source {
        let source = try Source(log)
        let pattern = try log.entries(min(count, 1_000))
        var left = count
        while left > 0 {
            let step = min(left, 50_000)
            try await source.publish((0..<step).map { pattern[$0 % pattern.count] })
            left -= step
        }
        return source
    }
}

extension LogDatabase {
    /// One small durable commit.
    fileprivate func commitSomething(_ number: Int) throws {
        try store(
            PeerRecord(
                origin: "sample.concord.example/commit/1", url: "http://127.0.0.1:\(number + 1)"))
    }
}
