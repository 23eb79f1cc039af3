import Credentials
import Cryptography
import Encoding
import TestSupport
import Testing

@Suite(
    "SD-JWT with one broken rule",
    .enabled(if: ConformanceVectors.has("sd-jwt"), "no vectors for sd-jwt"))
struct SDJWTNegativeTests {
    /// What a verifier does, without knowing which case it is looking at.
    struct Judge {
        let issuer: VerificationKey
        let challenge: KeyBindingChallenge
        let now: Int64
        let types: [String]

        init(_ policy: JSONValue) throws {
            issuer = try JSONWebKey(parsing: try #require(policy["issuer_jwk"]))
                .requireVerificationKey()
            now = try #require(policy["now"]?.integer)
            challenge = KeyBindingChallenge(
                audience: try #require(policy["expected_aud"]?.string),
                nonce: try #require(policy["expected_nonce"]?.string),
                window: Timestamp(seconds: now - 600)...Timestamp(seconds: now + 60))
            types = [try #require(policy["required_typ"]?.string), "vc+sd-jwt"]
        }

        /// nil if all is good, else the code of the first rule that is broken.
        func refusal(of presentation: [UInt8]) -> String? {
            do throws(CredentialError) {
                let credential = try SDJWT(parsing: presentation)
                guard types.contains(credential.issuerJWT.type ?? "") else { return "wrong-type" }
                try credential.verify(with: issuer)
                let claims = try credential.processed()
                guard claims["vct"]?.string != nil else { return "missing-claim" }
                if let expires = claims["exp"] {
                    guard let end = expires.integer, now < end else { return "expired" }
                }
                guard let key = claims["cnf"]?["jwk"] else { return "missing-claim" }
                let holder = try JSONWebKey(parsing: key).requireVerificationKey()
                let control = try credential.holderControl(key: holder, challenge: challenge)
                return control == .shown ? nil : control.code
            } catch {
                return error.code
            }
        }
    }

    @Test func isRefusedExactlyWhereStated() throws {
        for file in try VectorFile.all("sd-jwt", endingWith: "negatives.json") {
            let judge = try Judge(try #require(file.value["policy"]))
            var codes: Set<String> = []
            for vector in try #require(file.value["cases"]?.array) {
                let id = vector["id"]?.string ?? ""
                let text = try #require(vector["presentation"]?.string)
                let refusal = judge.refusal(of: text.bytes)
                switch vector["result"]?.string {
                case "valid": #expect(refusal == nil, "\(id)")
                case "reject", "reject-or-valid":
                    #expect(refusal != nil, "\(id)")
                    codes.insert(refusal ?? "")
                case "policy": #expect(refusal == nil, "\(id): the old typ is accepted")
                default: Issue.record("an unknown result of \(id)")
                }
            }
            #expect(codes.count > 15, "each rule has a code of its own")
        }
    }
}
