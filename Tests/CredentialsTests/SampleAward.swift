import Credentials
import Cryptography
import Encoding
import TestSupport

/// An award by a sample body to a person who does not exist.
struct SampleAward {
    let issuer: SigningKey
    let holder: SigningKey
    var generator: SeededGenerator

    static let now = Timestamp(seconds: 1_790_000_000)
    static let day = CalendarDate(daysSince1970: 20_700)

    init(seed: UInt64 = 7) {
        generator = SeededGenerator(seed: seed)
        issuer = SigningKey.generated(using: &generator)
        holder = SigningKey.generated(using: &generator)
    }

    var credential: QualificationCredential {
        QualificationCredential(
            issuer: "ph.sample-centre", country: "PH", qualification: "q.ph.smaw-nc2",
            version: "TR 2005", awarded: SampleAward.day,
            validUntil: SampleAward.day.adding(months: 60),
            started: SampleAward.day.adding(days: -90), mode: "rpl", units: ["MEE721306"],
            issuedAt: SampleAward.now, expires: SampleAward.now + 86_400 * 3_650,
            notBefore: SampleAward.now,
            status: StatusReference(uri: "urn:concord:status:ph.sample-centre:1", index: 412),
            holderKey: JSONWebKey(holder.verificationKey), name: "Testina Exemplar",
            birthYear: 1994, birthdate: CalendarDate(parsing: "1994-05-17"),
            others: ["certificate_number": "SAMPLE-0001", "sex": "F"])
    }

    mutating func issued() throws -> SDJWT {
        try credential.issued(by: issuer, using: &generator)
    }

    static let challenge = KeyBindingChallenge(
        audience: "https://verifier.example", nonce: "n-0S6_WzA2MjAAAAAAAAAA",
        window: now...(now + 300))

    func bound(_ presentation: SDJWT, at moment: Timestamp = now + 10) -> SDJWT {
        presentation.bound(
            to: SampleAward.challenge.audience, nonce: SampleAward.challenge.nonce, at: moment,
            by: holder)
    }

    /// Everything that a verifier checks about a presentation by itself.
    func verified(_ bytes: [UInt8]) throws -> ProcessedClaims {
        let presentation = try SDJWT(parsing: bytes)
        try presentation.verify(with: issuer.verificationKey)
        _ = try QualificationCredential(parsing: presentation)
        return try presentation.processed(plain: QualificationCredential.plainClaims)
    }
}
