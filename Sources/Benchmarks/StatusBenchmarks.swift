import Credentials
import Cryptography
import Encoding

/// Looking a status up in a list of a million, once the list is at hand.
enum StatusBenchmarks {
    static func check(_ scale: BenchmarkScale) -> Benchmark {
        let count = scale.count(full: 1_000_000)
        return Benchmark(
            id: "status.check",
            what: "one status looked up in a list of 1000000, warm: \(count) random lookups, "
                + "against a microsecond each",
            unit: "us", moreIsBetter: false, goal: 1
        ) {
            var generator = SystemRandomNumberGenerator()
            var list = StatusList(bits: 2, count: 1_000_000)
            for _ in 0..<10_000 {
                try list.set(.invalid, at: Int.random(in: 0..<1_000_000, using: &generator))
            }
            let name = "urn:concord:status:bench:1"
            let now = Timestamp(seconds: 1_790_000_000)
            let key = SigningKey.generated(using: &generator)
            // As a verifier has it: signed, read back, its signature checked.
            let token = try StatusListToken(
                parsing: StatusListToken.signed(list, subject: name, at: now, by: key).serialized)
            try token.verify(with: key.verificationKey)
            let references = (0..<count).map { _ in
                StatusReference(uri: name, index: Int.random(in: 0..<1_000_000, using: &generator))
            }
            return {
                var invalid = 0
                let seconds = try Stopwatch.seconds {
                    for reference in references
                    where try token.status(of: reference, at: now) == .invalid {
                        invalid += 1
                    }
                }
                // One in a hundred is: a loop that looked nothing up finds none.
                guard invalid > 0 || count < 1_000 else {
                    throw UnexpectedResult(expected: "one revoked in a hundred", found: "none")
                }
                return Benchmark.Sample(measured: seconds / Double(count) * 1e6, limit: 1)
            }
        }
    }
}
