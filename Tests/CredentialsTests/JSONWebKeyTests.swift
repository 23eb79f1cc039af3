import Credentials
import Cryptography
import Encoding
import TestSupport
import Testing

@Suite("JSON Web Keys")
struct JSONWebKeyTests {
    @Suite(
        "of other people",
        .enabled(if: ConformanceVectors.has("jwk-thumbprint"), "no vectors for jwk-thumbprint"))
    struct Vectors {
        @Test func giveTheStatedThumbprints() throws {
            for file in try VectorFile.all("jwk-thumbprint", endingWith: ".json") {
                for vector in try #require(file.value.array) {
                    let key = try JSONWebKey(parsing: try #require(vector["jwk"]))
                    #expect(
                        Base64.url.encode(key.thumbprint.bytes) == vector["sha256"]?.string,
                        "\(vector["id"] ?? .null)")
                    let isEdwards = vector["jwk"]?["crv"]?.string == "Ed25519"
                    #expect((key.verificationKey != nil) == isEdwards)
                    let isVerified = isEdwards || vector["jwk"]?["crv"]?.string == "P-256"
                    #expect((key.signatureKey != nil) == isVerified)
                }
            }
        }
    }

    @Test func readsWhatItWrites() throws {
        var generator = SeededGenerator(seed: 1)
        let key = SigningKey.generated(using: &generator).verificationKey
        let read = try JSONWebKey(parsing: .object(JSONWebKey(key).object))
        #expect(read.verificationKey == key)
        #expect(read == JSONWebKey(key))
    }

    @Test(arguments: [
        ("[]", "malformed-key"),
        ("{}", "malformed-key"),
        (#"{"kty":"oct","k":"AAAA"}"#, "unsupported-key"),
        (#"{"kty":"OKP","crv":"Ed25519"}"#, "malformed-key"),
        (#"{"kty":"OKP","crv":"Ed25519","x":7}"#, "malformed-key"),
        (#"{"kty":"OKP","crv":"Ed25519","x":"AAAA"}"#, "malformed-key"),
        (
            #"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURp"}"#,
            "malformed-key"
        ),
        (
            #"{"kty":"OKP","crv":"Ed25519","d":"AAAA","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
            "private-key"
        ),
    ])
    func refuses(_ text: String, code: String) throws {
        let value = try JSONValue(parsing: text)
        let error = #expect(throws: CredentialError.self) { try JSONWebKey(parsing: value) }
        #expect(error?.code == code)
    }

    @Test func readsP256AndNothingOffTheCurve() throws {
        let key = try ES256Signer("key").publicKey
        let read = try JSONWebKey(parsing: .object(JSONWebKey(key).object))
        #expect(read.signatureKey == .p256(key))
        #expect(read.verificationKey == nil)
        var object = JSONWebKey(key).object
        for text in ["AA", "", Base64.url.encode([UInt8](repeating: 1, count: 32))] {
            object["y"] = .string(text)
            #expect(throws: CredentialError.self) { try JSONWebKey(parsing: .object(object)) }
        }
    }

    @Test func namesAKeyOfAnotherKindUnsupported() throws {
        let key = try JSONWebKey(parsing: ["kty": "EC", "crv": "P-384", "x": "AA", "y": "AA"])
        #expect(key.signatureKey == nil)
        let error = #expect(throws: CredentialError.self) { try key.requireVerificationKey() }
        #expect(error?.code == "unsupported-key")
    }
}
