import Credentials
import Encoding
import Language
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

    var outcome: (Check.Outcome, Message) {
        guard isIssuerKnown else {
            return (
                .undetermined(.awardingBodyUnknown),
                Message(
                    .checkIssuerStatementUnknown,
                    ["body": .text(statement.issuer), "country": .text(statement.country)])
            )
        }
        guard let ground else {
            let name = home.state.name(of: statement.issuer) ?? statement.issuer
            return (
                .failed(.notAccredited),
                Message(
                    .checkIssuerStatementNotAllowed,
                    [
                        "body": .text(name), "kind": .text(statement.kind.rawValue),
                        "date": .date(statement.issued),
                    ])
            )
        }
        if let item = ground.accreditation, let end = item.standing.end,
            end.isAnnulment || statement.issued >= end.effective
        {
            return (
                .failed(.accreditationWithdrawn),
                Message(
                    .checkIssuerStatementWithdrawn,
                    [
                        "body": .text(ground.name), "end": .date(end.effective),
                        "entry": .number(end.index), "date": .date(statement.issued),
                    ])
            )
        }
        let events = VoidingEvents(
            home.state, issuer: statement.issuer,
            site: ground.accreditation?.accreditation.site
                ?? statement.statement["site"]?.string,
            on: statement.issued)
        if let outcome = events.outcome { return (outcome, events.message(about: ground.name)) }
        return BatchRules(
            credential: .statement(statement), path: path, home: home, ground: ground,
            batch: batch
        ).outcome
    }
}
