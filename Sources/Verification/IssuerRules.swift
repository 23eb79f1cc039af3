import Credentials
import Encoding
import Language
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

    var outcome: (Check.Outcome, Message) {
        guard let item = accreditation else {
            return (
                .undetermined(.awardingBodyUnknown),
                Message(
                    .checkIssuerUnknown,
                    ["body": .text(credential.issuer), "country": .text(credential.country)])
            )
        }
        let name = item.accreditation.names.text(in: [])
        let accreditor = home.state.name(of: item.accreditor) ?? item.accreditor
        guard item.accreditation.covers(credential.qualification, on: credential.awarded) else {
            return (
                .failed(.notAccredited),
                Message(
                    .checkIssuerNotAccredited,
                    [
                        "body": .text(name), "accreditor": .text(accreditor),
                        "qualification": .text(credential.qualification),
                        "date": .date(credential.awarded),
                    ])
            )
        }
        if let end = item.standing.end, end.isAnnulment || credential.awarded >= end.effective {
            return (
                .failed(.accreditationWithdrawn),
                Message(
                    .checkIssuerWithdrawn,
                    [
                        "body": .text(name), "accreditor": .text(accreditor),
                        "end": .date(end.effective), "entry": .number(end.index),
                        "date": .date(credential.awarded),
                    ])
            )
        }
        let events = VoidingEvents(
            home.state, issuer: credential.issuer, site: item.accreditation.site,
            on: credential.awarded)
        if let outcome = events.outcome { return (outcome, events.message(about: name)) }
        guard isQualificationKnown else {
            return (
                .undetermined(.qualificationUnknown),
                Message(
                    .checkIssuerQualification,
                    [
                        "qualification": .text(credential.qualification),
                        "country": .text(credential.country),
                    ])
            )
        }
        return BatchRules(
            credential: .award(credential), path: path, home: home, ground: .accreditation(item),
            batch: batch
        ).outcome
    }
}
