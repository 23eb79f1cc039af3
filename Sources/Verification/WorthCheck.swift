import Credentials
import Encoding
import Language
import Recognition
import Registry

/// Check 7: what it is worth for the question; absent if nothing was asked.
struct WorthCheck {
    /// What the engine said, and where the statements that it named stand.
    struct Outcome {
        let check: Check
        let verdict: RecognitionVerdict
        let places: [String: LogStatements.Place]
    }

    let outcome: Outcome?

    /// - Parameters:
    ///   - statements: those about the person that are authentic, the one asked about first
    ///     if it is one; not yet part of the answer.
    ///   - awards: the person's further awards that are authentic; not yet part of the answer.
    init(
        _ knowledge: Knowledge, _ subjects: VerificationSubjects,
        _ credential: IssuedCredential, _ issuer: IssuerFinding,
        statements: [VerifiedStatement], awards: [VerifiedAward], on day: CalendarDate,
        _ question: VerificationQuestion
    ) {
        guard let destination = question.destination, let purpose = question.purpose else {
            outcome = nil
            return
        }
        let verdict: RecognitionVerdict
        let places: [String: LogStatements.Place]
        switch credential {
        case .award(let award):
            let recognition = RecognitionQuestion(
                destination: destination, purpose: purpose, awards: [award.qualification],
                target: subjects.target, day: day)
            (verdict, places) = WorthCheck.verdict(knowledge, award, issuer, recognition)
        case .statement:
            (verdict, places) = (RecognitionVerdict(.undetermined, reason: .noAward), [:])
        }
        let isOpen = verdict.word == .undetermined || verdict.word == .conflict
        outcome = Outcome(
            check: Check(
                .worth, isOpen ? .undetermined(.notDecided) : .passed,
                Message(
                    .checkWorth,
                    [
                        "destination": .text(destination), "code": .text(purpose.rawValue),
                        "word": .message(.word(verdict.word)),
                        "meaning": .message(.meaning(verdict.word)),
                    ])),
            verdict: verdict, places: places)
    }

    private static func verdict(
        _ knowledge: Knowledge, _ credential: QualificationCredential, _ issuer: IssuerFinding,
        _ question: RecognitionQuestion
    ) -> (RecognitionVerdict, [String: LogStatements.Place]) {
        let country = knowledge.anchor.country
        guard Jurisdiction(country).covers(question.destination),
            let destination = knowledge.log(of: country)
        else {
            // The anchor of another country cannot speak for this one.
            return (RecognitionVerdict(.undetermined, reason: .noAnchorForDestination), [:])
        }
        guard let qualification = issuer.qualification else {
            return (RecognitionVerdict(.undetermined, reason: .qualificationUnknown), [:])
        }
        let reading = LogStatements(
            destination: .init(country: country, acts: destination.state.acts),
            others: knowledge.logs.map { .init(country: $0.country, acts: $0.state.acts) })
        var statements = reading.statements
        statements.awards = [
            Award(
                id: credential.qualification, qualification: qualification,
                body: credential.issuer, site: issuer.accreditation?.accreditation.site,
                awarded: credential.awarded, started: credential.started,
                validUntil: credential.validUntil, mode: credential.mode ?? "formal",
                units: credential.units, authenticity: .proven)
        ]
        return (Resolver(statements, question).verdict, reading.places)
    }
}
