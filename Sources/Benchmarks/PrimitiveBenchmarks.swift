import Cryptography

/// What our wrappers cost over the bare calls of libsodium and swift-crypto.
enum PrimitiveBenchmarks {
    static func all(_ scale: BenchmarkScale) -> [Benchmark] {
        let times = scale.count(full: 2_000)
        return [
            Benchmark(
                id: "sodium.verify",
                what: "\(times) times Ed25519 verify of 1 KB, ours against bare libsodium",
                unit: "1/s", moreIsBetter: true
            ) {
                let message = [UInt8](repeating: 7, count: 1_024)
                let key = try SigningKey(seed: [UInt8](repeating: 1, count: 32))
                let signature = key.signature(for: message)
                return {
                    let ours = Stopwatch.seconds {
                        for _ in 0..<times {
                            precondition(key.verificationKey.isValid(signature, for: message))
                        }
                    }
                    let bare = Stopwatch.seconds {
                        precondition(
                            RawLimit.verify(signature, message, key.verificationKey, times: times))
                    }
                    return rate(times, ours, bare)
                }
            },
            Benchmark(
                id: "sodium.sign",
                what: "\(times) times Ed25519 sign of 1 KB, ours against bare libsodium",
                unit: "1/s", moreIsBetter: true
            ) {
                let message = [UInt8](repeating: 7, count: 1_024)
                let seed = [UInt8](repeating: 1, count: 32)
                let key = try SigningKey(seed: seed)
                return {
                    let ours = Stopwatch.seconds {
                        for _ in 0..<times { _ = key.signature(for: message) }
                    }
                    let bare = Stopwatch.seconds {
                        RawLimit.sign(message, seed: seed, times: times)
                    }
                    return rate(times, ours, bare)
                }
            },
            sha256(65, times * 50), sha256(600, times * 20),
        ]
    }

    private static func sha256(_ size: Int, _ times: Int) -> Benchmark {
        Benchmark(
            id: "sha256.\(size)",
            what: "\(times) times SHA-256 of \(size) bytes, ours against bare swift-crypto",
            unit: "1/s", moreIsBetter: true
        ) {
            let message = [UInt8](repeating: 7, count: size)
            return {
                let ours = Stopwatch.seconds {
                    for _ in 0..<times { _ = HashValue(of: message) }
                }
                let bare = Stopwatch.seconds { _ = RawLimit.sha256(message, times: times) }
                return rate(times, ours, bare)
            }
        }
    }

    private static func rate(_ times: Int, _ ours: Double, _ bare: Double) -> Benchmark.Sample {
        Benchmark.Sample(measured: Double(times) / ours, limit: Double(times) / bare)
    }
}

/// How much work a run does: all of it, or less on a small machine.
public enum BenchmarkScale: String, Sendable {
    case full, small

    func count(full: Int) -> Int { self == .full ? full : max(1, full / 20) }
}
