import Encoding
import Language
import Registry

/// Whether a body was allowed to award a qualification on a day, by what the log of its country
/// says: the rules of check 3 before the batch, in their order.
///
/// `Protocol/verification.md § Checks`.
struct AwardingRight {
    enum Finding {
        case allowed(StandingAccreditation)
        case objection(Check.Outcome, Message)
    }

    let body: String
    let qualification: String
    let country: String
    let day: CalendarDate
    let home: Knowledge.Log
    /// The one that decides; nil: the log holds none of the body.
    let accreditation: StandingAccreditation?
    /// Whether the version was registered for the country and stood that day.
    let isQualificationKnown: Bool

    var finding: Finding {
        guard let item = accreditation else {
            return .objection(
                .undetermined(.awardingBodyUnknown),
                Message(
                    .checkIssuerUnknown, ["body": .text(body), "country": .text(country)]))
        }
        let name = item.accreditation.names.text(in: [])
        let accreditor = home.state.name(of: item.accreditor) ?? item.accreditor
        guard item.accreditation.covers(qualification, on: day) else {
            return notAccredited(name, by: accreditor)
        }
        if let end = item.standing.end, end.isAnnulment || day >= end.effective {
            return .objection(
                .failed(.accreditationWithdrawn),
                Message(
                    .checkIssuerWithdrawn,
                    [
                        "body": .text(name), "accreditor": .text(accreditor),
                        "end": .date(end.effective), "entry": .number(end.index),
                        "date": .date(day),
                    ]))
        }
        let events = VoidingEvents(
            home.state, issuer: body, site: item.accreditation.site, on: day)
        if let outcome = events.outcome {
            return .objection(outcome, events.message(about: name))
        }
        guard isQualificationKnown else {
            return .objection(
                .undetermined(.qualificationUnknown),
                Message(
                    .checkIssuerQualification,
                    ["qualification": .text(qualification), "country": .text(country)]))
        }
        return .allowed(item)
    }

    /// The authority named has said nothing of that qualification and that day.
    func notAccredited(_ name: String, by accreditor: String) -> Finding {
        .objection(
            .failed(.notAccredited),
            Message(
                .checkIssuerNotAccredited,
                [
                    "body": .text(name), "accreditor": .text(accreditor),
                    "qualification": .text(qualification), "date": .date(day),
                ]))
    }
}
