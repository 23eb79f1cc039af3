import Credentials
public import Encoding
import Language
public import Recognition
import Registry
import TransparencyLog

/// Check 2: the anchor and the logs: opened, fresh enough, not forked, fully understood.
public struct LogsCheck {
    public let check: Check

    /// - Parameters:
    ///   - purpose: what is asked; nil: authenticity alone.
    ///   - country: the one whose log is needed beside the anchor's own.
    ///   - subjects: those that the question is about.
    public init(
        _ knowledge: Knowledge, for purpose: Purpose?, of country: String,
        about subjects: Set<String>, at now: Timestamp
    ) {
        let outcome = LogsCheck.outcome(knowledge, purpose, country, subjects, now)
        check = Check(.logs, outcome.0, outcome.1)
    }

    private static func outcome(
        _ knowledge: Knowledge, _ purpose: Purpose?,
        _ country: String, _ subjects: Set<String>, _ now: Timestamp
    ) -> (Check.Outcome, Message) {
        let release = Freshness.release?.start ?? Timestamp(seconds: 0)
        let newest =
            (knowledge.logs.compactMap(\.quorumTime) + [knowledge.newestQuorumTime ?? release])
            .max() ?? release
        guard now >= release, now >= newest + -Freshness.clockTolerance else {
            return (
                .undetermined(.clock),
                Message(
                    .checkLogsClock, ["now": .time(now), "newest": .time(max(newest, release))])
            )
        }
        if case .dossier(let extract) = knowledge.provenance {
            if let objection = objection(to: extract) { return objection }
            guard knowledge.subjects.map(subjects.isSubset(of:)) ?? false else {
                return (
                    .undetermined(.extractIncomplete),
                    Message(.checkLogsExtractIncomplete)
                )
            }
        }
        let anchor = knowledge.anchor
        guard let own = knowledge.log(of: anchor.country) else {
            return (
                .undetermined(.noRegistryData),
                awaited(knowledge, anchor.country)
                    ?? Message(.checkLogsNoAnchorLog, ["origin": .text(anchor.pin.origin)])
            )
        }
        guard let home = knowledge.log(of: country) else {
            return (
                .undetermined(.noRegistryData),
                awaited(knowledge, country)
                    ?? Message(.checkLogsNoHomeLog, ["country": .text(country)])
            )
        }
        for log in [own, home] {
            if let id = log.splitView {
                return (
                    .undetermined(.splitView),
                    Message(
                        .checkLogsSplitView,
                        ["origin": .text(log.head.origin), "id": .text("\(id)")])
                )
            }
            if !subjects.isDisjoint(with: log.state.blockedSubjects) {
                return (
                    .undetermined(.unknownEntry),
                    Message(.checkLogsUnknownEntry, ["origin": .text(log.head.origin)])
                )
            }
        }
        return freshness(knowledge, purpose, own, home, now)
    }

    /// What a log waits for that is here, but that too few witnesses have seen.
    private static func awaited(_ knowledge: Knowledge, _ country: String) -> Message? {
        knowledge.awaited.first { $0.country == country }.map { log in
            Message(
                .checkLogsNotYetWitnessed,
                [
                    "origin": .text(log.origin),
                    "needed": .number(Int64(log.policy.leastQuorum)),
                    "total": .number(Int64(log.policy.witnesses.count)),
                ])
        }
    }

    private static func freshness(
        _ knowledge: Knowledge, _ purpose: Purpose?, _ own: Knowledge.Log,
        _ home: Knowledge.Log, _ now: Timestamp
    ) -> (Check.Outcome, Message) {
        let limit = knowledge.anchor.freshness.limit(
            for: purpose, isCarried: knowledge.isCarried)
        var parts: [Message.Argument] = []
        let logs = own.head.origin == home.head.origin ? [own] : [own, home]
        for log in logs {
            guard let time = log.quorumTime ?? (knowledge.isCarried ? nil : log.followed) else {
                if knowledge.isCarried {
                    return (
                        .undetermined(.stale),
                        Message(.checkLogsAgeless, ["country": .text(log.country)])
                    )
                }
                parts.append(
                    .message(Message(.checkLogsUnwitnessed, ["country": .text(log.country)])))
                continue
            }
            let age = now.seconds(since: time)
            // The status rests on the home log; the anchor's statements alone may be older
            // where no one can be hurt and the verifier's own copies are at hand.
            let mustBeFresh =
                log.country == home.country || purpose?.isSafety == true
                || knowledge.isCarried
            if age > limit, mustBeFresh {
                return (
                    .undetermined(.stale),
                    Message(
                        .checkLogsStale,
                        [
                            "country": .text(log.country), "age": .message(.age(age)),
                            "limit": .message(.age(limit)),
                        ])
                )
            }
            let part = Message(
                age > limit ? .checkLogsAgeStale : .checkLogsAge,
                ["country": .text(log.country), "age": .message(.age(age))])
            parts.append(
                .message(
                    log.isUnwitnessed
                        ? Message(.checkLogsAndUnwitnessed, ["age": .message(part)]) : part))
        }
        let isUnwitnessed = own.isUnwitnessed || home.isUnwitnessed
        return (
            .passed,
            Message(
                isUnwitnessed ? .checkLogsPassed : .checkLogsWitnessed,
                ["logs": .list(parts, .comma)])
        )
    }

    private static func objection(
        to extract: Knowledge.ExtractOutcome
    ) -> (Check.Outcome, Message)? {
        switch extract {
        case .believed, .listsDiffer: nil
        case .missing:
            (.undetermined(.extractMissing), Message(.checkLogsExtractMissing))
        case .notSigned:
            (.undetermined(.extractSignature), Message(.checkLogsExtractSignature))
        case .mismatch:
            (.undetermined(.extractMismatch), Message(.checkLogsExtractMismatch))
        }
    }
}
