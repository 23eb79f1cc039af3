import Credentials
import Cryptography
import Encoding

/// Check 5: who presents it. A key adds to the comparison of name and year of birth, and
/// never replaces it.
struct HolderCheck {
    let check: Check

    /// - Parameter shownKey: a key of which the same presenter has shown control with another
    ///   credential.
    init(
        _ file: CredentialFile, _ credential: CredentialFrame,
        _ challenge: ChallengeAnswer, _ now: Timestamp, shownKey: VerificationKey? = nil
    ) {
        let (outcome, detail) = HolderCheck.outcome(
            file, credential, challenge, now, shownKey)
        check = Check(.holder, outcome, detail)
    }

    private static let compare = "compare name and year of birth with an identity document"

    private static func outcome(
        _ file: CredentialFile, _ credential: CredentialFrame,
        _ challenge: ChallengeAnswer, _ now: Timestamp, _ shownKey: VerificationKey?
    ) -> (Check.Outcome, String) {
        guard let jwk = credential.holderKey else {
            if file.credential.keyBinding != nil {
                return (
                    .failed(.keyBinding),
                    "a holder's signature is attached, but the certificate names no holder's key"
                )
            }
            return (.passed, "the certificate is not bound to a key; \(compare)")
        }
        guard file.credential.keyBinding != nil else {
            if let shownKey, jwk.verificationKey == shownKey {
                return (.passed, "bound to the key of which control was shown; \(compare)")
            }
            return notShown("no answer to a request")
        }
        guard let verificationKey = jwk.verificationKey else {
            return (.undetermined(.holderNotShown), "the holder's key is of an unknown type")
        }
        let expected: KeyBindingChallenge
        switch challenge {
        case .own(let audience, let nonce, let issued, let expires):
            let opens = issued + -Freshness.clockTolerance
            expected = KeyBindingChallenge(
                audience: audience, nonce: nonce, window: min(opens, expires)...expires)
        case .none, .foreign, .spent:
            // The signature and its hash are checked all the same: a forged one is invalid.
            expected = KeyBindingChallenge(
                audience: "", nonce: "", window: Timestamp(seconds: 0)...Timestamp(seconds: 0))
        }
        let control: HolderControl
        do throws(CredentialError) {
            control = try file.credential.holderControl(key: verificationKey, challenge: expected)
        } catch { return (.failed(.keyBinding), error.description) }
        switch (challenge, control) {
        case (.own(_, _, _, let expires), .shown) where now > expires:
            return notShown("the request had expired")
        case (.own, .shown):
            return (.passed, "the presenter controls the holder's key; \(compare)")
        case (.own, _): return notShown("the answer is for another request or too late")
        case (.spent, _): return notShown("this answer was already used once")
        case (.foreign, _): return notShown("the answer was made for another verifier")
        case (.none, _): return notShown("this verifier asked for no answer")
        }
    }

    private static func notShown(_ why: String) -> (Check.Outcome, String) {
        (
            .undetermined(.holderNotShown),
            "the certificate is bound to a key and the presenter has not shown control of it "
                + "here: \(why); make a request and ask the holder to answer it"
        )
    }
}
