import Credentials
import Cryptography
import Foundation
import Registrar
import Storage
import Verification

/// Verifying in process, issuing into the store.
enum CredentialBenchmarks {
    static func verify(_ scale: BenchmarkScale) -> Benchmark {
        let count = scale.count(full: 1_000)
        return Benchmark(
            id: "verify.process",
            what: "\(count) credentials verified in process, registry warm, against libsodium "
                + "verifying as many signatures",
            unit: "1/s", moreIsBetter: true
        ) {
            let sample = try await SampleOffice()
            defer { sample.remove() }
            let files = try await sample.issue(count).files.map {
                try CredentialFile(parsing: $0.serialized)
            }
            let question = VerificationQuestion(destination: nil, purpose: nil)
            let knowledge = try KnowledgeReader(
                database: sample.office.database, anchor: sample.office.anchor(at: sample.now)
            ).knowledge(for: files[0], question: question, at: sample.now)
            let verifier = Verifier(knowledge: knowledge, question: question, at: sample.now)
            let bytes = files.map(\.serialized)
            let key = try SigningKey(seed: [UInt8](repeating: 9, count: 32))
            let message = Array(files[0].credential.issuerJWT.signingInput)
            let signature = key.signature(for: message)
            return {
                let ours = try Stopwatch.seconds {
                    for file in bytes {
                        let verdict = verifier.verify(
                            try CredentialFile(parsing: file), challenge: .none)
                        guard verdict.exitCode == 0 else { throw UnexpectedVerdict() }
                    }
                }
                let bare = Stopwatch.seconds {
                    precondition(
                        RawLimit.verify(signature, message, key.verificationKey, times: count))
                }
                return Benchmark.Sample(
                    measured: Double(count) / ours, limit: Double(count) / bare)
            }
        }
    }

    static func issue(_ scale: BenchmarkScale) -> Benchmark {
        let count = scale.count(full: 10_000)
        return Benchmark(
            id: "issue.store",
            what: "\(count) credentials signed, sealed, stored, logged, against the slower of "
                + "libsodium signing and bare inserts of as many rows",
            unit: "1/s", moreIsBetter: true
        ) {
            let message = [UInt8](repeating: 7, count: 900)
            let rows = Array(repeating: [UInt8](repeating: 7, count: 1_700), count: count)
            return {
                let sample = try await SampleOffice()
                defer { sample.remove() }
                let ours = try await Stopwatch.seconds { _ = try await sample.issue(count) }
                let signing = Stopwatch.seconds {
                    RawLimit.sign(message, seed: [UInt8](repeating: 1, count: 32), times: count)
                }
                let path = sample.folder.appending(path: "raw.sqlite").path
                let inserting = try Stopwatch.seconds {
                    try RawInserts.insert(rows, into: path)
                }
                return Benchmark.Sample(
                    measured: Double(count) / ours,
                    limit: Double(count) / max(signing, inserting))
            }
        }
    }
}

/// A verdict that was not the expected one: nothing is measured on wrong answers.
struct UnexpectedVerdict: Error {}
