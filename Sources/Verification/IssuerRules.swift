import Credentials
import Encoding
import Registry
import TransparencyLog

/// The rules of check 3, in their order: the body, then its batch.
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
        if let event = voidingEvent(site: item.accreditation.site) {
            return (event, "these awards of \(name) were \(voidingWord(event)), see the log")
        }
        guard isQualificationKnown else {
            return (
                .undetermined(.qualificationUnknown),
                "the version of \(credential.qualification) is not in the log of "
                    + "\(credential.country)"
            )
        }
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
        return BatchRules(
            credential: credential, home: home, item: item, batch: batch, name: name,
            accreditor: accreditor
        ).outcome
    }

    /// What the events about the body say of this award: void for good, or suspended until the
    /// one who suspended it reinstates it.
    private func voidingEvent(site: String?) -> Check.Outcome? {
        var suspending: Set<String> = []
        var isVoid = false
        var isOpen = false
        for (event, logged) in home.state.statusEvents(about: credential.issuer) {
            let author = logged.entry.envelope.author
            let isSelected = event.selects(
                body: credential.issuer, site: site, awarded: credential.awarded)
            switch (event.kind, isSelected) {
            case (.void, true?): isVoid = true
            case (.void, nil): isOpen = true
            case (.suspend, true?), (.suspend, nil): suspending.insert(author)
            case (.reinstate, true?): suspending.remove(author)
            default: break
            }
        }
        if isVoid { return .failed(.voided) }
        if isOpen { return .undetermined(.voided) }
        return suspending.isEmpty ? nil : .undetermined(.suspended)
    }

    private func voidingWord(_ outcome: Check.Outcome) -> String {
        switch outcome {
        case .failed: "declared void"
        case .undetermined(.voided): "declared void for some sites, and its site is not known"
        default: "suspended"
        }
    }
}

/// The rules of check 3 about the batch.
struct BatchRules {
    let credential: QualificationCredential
    let home: Knowledge.Log
    let item: StandingAccreditation
    let batch: StandingBatch
    let name: String
    let accreditor: String

    private var loggedDay: CalendarDate { batch.logged.loggedTime.day }

    var outcome: (Check.Outcome, String) {
        let entry = "entry \(batch.logged.index)"
        guard batch.act.body == credential.issuer else {
            return (
                .failed(.batchOfAnother),
                "\(entry) is a batch of another body than \(credential.issuer)"
            )
        }
        guard item.standing.logged.index < batch.logged.index else {
            return (
                .failed(.notAccredited),
                "\(name) was accredited by \(accreditor) only after the batch was logged"
            )
        }
        guard batch.standing.end == nil else {
            return (.failed(.voided), "the batch at \(entry) was withdrawn")
        }
        if isLate {
            return (
                .failed(.accreditationWithdrawn),
                "the batch was logged at \(entry), after the accreditation of \(name) had ended, "
                    + "and \(accreditor) did not countersign it"
            )
        }
        guard batch.standing.isMandated else {
            return (
                .failed(.batchWithoutEffect),
                "the batch at \(entry) has no effect: the body was not allowed to make it"
            )
        }
        let awarded = credential.awarded
        guard batch.act.earliestAward <= awarded, awarded <= batch.act.latestAward else {
            return (
                .failed(.awardDateOutsideBatch),
                "the award is dated \(awarded), outside the days that its batch states"
            )
        }
        guard awarded <= loggedDay.adding(days: 1) else {
            return (
                .failed(.awardedAfterLogging),
                "the award is dated \(awarded), after its batch was logged on \(loggedDay)"
            )
        }
        return timeliness
    }

    /// Whether this accreditation had ended when the batch was logged, and its accreditor did
    /// not sign the batch too.
    private var isLate: Bool {
        guard let end = item.standing.end,
            !item.standing.stands(at: batch.logged.index, on: loggedDay)
        else { return false }
        return end.isAnnulment || credential.awarded >= end.effective
            || !home.state.isCountersigned(batch.logged, for: item)
    }

    private var timeliness: (Check.Outcome, String) {
        let awarded = credential.awarded
        let days = loggedDay.daysSince1970 - awarded.daysSince1970
        let act = item.accreditation
        let scope = "\(name), accredited by \(accreditor) since \(act.period.from)"
        guard days > act.loggingDays else {
            return (.passed, "\(scope), was allowed to award it on \(awarded); logged \(loggedDay)")
        }
        guard act.allowsArchive, credential.archive != nil, act.period.contains(loggedDay) else {
            return (
                .undetermined(.loggedLate),
                "logged \(days) days after the award, more than the \(act.loggingDays) "
                    + "allowed, and not an archive confirmation that the body may make"
            )
        }
        return (
            .passed, "\(scope), confirmed this award of \(awarded) from its archive on \(loggedDay)"
        )
    }
}
