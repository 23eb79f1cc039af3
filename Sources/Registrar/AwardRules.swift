import Encoding
import Issuance
import Registry
import TransparencyLog

/// Whether a body may issue an award today, as the log of its country stands.
///
/// `Protocol/batch.md § Checking`, asked before anything is signed: what these rules let through,
/// a verifier lets through too. Answers are kept, so that a year of awards is judged by its days.
struct AwardRules {
    /// Why not, and the code that a verifier would give for it.
    struct Refusal: Hashable {
        let code: String
        let error: RegistrarError
    }

    private struct Question: Hashable {
        let qualification: String
        let version: String
        let awarded: CalendarDate
        let isArchive: Bool
        let units: [String]?
    }

    private let state: LogState
    private let issuer: String
    private let key: NoteKey?
    private let now: Timestamp
    private let accreditations: [StandingAccreditation]
    private var answers: [Question: Refusal?] = [:]

    /// - Parameters:
    ///   - state: knows every act about the issuer and the qualifications that are asked about.
    ///   - key: with which the awards are to be signed; nil: any that the body was given.
    init(_ state: LogState, issuer: String, key: NoteKey?, at now: Timestamp) {
        self.state = state
        self.issuer = issuer
        self.key = key
        self.now = now
        accreditations = state.accreditations(of: issuer)
    }

    mutating func refusal(of request: AwardRequest) -> Refusal? {
        let question = Question(
            qualification: request.qualification, version: request.version,
            awarded: request.awarded, isArchive: request.archive != nil, units: request.units)
        if let known = answers[question] { return known }
        let answer = registration(question) ?? accreditation(question)
        // Units make many questions; those of strangers must not fill the memory.
        if answers.count < 65_536 { answers[question] = .some(answer) }
        return answer
    }

    /// A version that the log does not register on the day of the award is nobody's to award.
    private func registration(_ question: Question) -> Refusal? {
        let registered = state.qualifications(question.qualification)
            .filter { $0.1.stands(on: question.awarded) }.map(\.qualification)
        guard let version = registered.last(where: { $0.version == question.version }) else {
            return Refusal(
                code: "qualification-unknown",
                error: .notRegistered(
                    qualification: question.qualification, version: question.version,
                    registered: Set(registered.map(\.version)).sorted()))
        }
        let known = Set(version.units.map(\.code))
        let unknown = (question.units ?? []).filter { !known.contains($0) }
        return unknown.isEmpty
            ? nil
            : Refusal(
                code: "unknown-unit",
                error: .unknownUnits(
                    qualification: question.qualification, version: question.version,
                    units: unknown))
    }

    private func accreditation(_ question: Question) -> Refusal? {
        func refused(_ code: String, _ reason: String) -> Refusal {
            Refusal(
                code: code,
                error: .notAccredited(
                    body: issuer, qualification: question.qualification, reason: reason))
        }
        guard !accreditations.isEmpty else {
            return refused("awarding-body-unknown", "no accreditation of it is in the log")
        }
        let covering = accreditations.filter { item in
            (key.map { item.accreditation.key == $0 } ?? true)
                && item.accreditation.covers(question.qualification, on: question.awarded)
        }
        guard !covering.isEmpty else {
            return refused(
                "awarded-outside-mandate",
                "its accreditation does not cover it on \(question.awarded) with this key")
        }
        let standing = covering.filter { $0.standing.end == nil }
        guard !standing.isEmpty else {
            return refused(
                "accreditation-withdrawn", "its accreditation has ended [accreditation-withdrawn]")
        }
        let keyed = standing.filter { state.grant(of: $0)?.signs(at: .max - 1) ?? false }
        guard !keyed.isEmpty else {
            return refused("key-compromised", "its key was compromised; it needs a new one")
        }
        guard question.awarded <= now.day else {
            return refused("awarded-after-logging", "the award is dated in the future")
        }
        // SPEC: one accreditation may cover the day of the award and its successor today.
        let runs = accreditations.contains { item in
            (key.map { item.accreditation.key == $0 } ?? true) && item.standing.end == nil
                && item.accreditation.covers(question.qualification, on: now.day)
        }
        guard runs else {
            return refused(
                "accreditation-ended",
                "no accreditation of it for this qualification runs today, \(now.day)")
        }
        let days = now.day.daysSince1970 - question.awarded.daysSince1970
        if keyed.contains(where: { days <= $0.accreditation.loggingDays }) { return nil }
        let archives = keyed.filter { $0.accreditation.allowsArchive }
        guard question.isArchive, !archives.isEmpty else {
            return refused(
                "logged-late",
                "the award is older than may be logged; an archive confirmation needs an "
                    + "`archive` page and an accreditation that allows it")
        }
        // A verifier asks that the accreditation still runs on the day of the confirmation.
        guard archives.contains(where: { $0.accreditation.period.contains(now.day) }) else {
            return refused(
                "logged-late",
                "the accreditation that covers \(question.awarded) no longer runs, and confirms "
                    + "nothing today")
        }
        return nil
    }
}
