import Credentials
import Encoding
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
    private var noun: String { credential.noun }

    var outcome: (Check.Outcome, String) {
        guard let path else {
            return (
                .undetermined(.notInBatch),
                "the certificate names no batch in the log: it may be back-dated; ask \(name) "
                    + "for the file with its batch"
            )
        }
        guard let batch else {
            let isBeyond = path.entryIndex >= home.head.size
            return (
                .undetermined(.batchNotHeld),
                "entry \(path.entryIndex) of \(path.origin) is "
                    + (isBeyond ? "newer than the copy here; sync" : "not a batch that counts")
            )
        }
        return outcome(of: batch)
    }

    private func outcome(of batch: StandingBatch) -> (Check.Outcome, String) {
        let entry = "entry \(batch.logged.index)"
        let loggedDay = batch.logged.loggedTime.day
        guard batch.act.body == credential.frame.issuer else {
            return (
                .failed(.batchOfAnother),
                "\(entry) is a batch of another body than \(credential.frame.issuer)"
            )
        }
        if let item = ground.accreditation {
            guard item.standing.logged.index < batch.logged.index else {
                return (
                    .failed(.notAccredited),
                    "\(name) was accredited by \(accreditor(of: item)) only after the batch was "
                        + "logged"
                )
            }
        }
        guard batch.standing.end == nil else {
            return (.failed(.voided), "the batch at \(entry) was withdrawn")
        }
        if let item = ground.accreditation, isLate(batch, item) {
            return (
                .failed(.accreditationWithdrawn),
                "the batch was logged at \(entry), after the accreditation of \(name) had ended, "
                    + "and \(accreditor(of: item)) did not countersign it"
            )
        }
        guard batch.standing.isMandated else {
            return (
                .failed(.batchWithoutEffect),
                "the batch at \(entry) has no effect: the body was not allowed to make it"
            )
        }
        guard batch.act.earliestAward <= day, day <= batch.act.latestAward else {
            return (
                .failed(.awardDateOutsideBatch),
                "the \(noun) is dated \(day), outside the days that its batch states"
            )
        }
        guard day <= loggedDay.adding(days: 1) else {
            return (
                .failed(.awardedAfterLogging),
                "the \(noun) is dated \(day), after its batch was logged on \(loggedDay)"
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

    private func timeliness(_ loggedDay: CalendarDate) -> (Check.Outcome, String) {
        let days = loggedDay.daysSince1970 - day.daysSince1970
        let since = ground.period.from
        let scope =
            ground.accreditation.map {
                "\(name), accredited by \(accreditor(of: $0)) since \(since)"
            } ?? "\(name), mandated since \(since)"
        guard days > ground.loggingDays else {
            return (
                .passed,
                "\(scope), was allowed to \(credential.verb) it on \(day); logged \(loggedDay)"
            )
        }
        guard ground.allowsArchive, credential.isArchiveConfirmation,
            ground.period.contains(loggedDay)
        else {
            return (
                .undetermined(.loggedLate),
                "logged \(days) days after the \(noun), more than the \(ground.loggingDays) "
                    + "allowed, and not an archive confirmation that the body may make"
            )
        }
        return (
            .passed, "\(scope), confirmed this award of \(day) from its archive on \(loggedDay)"
        )
    }
}
