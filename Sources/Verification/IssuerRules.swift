import Credentials
import Encoding
import Registry
import TransparencyLog

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

    var outcome: (Check.Outcome, String) {
        guard let item = accreditation else {
            return (
                .undetermined(.awardingBodyUnknown),
                "no accreditation of the body \(credential.issuer) is in the log of "
                    + "\(credential.country); that is not proof of a forgery"
            )
        }
        let name = item.accreditation.names.text(in: [])
        let accreditor = home.state.name(of: item.accreditor) ?? item.accreditor
        guard item.accreditation.covers(credential.qualification, on: credential.awarded) else {
            return (
                .failed(.notAccredited),
                "\(name) was not accredited by \(accreditor) for \(credential.qualification) on "
                    + "\(credential.awarded)"
            )
        }
        if let end = item.standing.end, end.isAnnulment || credential.awarded >= end.effective {
            return (
                .failed(.accreditationWithdrawn),
                "\(accreditor) withdrew the accreditation of \(name) from \(end.effective) on "
                    + "(entry \(end.index)); the award is dated \(credential.awarded)"
            )
        }
        let events = VoidingEvents(
            home.state, issuer: credential.issuer, site: item.accreditation.site,
            on: credential.awarded)
        if let outcome = events.outcome {
            return (outcome, "these awards of \(name) were \(events.word), see the log")
        }
        guard isQualificationKnown else {
            return (
                .undetermined(.qualificationUnknown),
                "the version of \(credential.qualification) is not in the log of "
                    + "\(credential.country)"
            )
        }
        return BatchRules(
            credential: .award(credential), path: path, home: home, ground: .accreditation(item),
            batch: batch
        ).outcome
    }
}
