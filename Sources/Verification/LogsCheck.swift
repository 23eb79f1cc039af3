import Credentials
import Encoding
import Recognition
import Registry
import TransparencyLog

/// Check 2: the anchor and the logs: opened, fresh enough, not forked, fully understood.
struct LogsCheck {
    let check: Check

    init(
        _ knowledge: Knowledge, _ question: VerificationQuestion,
        _ country: String, _ subjects: VerificationSubjects, _ now: Timestamp
    ) {
        let outcome = LogsCheck.outcome(knowledge, question, country, subjects, now)
        check = Check(.logs, outcome.0, outcome.1)
    }

    private static func outcome(
        _ knowledge: Knowledge, _ question: VerificationQuestion,
        _ country: String, _ subjects: VerificationSubjects, _ now: Timestamp
    ) -> (Check.Outcome, String) {
        let release = Freshness.release?.start ?? Timestamp(seconds: 0)
        let newest =
            (knowledge.logs.compactMap(\.quorumTime) + [knowledge.newestQuorumTime ?? release])
            .max() ?? release
        guard now >= release, now >= newest + -Freshness.clockTolerance else {
            return (
                .undetermined(.clock),
                "this machine's clock shows \(now), earlier than what witnesses have signed "
                    + "(\(max(newest, release))); set the clock"
            )
        }
        if case .dossier(let extract) = knowledge.provenance {
            if let objection = objection(to: extract) { return objection }
            guard knowledge.subjects.map(subjects.all.isSubset(of:)) ?? false else {
                return (
                    .undetermined(.extractIncomplete),
                    "the dossier's extract does not speak about everything that this question "
                        + "needs; ask for a dossier made for it"
                )
            }
        }
        let anchor = knowledge.anchor
        guard let own = knowledge.log(of: anchor.country) else {
            return (
                .undetermined(.noRegistryData),
                "no copy of the anchor's log \(anchor.pin.origin) is here; sync, or import a pack"
            )
        }
        guard let home = knowledge.log(of: country) else {
            return (
                .undetermined(.noRegistryData),
                "no copy of a log of \(country) is here that the anchor names; "
                    + "sync, or ask for a pack"
            )
        }
        for log in [own, home] {
            if let id = log.splitView {
                return (
                    .undetermined(.splitView),
                    "the log \(log.head.origin) has shown two histories (\(id)); "
                        + "nothing new in it is believed"
                )
            }
            if !subjects.all.isDisjoint(with: log.state.blockedSubjects) {
                return (
                    .undetermined(.unknownEntry),
                    "the log \(log.head.origin) holds an act about this that this version of "
                        + "Concord does not know; update Concord"
                )
            }
        }
        return freshness(knowledge, question, own, home, now)
    }

    private static func freshness(
        _ knowledge: Knowledge, _ question: VerificationQuestion, _ own: Knowledge.Log,
        _ home: Knowledge.Log, _ now: Timestamp
    ) -> (Check.Outcome, String) {
        let limit = knowledge.anchor.freshness.limit(
            for: question.purpose, isCarried: knowledge.isCarried)
        var parts: [String] = []
        let logs = own.head.origin == home.head.origin ? [own] : [own, home]
        for log in logs {
            guard let time = log.quorumTime ?? (knowledge.isCarried ? nil : log.followed) else {
                if knowledge.isCarried {
                    return (
                        .undetermined(.stale),
                        "no witness says how old this copy of the log of \(log.country) is; "
                            + "verify where the logs are at hand"
                    )
                }
                parts.append("\(log.country) unwitnessed")
                continue
            }
            let age = now.seconds(since: time)
            // The status rests on the home log; the anchor's statements alone may be older
            // where no one can be hurt and the verifier's own copies are at hand.
            let mustBeFresh =
                log.country == home.country || question.purpose?.isSafety == true
                || knowledge.isCarried
            if age > limit, mustBeFresh {
                return (
                    .undetermined(.stale),
                    "what is known of \(log.country) is \(Age.text(age)) old, more than "
                        + "the \(Age.text(limit)) allowed for this question; sync"
                )
            }
            parts.append(
                "\(log.country) \(Age.text(age)) old" + (age > limit ? " (stale)" : "")
                    + (log.isUnwitnessed ? ", unwitnessed" : ""))
        }
        let witnessed = own.isUnwitnessed || home.isUnwitnessed ? "" : ", seen by their witnesses"
        return (
            .passed, "logs opened under the anchor\(witnessed): \(parts.joined(separator: ", "))"
        )
    }

    private static func objection(
        to extract: Knowledge.ExtractOutcome
    ) -> (Check.Outcome, String)? {
        switch extract {
        case .believed, .listsDiffer: nil
        case .missing:
            (
                .undetermined(.extractMissing),
                "the dossier has no extract that says what still stands; ask for a new dossier"
            )
        case .notSigned:
            (
                .undetermined(.extractSignature),
                "the dossier's extract is not signed by enough holders that the anchor named"
            )
        case .mismatch:
            (
                .undetermined(.extractMismatch),
                "the acts in the dossier are not those of its signed extract: something was "
                    + "left out or changed; ask for a new dossier"
            )
        }
    }
}
