import Credentials
import Encoding
import Registry
import TransparencyLog

/// The rules of check 3 for a statement, in their order: the issuer, then its batch.
///
/// `Protocol/verification.md § Checks`.
struct StatementRules {
    let statement: StatementCredential
    let path: BatchPath?
    let home: Knowledge.Log
    let isIssuerKnown: Bool
    let ground: IssuerGround?
    let batch: StandingBatch?

    var outcome: (Check.Outcome, String) {
        guard isIssuerKnown else {
            return (
                .undetermined(.awardingBodyUnknown),
                "nobody called \(statement.issuer) is in the log of \(statement.country); that is "
                    + "not proof of a forgery"
            )
        }
        guard let ground else {
            let name = home.state.name(of: statement.issuer) ?? statement.issuer
            return (
                .failed(.notAccredited),
                "\(name) had no mandate and no accreditation for this \(statement.kind.rawValue) "
                    + "on \(statement.issued)"
            )
        }
        if let item = ground.accreditation, let end = item.standing.end,
            end.isAnnulment || statement.issued >= end.effective
        {
            return (
                .failed(.accreditationWithdrawn),
                "the accreditation of \(ground.name) was withdrawn from \(end.effective) on "
                    + "(entry \(end.index)); the statement is dated \(statement.issued)"
            )
        }
        let events = VoidingEvents(
            home.state, issuer: statement.issuer,
            site: ground.accreditation?.accreditation.site
                ?? statement.statement["site"]?.string,
            on: statement.issued)
        if let outcome = events.outcome {
            return (outcome, "these statements of \(ground.name) were \(events.word), see the log")
        }
        return BatchRules(
            credential: .statement(statement), path: path, home: home, ground: ground,
            batch: batch
        ).outcome
    }
}
