import Credentials
import Encoding
import Language
import Registry
import TransparencyLog

/// The rules of check 3 about the batch.
struct BatchRules {
    let credential: IssuedCredential
    let path: BatchPath?
    let home: Knowledge.Log
    let ground: IssuerGround
    let batch: StandingBatch?

    private var name: String { ground.name }
    private var day: CalendarDate { credential.day }

    var outcome: (Check.Outcome, Message) {
        guard let path else {
            return (
                .undetermined(.notInBatch),
                Message(.checkIssuerNoBatch, ["body": .text(name)])
            )
        }
        guard let batch else {
            let isBeyond = path.entryIndex >= home.head.size
            return (
                .undetermined(.batchNotHeld),
                Message(
                    isBeyond ? .checkIssuerBatchNewer : .checkIssuerBatchNotCounted,
                    ["entry": .number(path.entryIndex), "origin": .text(path.origin)])
            )
        }
        return outcome(of: batch)
    }

    private func outcome(of batch: StandingBatch) -> (Check.Outcome, Message) {
        let entry = Message.Argument.number(batch.logged.index)
        let loggedDay = batch.logged.loggedTime.day
        guard batch.act.body == credential.frame.issuer else {
            return (
                .failed(.batchOfAnother),
                Message(
                    .checkIssuerBatchOfAnother,
                    ["entry": entry, "body": .text(credential.frame.issuer)])
            )
        }
        if let item = ground.accreditation {
            guard item.standing.logged.index < batch.logged.index else {
                return (
                    .failed(.notAccredited),
                    Message(
                        .checkIssuerAccreditedLater,
                        ["body": .text(name), "accreditor": .text(accreditor(of: item))])
                )
            }
        }
        guard batch.standing.end == nil else {
            return (.failed(.voided), Message(.checkIssuerBatchWithdrawn, ["entry": entry]))
        }
        if let item = ground.accreditation, isLate(batch, item) {
            return (
                .failed(.accreditationWithdrawn),
                Message(
                    .checkIssuerEnded,
                    [
                        "entry": entry, "body": .text(name),
                        "accreditor": .text(accreditor(of: item)),
                    ])
            )
        }
        guard batch.standing.isMandated else {
            return (
                .failed(.batchWithoutEffect),
                Message(.checkIssuerBatchEffect, ["entry": entry])
            )
        }
        guard batch.act.earliestAward <= day, day <= batch.act.latestAward else {
            return (
                .failed(.awardDateOutsideBatch),
                Message(.checkIssuerBatchDates, ["date": .date(day)])
            )
        }
        guard day <= loggedDay.adding(days: 1) else {
            return (
                .failed(.awardedAfterLogging),
                Message(
                    .checkIssuerAfterLogging,
                    ["date": .date(day), "logged": .date(loggedDay)])
            )
        }
        return timeliness(loggedDay)
    }

    private func accreditor(of item: StandingAccreditation) -> String {
        home.state.name(of: item.accreditor) ?? item.accreditor
    }

    /// Whether this accreditation had ended when the batch was logged, and its accreditor did
    /// not sign the batch too.
    private func isLate(_ batch: StandingBatch, _ item: StandingAccreditation) -> Bool {
        guard let end = item.standing.end,
            !item.standing.stands(at: batch.logged.index, on: batch.logged.loggedTime.day)
        else { return false }
        return end.isAnnulment || day >= end.effective
            || !home.state.isCountersigned(batch.logged, for: item)
    }

    private func timeliness(_ loggedDay: CalendarDate) -> (Check.Outcome, Message) {
        let days = loggedDay.daysSince1970 - day.daysSince1970
        var arguments: [String: Message.Argument] = [
            "body": .text(name), "since": .date(ground.period.from), "date": .date(day),
            "logged": .date(loggedDay),
        ]
        arguments["accreditor"] = ground.accreditation.map { .text(accreditor(of: $0)) }
        guard days > ground.loggingDays else {
            let key: MessageKey =
                ground.accreditation == nil
                ? .checkIssuerPassedMandate
                : credential.isAward ? .checkIssuerPassed : .checkIssuerPassedStatement
            return (.passed, Message(key, arguments))
        }
        guard ground.allowsArchive, credential.isArchiveConfirmation,
            ground.period.contains(loggedDay)
        else {
            return (
                .undetermined(.loggedLate),
                Message(
                    .checkIssuerLate,
                    [
                        "days": .message(Message(.countDays, ["count": .number(days)])),
                        "allowed": .number(ground.loggingDays),
                    ])
            )
        }
        return (.passed, Message(.checkIssuerArchive, arguments))
    }
}
