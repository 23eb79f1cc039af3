import Credentials
public import Encoding
public import Recognition
public import Verification

/// What an award that somebody hands over is worth everywhere: first whether it is genuine and
/// holds, and only then its worth.
public enum AwardSurvey: Sendable {
    /// It is not genuine, it does not hold, or that is not known: nothing is said of its worth.
    case refused(Verdict)
    /// No log at hand registers the qualification, as `id@version`.
    case unregistered(String)
    case award(Award, QualificationSurvey)

    /// Asks nobody and spends no challenge: the award's own holder need not show control of a
    /// key to learn what it is worth.
    public init(
        of input: VerificationInput, by desk: VerdictDesk, knowing knowledge: WorthKnowledge,
        at now: Timestamp
    ) throws {
        let question = VerificationQuestion(destination: nil, purpose: nil)
        let verdicts = try desk.verdicts(on: input, question: question, at: now)
        guard let verdict = verdicts.first, let place = input.judged.first else {
            throw VerificationError.text
        }
        guard verdict.isWorthAsking,
            let credential = try? QualificationCredential(parsing: input.files[place].credential)
        else {
            self = .refused(verdict)
            return
        }
        guard
            let survey = try QualificationSurvey(
                of: credential.qualification, version: credential.version,
                country: credential.country, on: credential.awarded, by: knowledge, at: now)
        else {
            self = .unregistered("\(credential.qualification)@\(credential.version)")
            return
        }
        let award = Award(
            id: credential.qualification, qualification: survey.qualification,
            body: credential.issuer, awarded: credential.awarded, started: credential.started,
            validUntil: credential.validUntil, mode: credential.mode ?? "formal",
            units: credential.units, authenticity: .proven)
        self = .award(award, survey)
    }
}

extension Verdict {
    /// Whether the certificate is genuine and holds, as far as the checks before worth say.
    fileprivate var isWorthAsking: Bool {
        checks.allSatisfy { check in
            check.outcome == .passed || check.step == .worth
                || check.outcome == .undetermined(.holderNotShown)
        }
    }
}
