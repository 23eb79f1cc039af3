import Credentials
import Encoding
import Registry
import TransparencyLog

/// Check 3: whether the body was allowed to award it that day, and when the log saw it.
struct IssuerFinding {
    let check: Check
    let accreditation: StandingAccreditation?
    let qualification: Qualification?
    /// The batch that the credential names, if the log holds it there.
    let batch: (act: Batch, logged: LoggedEntry)?
    let home: Knowledge.Log?

    init(
        _ credential: QualificationCredential, _ path: BatchPath?, _ home: Knowledge.Log?,
        _ now: Timestamp
    ) {
        self.home = home
        guard let home else {
            accreditation = nil
            qualification = nil
            batch = nil
            check = Check(
                .issuer, .undetermined(.noRegistryData),
                "nothing is known here about awarding bodies in \(credential.country)")
            return
        }
        let versions = home.state.qualifications(credential.qualification)
        qualification =
            versions.last { $0.qualification.version == credential.version }?.qualification
        let batch = IssuerFinding.batch(path, home)
        self.batch = batch
        let accreditations = home.state.accreditations(of: credential.issuer)
        accreditation =
            accreditations.last {
                $0.accreditation.covers(credential.qualification, on: credential.awarded)
                    && $0.standing.stands(on: credential.awarded)
            } ?? accreditations.last
        let (outcome, detail) = IssuerRules(
            credential: credential, path: path, home: home, now: now,
            accreditations: accreditations,
            accreditation: accreditation, isQualificationKnown: qualification != nil, batch: batch
        ).outcome
        check = Check(.issuer, outcome, detail)
    }

    private static func batch(
        _ path: BatchPath?, _ home: Knowledge.Log
    ) -> (act: Batch, logged: LoggedEntry)? {
        guard let path, path.origin == home.head.origin else { return nil }
        for standing in home.state.acts where standing.logged.index == path.entryIndex {
            if case .batch(let act) = standing.act { return (act, standing.logged) }
        }
        return nil
    }
}

/// The rules of check 3, in their order.
private struct IssuerRules {
    let credential: QualificationCredential
    let path: BatchPath?
    let home: Knowledge.Log
    let now: Timestamp
    let accreditations: [StandingAccreditation]
    let accreditation: StandingAccreditation?
    let isQualificationKnown: Bool
    let batch: (act: Batch, logged: LoggedEntry)?

    var outcome: (Check.Outcome, String) {
        guard let accreditation else {
            return (
                .undetermined(.awardingBodyUnknown),
                "no accreditation of the body \(credential.issuer) is in the log of "
                    + "\(credential.country); that is not proof of a forgery"
            )
        }
        let name = accreditation.accreditation.names.text(in: [])
        let author = accreditation.standing.logged.entry.envelope.author
        let accreditor = home.state.name(of: author) ?? author
        guard
            accreditation.accreditation.covers(credential.qualification, on: credential.awarded)
        else {
            return (
                .failed(.notAccredited),
                "\(name) was not accredited by \(accreditor) for \(credential.qualification) on "
                    + "\(credential.awarded)"
            )
        }
        if let end = accreditation.standing.end,
            end.isAnnulment || credential.awarded >= end.effective
        {
            return (
                .failed(.accreditationWithdrawn),
                "\(accreditor) withdrew the accreditation of \(name) from \(end.effective) on "
                    + "(entry \(end.index)); the award is dated \(credential.awarded)"
            )
        }
        if let event = voidingEvent {
            return (event, "\(accreditor) has \(voidingWord(event)) these awards of \(name)")
        }
        guard isQualificationKnown else {
            return (
                .undetermined(.qualificationUnknown),
                "the version of \(credential.qualification) is not in the log of "
                    + "\(credential.country)"
            )
        }
        return batchOutcome(accreditation, name: name, accreditor: accreditor)
    }

    private func batchOutcome(
        _ accreditation: StandingAccreditation, name: String, accreditor: String
    ) -> (Check.Outcome, String) {
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
        guard batch.act.body == credential.issuer else {
            return (
                .failed(.batchOfAnother),
                "entry \(path.entryIndex) is a batch of another body than \(credential.issuer)"
            )
        }
        let awarded = credential.awarded
        guard batch.act.earliestAward <= awarded, awarded <= batch.act.latestAward else {
            return (
                .failed(.awardDateOutsideBatch),
                "the award is dated \(awarded), outside the days that its batch states"
            )
        }
        let loggedDay = batch.logged.loggedTime.day
        guard awarded <= loggedDay.adding(days: 1) else {
            return (
                .failed(.awardedAfterLogging),
                "the award is dated \(awarded), after its batch was logged on \(loggedDay)"
            )
        }
        if isWithoutEffect(batch.logged) {
            return (
                .failed(.accreditationWithdrawn),
                "the batch was logged at entry \(batch.logged.index), after the accreditation of "
                    + "\(name) had ended, and \(accreditor) did not countersign it"
            )
        }
        let days = loggedDay.daysSince1970 - awarded.daysSince1970
        let act = accreditation.accreditation
        let scope = "\(name), accredited by \(accreditor) since \(act.period.from)"
        if days > act.loggingDays {
            guard act.allowsArchive, credential.archive != nil else {
                return (
                    .undetermined(.loggedLate),
                    "logged \(days) days after the award, more than the \(act.loggingDays) "
                        + "allowed, and not an archive confirmation that the body may make"
                )
            }
            return (
                .passed,
                "\(scope), confirmed this award of \(awarded) from its archive on \(loggedDay)"
            )
        }
        return (.passed, "\(scope), was allowed to award it on \(awarded); logged \(loggedDay)")
    }

    private func isWithoutEffect(_ logged: LoggedEntry) -> Bool {
        home.state.act(logged.entry.identity)?.isMandated == false
    }

    private var voidingEvent: Check.Outcome? {
        var outcome: Check.Outcome?
        for (event, _) in home.state.statusEvents(about: credential.issuer) {
            let site = accreditation?.accreditation.site
            guard
                event.selects(
                    body: credential.issuer, site: site, awarded: credential.awarded)
            else { continue }
            switch event.kind {
            case .void: outcome = .failed(.voided)
            case .suspend: outcome = .undetermined(.suspended)
            case .reinstate: outcome = nil
            case .compromise: break
            }
        }
        return outcome
    }

    private func voidingWord(_ outcome: Check.Outcome) -> String {
        outcome.severity == 2 ? "declared void" : "suspended"
    }
}
