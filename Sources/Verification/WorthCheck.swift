import Credentials
import Encoding
import Language
import Recognition
import Registry

/// Check 7: what it is worth for the question; absent if nothing was asked.
struct WorthCheck {
    let outcome: (check: Check, verdict: RecognitionVerdict)?

    init(
        _ knowledge: Knowledge, _ subjects: VerificationSubjects,
        _ credential: QualificationCredential, _ issuer: IssuerFinding, on day: CalendarDate,
        _ question: VerificationQuestion
    ) {
        guard let destination = question.destination, let purpose = question.purpose else {
            outcome = nil
            return
        }
        let verdict = WorthCheck.verdict(
            knowledge, subjects, credential, issuer,
            RecognitionQuestion(
                destination: destination, purpose: purpose, target: subjects.target, day: day))
        let isOpen = verdict.word == .undetermined || verdict.word == .conflict
        outcome = (
            Check(
                .worth, isOpen ? .undetermined(.notDecided) : .passed,
                Message(
                    .checkWorth,
                    [
                        "destination": .text(destination), "code": .text(purpose.rawValue),
                        "word": .message(.word(verdict.word)),
                        "meaning": .message(.meaning(verdict.word)),
                    ])),
            verdict
        )
    }

    private static func verdict(
        _ knowledge: Knowledge, _ subjects: VerificationSubjects,
        _ credential: QualificationCredential, _ issuer: IssuerFinding,
        _ question: RecognitionQuestion
    ) -> RecognitionVerdict {
        let country = knowledge.anchor.country
        guard question.destination == country || question.destination.hasPrefix("\(country)-"),
            let destination = knowledge.log(of: country)
        else {
            // The anchor of another country cannot speak for this one.
            return RecognitionVerdict(.undetermined, reason: "no-anchor-for-destination")
        }
        guard let qualification = issuer.qualification else {
            return RecognitionVerdict(.undetermined, reason: "qualification-unknown")
        }
        let award = Award(
            id: credential.qualification, qualification: qualification, body: credential.issuer,
            awarded: credential.awarded, validUntil: credential.validUntil,
            started: credential.started, mode: credential.mode ?? "formal",
            units: credential.units)
        return Resolver(statements: destination.state, award: award, question: question).verdict
    }
}
