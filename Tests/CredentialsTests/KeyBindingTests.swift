import Credentials
import Cryptography
import Encoding
import TestSupport
import Testing

@Suite("Key binding")
struct KeyBindingTests {
    var sample = SampleAward()
    let presented: SDJWT

    init() throws {
        presented = try sample.issued().presenting([])
    }

    func control(
        _ presentation: SDJWT, _ challenge: KeyBindingChallenge = SampleAward.challenge
    ) throws -> HolderControl {
        let read = try SDJWT(parsing: presentation.serialized)
        return try read.holderControl(key: sample.holder.verificationKey, challenge: challenge)
    }

    @Test func showsControlOfTheKey() throws {
        #expect(try control(sample.bound(presented)) == .shown)
        #expect(
            try control(sample.bound(presented, at: SampleAward.challenge.window.lowerBound))
                == .shown)
        #expect(
            try control(sample.bound(presented, at: SampleAward.challenge.window.upperBound))
                == .shown)
    }

    @Test func showsNothingToAnybodyElse() throws {
        let bound = sample.bound(presented)
        let challenge = SampleAward.challenge
        #expect(
            try control(
                bound,
                KeyBindingChallenge(
                    audience: "https://other.example", nonce: challenge.nonce,
                    window: challenge.window)) == .otherAudience)
        #expect(
            try control(
                bound,
                KeyBindingChallenge(
                    audience: challenge.audience, nonce: "another", window: challenge.window))
                == .otherNonce)
        #expect(try control(sample.bound(presented, at: SampleAward.now + -1)) == .tooOld)
        #expect(try control(sample.bound(presented, at: SampleAward.now + 301)) == .fromFuture)
    }

    @Test func isRequired() {
        let error = #expect(throws: CredentialError.self) { try control(presented) }
        #expect(error?.code == "key-binding-missing")
    }

    @Test mutating func refusesAnotherKey() throws {
        let other = SigningKey.generated(using: &sample.generator)
        let bound = presented.bound(
            to: SampleAward.challenge.audience, nonce: SampleAward.challenge.nonce,
            at: SampleAward.now, by: other)
        let error = #expect(throws: CredentialError.self) { try control(bound) }
        #expect(error?.code == "key-binding-signature")
    }

    @Test func refusesDisclosuresRemovedAfterSigning() throws {
        let bound = sample.bound(presented)
        let binding = try #require(bound.keyBinding).jwt.compact
        let fewer = try presented.selecting(claimNames: ["name"]).serialized + binding
        let error = #expect(throws: CredentialError.self) {
            try control(SDJWT(parsing: fewer))
        }
        #expect(error?.code == "key-binding-hash")
    }

    @Test(arguments: [
        (#"{"alg":"EdDSA","typ":"JWT"}"#, "wrong-type"), (#"{"alg":"EdDSA"}"#, "wrong-type"),
        (#"{"alg":"none","typ":"kb+jwt"}"#, "unsupported-algorithm"),
    ])
    func refusesHeader(_ header: String, code: String) throws {
        let payload = try #require(sample.bound(presented).keyBinding).jwt.payload
        let input = "\(Base64.url.encode(header.bytes)).\(Base64.url.encode(payload))"
        let signature = Base64.url.encode(sample.holder.signature(for: input.bytes))
        let error = #expect(throws: CredentialError.self) {
            try control(SDJWT(parsing: presented.serialized + "\(input).\(signature)".bytes))
        }
        #expect(error?.code == code)
    }

    @Test(arguments: ["iat", "aud", "nonce", "sd_hash"])
    func refusesMissingClaim(_ name: String) throws {
        let jwt = try #require(sample.bound(presented).keyBinding).jwt
        var claims = try #require(try JSONValue(parsing: jwt.payload).object)
        claims[name] = nil
        let signed = JSONWebSignature.signed(
            header: jwt.header, payload: JSONValue.object(claims).serialized, by: sample.holder)
        let error = #expect(throws: CredentialError.self) {
            try KeyBinding(parsing: signed.compact)
        }
        #expect(error == .missingClaim(name))
    }
}
