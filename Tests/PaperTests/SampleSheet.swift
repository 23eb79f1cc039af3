import Credentials
import Cryptography
import Encoding
import Language
import Paper
import TestSupport
import Testing

/// Printed certificates of people who do not exist.
enum SampleSheet {
    /// A paper credential of a batch with so many hashes beside its way, as text of its code.
    static func code(hashes: Int = 10, name: String = "Testina Exemplar") throws -> String {
        var generator = SeededGenerator(seed: 5)
        let key = SigningKey.generated(using: &generator)
        let day = try #require(CalendarDate(parsing: "2026-11-23"))
        let award = QualificationCredential(
            issuer: "ph.sample-centre-cebu", country: "PH", qualification: "ph.smaw-nc2",
            version: "TR 2005 (Weldncii11-3, 01/04/05)", awarded: day,
            validUntil: day.adding(months: 60), issuedAt: Timestamp(seconds: 1_796_000_000),
            status: StatusReference(
                uri: "https://sample.concord.example/ph/status/ph.sample-centre-cebu/1",
                index: 98_123), name: name, birthYear: 1999)
        let signed = try IssuedCredential.award(award)
            .issued(isOpen: true, by: key, using: &generator)
        return try PaperCode(
            CredentialFile(
                credential: signed,
                batch: BatchPath(
                    origin: "sample.concord.example/ph/1", entryIndex: 4_711, leafIndex: 77,
                    hashes: (0..<hashes).map { HashValue(of: [UInt8($0)]) }))
        ).text
    }

    static func sheet(
        name: String = "Testina Exemplar", languages: [String] = ["en", "fil"], code: String? = nil
    ) throws -> CertificateSheet {
        let facts = CertificateFacts(
            name: name, birthYear: 1999, version: "TR 2005", units: nil,
            awarded: try #require(CalendarDate(parsing: "2026-11-23")), validUntil: nil,
            isArchiveConfirmation: false, isSample: true, countryCode: "PH",
            record: "3f0c5d0c2c7f3e0b4a6f9a3b1c2d4e5f",
            code: try code ?? SampleSheet.code(name: name))
        return CertificateSheet(facts, in: languages.compactMap { Catalogue(tag: $0) }) { _ in
            CertificateFacts.Names(
                country: "Philippines", accreditor: "TESDA", body: "Sample Training Centre Cebu",
                qualification: "Shielded Metal Arc Welding (SMAW) NC II")
        }
    }
}
