import Credentials
import Cryptography
import Encoding
import TestSupport
import Testing

@Suite("JSON Web Signatures")
struct JSONWebSignatureTests {
    let key: SigningKey

    init() {
        var generator = SeededGenerator(seed: 2)
        key = SigningKey.generated(using: &generator)
    }

    @Suite("of other people", .enabled(if: ConformanceVectors.has("jws"), "no vectors for jws"))
    struct Vectors {
        @Test func verifyOrAreUnsupported() throws {
            var generator = SeededGenerator(seed: 3)
            let anyKey = SigningKey.generated(using: &generator).verificationKey
            var verified = 0
            for file in try VectorFile.all("jws", endingWith: ".json") {
                // A JWE is not a JWS: the cookbook has both.
                guard let signing = file.value["signing"],
                    let compact = file.value["output"]?["compact"]?.string
                else { continue }
                let input = try #require(file.value["input"])
                if signing["protected"]?["alg"]?.string == "EdDSA" {
                    let jws = try JSONWebSignature(parsing: compact.bytes)
                    let x = try #require(input["key"]?["x"]?.string)
                    let seed = try #require(input["key"]?["d"]?.string)
                    let vectorKey = try #require(
                        VerificationKey(bytes: Base64.url.decode(x) ?? []))
                    try jws.verify(with: vectorKey)
                    #expect(jws.payload == input["payload"]?.string?.bytes)
                    let signer = try SigningKey(seed: Base64.url.decode(seed) ?? [])
                    let again = JSONWebSignature.signed(
                        header: jws.header, payload: jws.payload, by: signer)
                    #expect(again.compact == jws.compact)
                    verified += 1
                } else {
                    let error = #expect(throws: CredentialError.self) {
                        try JSONWebSignature(parsing: compact.bytes).verify(with: anyKey)
                    }
                    #expect(error?.code.hasPrefix("unsupported-") == true)
                }
            }
            #expect(verified > 0)
        }
    }

    func made(_ header: String, payload: String = "{}") -> [UInt8] {
        let input =
            "\(Base64.url.encode(header.bytes)).\(Base64.url.encode(payload.bytes))"
        return "\(input).\(Base64.url.encode(key.signature(for: input.bytes)))".bytes
    }

    @Test func verifiesWhatItSigned() throws {
        let jws = JSONWebSignature.signed(
            header: ["typ": "x+jwt"], payload: "hello".bytes, by: key)
        let read = try JSONWebSignature(parsing: jws.compact)
        try read.verify(with: key.verificationKey)
        #expect(read == jws)
        #expect(read.payload == "hello".bytes)
        #expect(read.type == "x+jwt")
    }

    @Test(arguments: [#"{"alg":"EdDSA"}"#, #"{"alg":"Ed25519"}"#])
    func acceptsBothNamesOfTheAlgorithm(_ header: String) throws {
        try JSONWebSignature(parsing: made(header)).verify(with: key.verificationKey)
    }

    @Test(arguments: [
        #"{"alg":"none"}"#, #"{"alg":"ES384"}"#, #"{"alg":"HS256"}"#, #"{"alg":"eddsa"}"#,
        #"{"alg":"EdDSA "}"#, #"{"alg":7}"#, #"{}"#, #"{"alg":"Ed448"}"#, #"{"alg":"ES256K"}"#,
        #"{"alg":"es256"}"#, #"{"alg":"RS256"}"#, #"{"alg":"None"}"#, #"{"alg":null}"#,
    ])
    func namesEveryOtherAlgorithmUnsupported(_ header: String) throws {
        let jws = try JSONWebSignature(parsing: made(header))
        let error = #expect(throws: CredentialError.self) {
            try jws.verify(with: key.verificationKey)
        }
        #expect(error?.code == "unsupported-algorithm")
    }

    /// An algorithm belongs to its key: neither is taken for the other.
    @Test func confusesNoAlgorithmWithAnother() throws {
        let signer = try ES256Signer("issuer")
        let signed = try JSONWebSignature(parsing: signer.signed([:], "{}".bytes))
        try signed.verify(with: .p256(signer.publicKey))
        for (jws, other) in [
            (signed, SignatureKey.ed25519(key.verificationKey)),
            (
                try JSONWebSignature(parsing: made(#"{"alg":"ES256"}"#)),
                .ed25519(key.verificationKey)
            ),
            (
                try JSONWebSignature(parsing: signer.signed(["alg": "EdDSA"], "{}".bytes)),
                .p256(signer.publicKey)
            ),
            (try JSONWebSignature(parsing: made(#"{"alg":"EdDSA"}"#)), .p256(signer.publicKey)),
        ] {
            let error = #expect(throws: CredentialError.self) { try jws.verify(with: other) }
            #expect(error?.code == "wrong-signature")
        }
    }

    @Test func takesNoKeyFromTheHeader() throws {
        let own = JSONWebKey(key.verificationKey)
        let header: JSONObject = [
            "alg": "EdDSA", "jwk": .object(own.object), "jku": "https://keys.example",
            "kid": "1", "x5c": ["AAAA"],
        ]
        let jws = JSONWebSignature.signed(header: header, payload: [], by: key)
        var generator = SeededGenerator(seed: 4)
        let other = SigningKey.generated(using: &generator).verificationKey
        let error = #expect(throws: CredentialError.self) {
            try JSONWebSignature(parsing: jws.compact).verify(with: other)
        }
        #expect(error?.code == "wrong-signature")
    }

    @Test(arguments: [
        (#"{"alg":"EdDSA","crit":["b64"],"b64":false}"#, "unsupported-extension"),
        (#"{"alg":"EdDSA","crit":[]}"#, "unsupported-extension"),
        (#"["alg"]"#, "malformed-json"),
        (#"{"alg":"EdDSA","alg":"EdDSA"}"#, "malformed-json"),
        (#"{"alg":"EdDSA",}"#, "malformed-json"),
    ])
    func refusesHeader(_ header: String, code: String) {
        let error = #expect(throws: CredentialError.self) {
            try JSONWebSignature(parsing: made(header))
        }
        #expect(error?.code == code)
    }

    @Test(arguments: [
        ("", "malformed-jws"), ("e30", "malformed-jws"), ("e30.e30", "malformed-jws"),
        ("e30.e30.AA.AA", "malformed-jws"), ("e30=.e30.AA", "malformed-base64url"),
        ("e30.e3 .AA", "malformed-base64url"), ("e30.e30.AB", "malformed-base64url"),
        (".e30.AA", "malformed-json"),
    ])
    func refusesText(_ text: String, code: String) {
        let error = #expect(throws: CredentialError.self) {
            try JSONWebSignature(parsing: text.bytes)
        }
        #expect(error?.code == code)
    }

    @Test func refusesMoreThanTheLimitBeforeReading() {
        let bytes = [UInt8](repeating: 0x41, count: JSONWebSignature.sizeLimit + 1)
        let error = #expect(throws: CredentialError.self) { try JSONWebSignature(parsing: bytes) }
        #expect(error?.code == "too-large")
    }
}
