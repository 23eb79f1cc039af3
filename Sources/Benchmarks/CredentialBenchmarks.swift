import Credentials
import Cryptography
import Encoding
import Foundation
import Recognition
import Registrar
import Registry
import Storage
import Verification

/// Verifying in process, issuing into the store.
enum CredentialBenchmarks {
    /// Presentations of one graduation to one verifier, as bytes: each bound to a holder's key.
    private struct Presented: Sendable {
        let verifier: Verifier
        let challenge: ChallengeAnswer
        let files: [[UInt8]]
        /// libsodium's share: as many issuer's and holders' signatures, each over bytes as long.
        let checkSignatures: @Sendable () -> Void

        init(_ count: Int) async throws {
            let sample = try await SampleOffice()
            defer { sample.remove() }
            var generator = SystemRandomNumberGenerator()
            let holder = SigningKey.generated(using: &generator)
            let (audience, nonce) = ("urn:concord:key:bench", "bm9uY2Utb2Ytc2l4dGVlbg")
            let issued = try await sample.issue(count, boundTo: holder.verificationKey)
            var presented = issued.files
            for place in presented.indices {
                presented[place].credential = presented[place].credential.bound(
                    to: audience, nonce: nonce, at: sample.now, by: holder)
            }
            let question = VerificationQuestion(
                destination: "XX", purpose: .visaSkill, target: Target(["occ": "7212"]))
            verifier = Verifier(
                knowledge: try KnowledgeReader(
                    database: sample.office.database, anchor: sample.office.anchor(at: sample.now)
                ).knowledge(for: presented[0], question: question, at: sample.now),
                question: question, at: sample.now)
            challenge = .own(
                audience: audience, nonce: nonce, issued: sample.now, expires: sample.now + 600)
            files = presented.map(\.serialized)
            let messages = [
                Array(presented[0].credential.issuerJWT.signingInput),
                Array(presented[0].credential.keyBinding?.jwt.signingInput ?? []),
            ]
            checkSignatures = {
                for message in messages {
                    precondition(
                        RawLimit.verify(
                            holder.signature(for: message), message, holder.verificationKey,
                            times: count))
                }
            }
        }

        /// Reads and judges a share of the files.
        func judge(_ share: Range<Int>) throws {
            let read = try files[share].map { try CredentialFile(parsing: $0) }
            let verdicts = verifier.verify(each: read, challenge: challenge)
            guard verdicts.count == share.count else {
                throw UnexpectedResult(
                    expected: "\(share.count) verdicts", found: "\(verdicts.count)")
            }
            for verdict in verdicts
            where verdict.exitCode != 0 || verdict.worth?.word != .granted {
                let open = verdict.checks.filter { $0.outcome != .passed }
                    .map { "\($0.step) \($0.outcome)" }
                throw UnexpectedResult(
                    expected: "a verdict of granted, with exit code 0",
                    found: "\(verdict.word.text), \(verdict.exitCode): "
                        + open.joined(separator: ", "))
            }
        }
    }

    static func verify(_ scale: BenchmarkScale) -> Benchmark {
        let count = scale.count(full: 4_000)
        return Benchmark(
            id: "verify.process",
            what: "\(count) bound presentations read and judged in process, status, accreditation "
                + "and worth included, registry warm, one core, against libsodium verifying the "
                + "two signatures of each",
            unit: "1/s", moreIsBetter: true, goal: 0.85
        ) {
            let presented = try await Presented(count)
            return {
                let ours = try Stopwatch.seconds { try presented.judge(0..<count) }
                let bare = Stopwatch.seconds { presented.checkSignatures() }
                return Benchmark.Sample(
                    measured: Double(count) / ours, limit: Double(count) / bare)
            }
        }
    }

    /// The same on two cores, against twice what one does.
    static func verifyOnTwo(_ scale: BenchmarkScale) -> Benchmark {
        let count = scale.count(full: 4_000)
        return Benchmark(
            id: "verify.cores",
            what: "\(count) bound presentations read and judged on two cores, against twice the "
                + "rate of one",
            unit: "1/s", moreIsBetter: true, goal: 0.85
        ) {
            let presented = try await Presented(count)
            return {
                let one = try Stopwatch.seconds { try presented.judge(0..<count) }
                let two = try await Stopwatch.seconds {
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        group.addTask { try presented.judge(0..<(count / 2)) }
                        group.addTask { try presented.judge((count / 2)..<count) }
                        try await group.waitForAll()
                    }
                }
                return Benchmark.Sample(
                    measured: Double(count) / two, limit: 2 * Double(count) / one)
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
                let bare = try RawInserts(into: sample.folder.appending(path: "raw.sqlite").path)
                let inserting = try Stopwatch.seconds { try bare.insert(rows) }
                return Benchmark.Sample(
                    measured: Double(count) / ours,
                    limit: Double(count) / max(signing, inserting))
            }
        }
    }
}
