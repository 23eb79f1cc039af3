import Credentials
import Cryptography
import Encoding
import Issuance

/// How much a paper certificate has to carry.
enum PaperBenchmarks {
    static func bytes() -> Benchmark {
        let sample = try? PaperBenchmarks.file()
        let plain = sample?.credential.serialized.count ?? 0
        let file = sample?.serialized.count ?? 0
        return Benchmark(
            id: "qr.bytes",
            what: "payload of a paper credential in a full batch of \(AwardBatch.paperLimit), path "
                + "included, against the \(PaperCode.byteLimit) bytes that are allowed; its plain "
                + "SD-JWT has \(plain) bytes, its credential file \(file)",
            unit: "bytes", moreIsBetter: false, goal: 1
        ) {
            let code = try PaperCode(PaperBenchmarks.file())
            return {
                Benchmark.Sample(
                    measured: Double(code.byteCount), limit: Double(PaperCode.byteLimit))
            }
        }
    }

    /// A paper credential of a centre of ordinary length, with the longest path of its batch.
    private static func file() throws -> CredentialFile {
        let origin = "sample.concord.example/ph/1"
        let place = StatusReference(
            uri: "https://sample.concord.example/ph/status/ph.sample-centre-cebu/1",
            index: 131_071)
        let day = CalendarDate(daysSince1970: 20_780)
        let award = QualificationCredential(
            issuer: "ph.sample-centre-cebu", country: "PH", qualification: "ph.smaw-nc2",
            version: "TR 2005 (Weldncii11-3, 01/04/05)", awarded: day,
            validUntil: day.adding(months: 60), issuedAt: Timestamp(seconds: 1_796_000_000),
            status: place, name: "Testina Exemplar", birthYear: 1999)
        var generator = SystemRandomNumberGenerator()
        let key = try SigningKey(seed: [UInt8](repeating: 3, count: 32))
        let signed = try IssuedCredential.award(award)
            .issued(isOpen: true, by: key, using: &generator)
        let leaves = (0..<AwardBatch.paperLimit).map { HashValue(of: "\($0)".utf8) }
        return CredentialFile(
            credential: signed,
            batch: BatchPath(
                origin: origin, entryIndex: 4_711_000, leafIndex: UInt64(leaves.count - 1),
                hashes: Array(leaves.prefix(10))))
    }
}
