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

    init(
        _ knowledge: Knowledge, _ subjects: VerificationSubjects,
        _ credential: QualificationCredential, _ issuer: IssuerFinding, on day: CalendarDate,
        _ question: VerificationQuestion
    ) {
        guard let destination = question.destination, let purpose = question.purpose else {
            outcome = nil
            return
        }
        let recognition = RecognitionQuestion(
            destination: destination, purpose: purpose, awards: [credential.qualification],
            target: subjects.target, day: day)
        let (verdict, places) = WorthCheck.verdict(knowledge, credential, issuer, recognition)
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
            destination: .init(country: country, state: destination.state),
            others: knowledge.logs.map { .init(country: $0.country, state: $0.state) })
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
