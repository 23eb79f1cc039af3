import Credentials
import Encoding
import Language
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
        if let event = voidingEvent(site: item.accreditation.site) {
            return (event, Message(voidingKey(event), ["body": .text(name)]))
        }
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

    private func voidingKey(_ outcome: Check.Outcome) -> MessageKey {
        switch outcome {
        case .failed: .checkIssuerVoid
        case .undetermined(.voided): .checkIssuerVoidSite
        default: .checkIssuerSuspended
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

    var outcome: (Check.Outcome, Message) {
        let entry = Message.Argument.number(batch.logged.index)
        guard batch.act.body == credential.issuer else {
            return (
                .failed(.batchOfAnother),
                Message(
                    .checkIssuerBatchOfAnother,
                    ["entry": entry, "body": .text(credential.issuer)])
            )
        }
        guard item.standing.logged.index < batch.logged.index else {
            return (
                .failed(.notAccredited),
                Message(
                    .checkIssuerAccreditedLater,
                    ["body": .text(name), "accreditor": .text(accreditor)])
            )
        }
        guard batch.standing.end == nil else {
            return (.failed(.voided), Message(.checkIssuerBatchWithdrawn, ["entry": entry]))
        }
        if isLate {
            return (
                .failed(.accreditationWithdrawn),
                Message(
                    .checkIssuerEnded,
                    ["entry": entry, "body": .text(name), "accreditor": .text(accreditor)])
            )
        }
        guard batch.standing.isMandated else {
            return (
                .failed(.batchWithoutEffect),
                Message(.checkIssuerBatchEffect, ["entry": entry])
            )
        }
        let awarded = credential.awarded
        guard batch.act.earliestAward <= awarded, awarded <= batch.act.latestAward else {
            return (
                .failed(.awardDateOutsideBatch),
                Message(.checkIssuerBatchDates, ["date": .date(awarded)])
            )
        }
        guard awarded <= loggedDay.adding(days: 1) else {
            return (
                .failed(.awardedAfterLogging),
                Message(
                    .checkIssuerAfterLogging,
                    ["date": .date(awarded), "logged": .date(loggedDay)])
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

    private var timeliness: (Check.Outcome, Message) {
        let awarded = credential.awarded
        let days = loggedDay.daysSince1970 - awarded.daysSince1970
        let act = item.accreditation
        let arguments: [String: Message.Argument] = [
            "body": .text(name), "accreditor": .text(accreditor), "since": .date(act.period.from),
            "date": .date(awarded), "logged": .date(loggedDay),
        ]
        guard days > act.loggingDays else {
            return (.passed, Message(.checkIssuerPassed, arguments))
        }
        guard act.allowsArchive, credential.archive != nil, act.period.contains(loggedDay) else {
            return (
                .undetermined(.loggedLate),
                Message(
                    .checkIssuerLate,
                    [
                        "days": .message(Message(.countDays, ["count": .number(days)])),
                        "allowed": .number(act.loggingDays),
                    ])
            )
        }
        return (.passed, Message(.checkIssuerArchive, arguments))
    }
}
