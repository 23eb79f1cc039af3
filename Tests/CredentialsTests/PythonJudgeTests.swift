import Credentials
import Cryptography
import Encoding
import TestSupport
import Testing

/// Other people's implementations judge what we issue, and issue what we verify: the Python
/// packages sd-jwt and joserfc.
@Suite(
    .enabled(
        if: PythonJudge.isHere,
        "the Python packages sd-jwt and joserfc are not in .build/judge (Tests/setup)"))
struct PythonJudgeTests {
    var sample = SampleAward()

    private var list: StatusListToken {
        get throws {
            var states = StatusList(bits: 2, count: 1_024)
            try states.set(.invalid, at: 412)
            return StatusListToken.signed(
                states, subject: "urn:concord:status:ph.sample-centre:1", at: SampleAward.now,
                by: sample.issuer)
        }
    }

    private func text(_ credential: SDJWT) -> JSONValue {
        .string(String(decoding: credential.serialized, as: UTF8.self))
    }

    @Test mutating func findsWhatWeIssueToSayWhatItSays() throws {
        let shown = sample.bound(try sample.issued().presenting(["birthdate"]))
        let answer = try PythonJudge.ask(
            "verify",
            [
                "key": .object(JSONWebKey(sample.issuer.verificationKey).object),
                "credential": text(shown),
                "list": .string(String(decoding: try list.serialized, as: UTF8.self)),
            ])
        let claims = try #require(answer["claims"])
        let processed = try shown.processed(plain: QualificationCredential.plainClaims)
        #expect(claims.sorted == JSONValue.object(processed.object).sorted)
        #expect(claims.object?["birthdate"]?.string == "1994-05-17")
        #expect(claims.object?["certificate_number"] == nil)
        #expect(
            answer["binding"]?.object?["nonce"]?.string == SampleAward.challenge.nonce)
        let bits = answer["list"]?.object?["status_list"]
        #expect(try StatusList(parsing: #require(bits)).status(at: 412) == .invalid)
    }

    @Test mutating func refusesWhatWasChanged() throws {
        let shown = sample.bound(try sample.issued().presenting([]))
        let key = JSONValue.object(JSONWebKey(sample.issuer.verificationKey).object)
        let other = JSONValue.object(JSONWebKey(sample.holder.verificationKey).object)
        #expect(throws: PythonJudge.Failure.self) {
            try PythonJudge.ask("verify", ["key": other, "credential": text(shown)])
        }
        let fewer = try sample.issued().presenting([]).selecting(claimNames: ["name"])
        let binding = try #require(shown.keyBinding).jwt.compact
        let forged = try SDJWT(parsing: fewer.presentation + binding)
        #expect(throws: PythonJudge.Failure.self) {
            try PythonJudge.ask("verify", ["key": key, "credential": text(forged)])
        }
    }

    /// An issuer's private key as the judge takes it, and our view of the public one.
    struct Issuer: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let secret: JSONObject
        let key: SignatureKey

        static func all() throws -> [Issuer] {
            let seed = [UInt8](repeating: 11, count: 32)
            let ed25519 = try SigningKey(seed: seed).verificationKey
            let p256 = try ES256Signer("judge")
            let scalar = HashValue(of: "sample P-256 key judge".utf8).bytes
            return [
                Issuer("EdDSA", JSONWebKey(ed25519), seed, .ed25519(ed25519)),
                Issuer("ES256", JSONWebKey(p256.publicKey), scalar, .p256(p256.publicKey)),
            ]
        }

        private init(_ name: String, _ jwk: JSONWebKey, _ secret: [UInt8], _ key: SignatureKey) {
            testDescription = name
            var object = jwk.object
            object["d"] = .string(Base64.url.encode(secret))
            self.secret = object
            self.key = key
        }
    }

    @Test(arguments: try Issuer.all())
    func issuesWhatWeVerify(_ issuer: Issuer) throws {
        let seed = [UInt8](repeating: 12, count: 32)
        let holder = try SigningKey(seed: seed)
        var holderKey = JSONWebKey(holder.verificationKey).object
        holderKey["d"] = .string(Base64.url.encode(seed))
        var award = sample.credential
        award.holderKey = nil
        let hidden = award.claims.members.map(\.name).filter {
            !QualificationCredential.plainClaims.contains($0)
        }
        let challenge = SampleAward.challenge
        let answer = try PythonJudge.ask(
            "issue",
            [
                "key": .object(issuer.secret), "holder": .object(holderKey),
                "claims": .object(award.claims),
                "disclosable": .array(hidden.map(JSONValue.string)),
                "audience": .string(challenge.audience), "nonce": .string(challenge.nonce),
                "list": [
                    "sub": "urn:concord:status:ph.sample-centre:1", "iat": 1_790_000_000,
                    "status_list": .object(StatusList(bits: 2, count: 64).object),
                ],
            ])
        let presented = try #require(answer["presented"]?.string)
        let credential = try SDJWT(parsing: Array(presented.utf8))
        try credential.verify(with: issuer.key)
        let read = try QualificationCredential(parsing: credential)
        #expect(read.name == "Testina Exemplar")
        #expect(read.others["certificate_number"] == "SAMPLE-0001")
        award.holderKey = JSONWebKey(holder.verificationKey)
        #expect(JSONValue.object(read.claims).sorted == JSONValue.object(award.claims).sorted)
        // The other library's clock says when it was bound: any time is in this window.
        let control = try credential.holderControl(
            key: holder.verificationKey,
            challenge: KeyBindingChallenge(
                audience: challenge.audience, nonce: challenge.nonce,
                window: Timestamp(seconds: 0)...Timestamp(seconds: .max)))
        #expect(control == .shown)

        let token = try StatusListToken(parsing: #require(answer["list"]?.string).utf8)
        try token.jwt.verify(with: issuer.key)
        #expect(try token.list.status(at: 63) == .valid)
    }
}
