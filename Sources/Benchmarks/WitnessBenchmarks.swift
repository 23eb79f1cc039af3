import Cryptography
import Encoding
import Foundation
import Node
import Storage
import Sync
import TransparencyLog

/// A witness that is asked over HTTP for one checkpoint after the other.
enum WitnessBenchmarks {
    static func add(_ scale: BenchmarkScale) -> Benchmark {
        let count = scale.count(full: 1_000)
        return Benchmark(
            id: "witness.add",
            what: "\(count) checkpoints cosigned over HTTP, each durable before it is answered, "
                + "against the slower of verifying and signing and of one durable commit each",
            unit: "1/s", moreIsBetter: true, goal: 0.4
        ) {
            let log = try SampleLog()
            let requests = try requests(log, count)
            var seed = [UInt8](repeating: 5, count: 32)
            seed[0] = 6
            let witness = try NoteSigner(
                name: "sample.concord.example/xy/witness", key: SigningKey(seed: seed),
                algorithm: .cosignature)
            return {
                let folder = try TemporaryFolder()
                defer { folder.remove() }
                let database = try LogDatabase(inFolder: folder.path)
                try database.addLog(SampleLog.origin, isOwn: false)
                try database.beginLife(HashValue(of: "witness".utf8))
                var services = NodeServices(database: database, rules: log.rules, now: clock)
                services.witness = Witness(
                    database: database, signer: witness, rules: log.rules)
                let ours = try await LogBenchmarks.served(services) { address in
                    try await asking(address, requests)
                }
                let signing = try signing(requests, log, witness)
                let commits = try Stopwatch.seconds {
                    for number in 0..<count {
                        try database.store(PeerRecord(origin: "\(number)", url: "http://x"))
                    }
                }
                return Benchmark.Sample(
                    measured: Double(count) / ours, limit: Double(count) / max(signing, commits))
            }
        }
    }

    @Sendable private static func clock() -> Timestamp {
        Timestamp(seconds: Int64(Date().timeIntervalSince1970))
    }

    /// Checkpoints of a log that grows by one entry each, with their proofs.
    private static func requests(_ log: SampleLog, _ count: Int) throws -> [[UInt8]] {
        let leaves = (0..<count).map { MerkleTree.leafHash(Array("entry \($0)".utf8)) }
        return try (1...count).map { size in
            let head = try TreeHead(
                origin: SampleLog.origin, size: UInt64(size),
                root: MerkleTree.root(of: Array(leaves[..<size])))
            let proof = ConsistencyProof.build(
                oldSize: UInt64(size - 1), newSize: UInt64(size)
            ) { level, index in
                let start = Int(index) << level
                return MerkleTree.root(of: Array(leaves[start..<(start + 1 << level)]))
            }
            return try WitnessRequest(
                oldSize: UInt64(size - 1), proof: size == 1 ? [] : proof.hashes,
                note: Checkpoint.signed(head, by: log.signer).note
            ).serialized
        }
    }

    private static func asking(_ address: PeerAddress, _ requests: [[UInt8]]) async throws -> Double
    {
        try await PeerNetwork.with { network in
            let client = network.client(address)
            return try await Stopwatch.seconds {
                for request in requests {
                    let answer = try await client.post(PeerPath.addCheckpoint, request)
                    guard answer.status == 200 else {
                        throw UnexpectedResult(
                            expected: "status 200 of the witness", found: "\(answer.status)")
                    }
                }
            }
        }
    }

    private static func signing(
        _ requests: [[UInt8]], _ log: SampleLog, _ witness: NoteSigner
    ) throws -> Double {
        let parsed = try requests.map { try WitnessRequest(parsing: $0) }
        return try Stopwatch.seconds {
            for request in parsed {
                let checkpoint = try Checkpoint(
                    opening: request.note, signedBy: log.signer.verifier)
                _ = witness.cosign(checkpoint.head, at: clock())
            }
        }
    }
}
