public import Encoding
import Language
import Registry

/// Whether a body may award a qualification on a day under an authority's accreditation, asked
/// without a certificate: check 2, then check 3 as far as it comes before a batch.
///
/// `Protocol/pages.md § Trust queries`. Passed: it may. Failed: it may not. Undetermined: nothing
/// at hand says so, which is neither.
public struct AuthorizationCheck {
    public let check: Check

    /// - Parameters:
    ///   - country: the one whose log registers the qualification.
    ///   - knowledge: with every act about the body, the qualification and the country in the
    ///     states of the logs.
    public init(
        of body: String, by authority: String, for qualification: String, in country: String,
        on day: CalendarDate, knowing knowledge: Knowledge, at now: Timestamp
    ) {
        let state = knowledge.log(of: country)?.state
        let subjects = Set([body, country, qualification]).union(state?.delegators(of: body) ?? [])
        let logs = LogsCheck(knowledge, for: nil, of: country, about: subjects, at: now).check
        guard logs.outcome == .passed, let home = knowledge.log(of: country) else {
            check = logs
            return
        }
        let finding = AuthorizationCheck.finding(
            body, authority, qualification, country, day, home)
        check =
            switch finding {
            case .objection(let outcome, let message): Check(.issuer, outcome, message)
            case .allowed(let item):
                Check(
                    .issuer, .passed,
                    Message(
                        .trustAuthorized,
                        [
                            "body": .text(item.accreditation.names.text(in: [])),
                            "accreditor": .text(home.state.name(of: authority) ?? authority),
                            "qualification": .text(qualification), "date": .date(day),
                            "since": .date(item.accreditation.period.from),
                        ]))
            }
    }

    private static func finding(
        _ body: String, _ authority: String, _ qualification: String, _ country: String,
        _ day: CalendarDate, _ home: Knowledge.Log
    ) -> AwardingRight.Finding {
        guard home.state.knows(authority) else {
            return .objection(
                .undetermined(.awardingBodyUnknown),
                Message(
                    .checkIssuerStatementUnknown,
                    ["body": .text(authority), "country": .text(country)]))
        }
        let all = home.state.accreditations(of: body)
        let own = all.filter { $0.accreditor == authority }
        let covering = own.filter { $0.accreditation.covers(qualification, on: day) }
        let decisive =
            covering.last { $0.standing.stands(on: day) } ?? covering.last ?? own.last
        let right = AwardingRight(
            body: body, qualification: qualification, country: country, day: day, home: home,
            accreditation: decisive ?? all.last,
            isQualificationKnown: home.state.qualifications(qualification).contains {
                $0.qualification.country == country && $0.1.stands(on: day)
            })
        // Somebody else's accreditation is none of this authority's.
        if decisive == nil, let other = all.last {
            return right.notAccredited(
                other.accreditation.names.text(in: []),
                by: home.state.name(of: authority) ?? authority)
        }
        return right.finding
    }
}

extension LogState {
    /// Whether its country gave it a mandate, or an accreditation under which it may accredit.
    fileprivate func knows(_ authority: String) -> Bool {
        acts.contains { standing in
            guard standing.isMandated else { return false }
            switch standing.act {
            case .mandate(let act): return act.authority == authority
            case .accreditation(let act): return act.body == authority
            default: return false
            }
        }
    }
}
