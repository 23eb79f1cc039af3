import Credentials
import Cryptography
import Encoding
import Language

/// Check 5: who presents it. A key adds to the comparison of name and year of birth, and
/// never replaces it.
struct HolderCheck {
    let check: Check

    /// - Parameter shownKey: a key of which the same presenter has shown control with another
    ///   credential.
    init(
        _ file: CredentialFile, _ credential: CredentialFrame,
        _ challenge: ChallengeAnswer, _ now: Timestamp, shownKey: SignatureKey? = nil
    ) {
        let (outcome, detail) = HolderCheck.outcome(
            file, credential, challenge, now, shownKey)
        check = Check(.holder, outcome, detail)
    }

    private static func outcome(
        _ file: CredentialFile, _ credential: CredentialFrame,
        _ challenge: ChallengeAnswer, _ now: Timestamp, _ shownKey: SignatureKey?
    ) -> (Check.Outcome, Message) {
        guard let jwk = credential.holderKey else {
            if file.credential.keyBinding != nil {
                return (
                    .failed(.keyBinding),
                    Message(.checkHolderNoKey)
                )
            }
            return (.passed, Message(.checkHolderUnbound))
        }
        guard file.credential.keyBinding != nil else {
            if let shownKey, jwk.signatureKey == shownKey {
                return (.passed, Message(.checkHolderBoundToo))
            }
            return notShown(.checkHolderNoAnswer)
        }
        guard let key = jwk.signatureKey else {
            return (.undetermined(.holderNotShown), Message(.checkHolderKeyType))
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
            control = try file.credential.holderControl(key: key, challenge: expected)
        } catch {
            // An algorithm that is not verified here proves nothing, for or against.
            if case .unsupportedAlgorithm = error {
                return (.undetermined(.holderNotShown), .diagnosis(error))
            }
            return (.failed(.keyBinding), .diagnosis(error))
        }
        switch (challenge, control) {
        case (.own(_, _, _, let expires), .shown) where now > expires:
            return notShown(.checkHolderExpired)
        case (.own, .shown):
            return (.passed, Message(.checkHolderPassed))
        case (.own, _): return notShown(.checkHolderOtherRequest)
        case (.spent, _): return notShown(.checkHolderSpent)
        case (.foreign, _): return notShown(.checkHolderOtherVerifier)
        case (.none, _): return notShown(.checkHolderNotAsked)
        }
    }

    private static func notShown(_ why: MessageKey) -> (Check.Outcome, Message) {
        (
            .undetermined(.holderNotShown),
            Message(.checkHolderNotShown, ["why": .message(why)])
        )
    }
}
