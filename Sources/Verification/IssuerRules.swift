import Credentials
import Language
import Registry

/// The rules of check 3 for an award, in their order: the body, then its batch.
///
/// `Protocol/verification.md § Checks`.
struct IssuerRules {
    let credential: QualificationCredential
    let path: BatchPath?
    let home: Knowledge.Log
    let accreditation: StandingAccreditation?
    let isQualificationKnown: Bool
    let batch: StandingBatch?

    var outcome: (Check.Outcome, Message) {
        let right = AwardingRight(
            body: credential.issuer, qualification: credential.qualification,
            country: credential.country, day: credential.awarded, home: home,
            accreditation: accreditation, isQualificationKnown: isQualificationKnown)
        switch right.finding {
        case .objection(let outcome, let message): return (outcome, message)
        case .allowed(let item):
            return BatchRules(
                credential: .award(credential), path: path, home: home,
                ground: .accreditation(item), batch: batch
            ).outcome
        }
    }
}
