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
        /// The names of what it mentions by id.
        let names: [String: String]
    }

    let outcome: Outcome?

    /// - Parameters:
    ///   - statements: those about the person that are authentic, the one asked about first
    ///     if it is one.
    ///   - awards: the person's further awards that are authentic.
    init(
        _ registry: FoldedRegistry, _ subjects: VerificationSubjects,
        _ credential: IssuedCredential, _ file: CredentialFile, _ issuer: IssuerFinding,
        statements: [VerifiedStatement], awards: [VerifiedAward]
    ) {
        let (knowledge, question) = (registry.knowledge, registry.question)
        let day = question.day ?? registry.now.day
        guard let destination = question.destination, let purpose = question.purpose else {
            outcome = nil
            return
        }
        let recognition = RecognitionQuestion(
            destination: destination, purpose: purpose, awards: [], target: question.target,
            occupations: subjects.occupations, day: day, facts: question.facts)
        let person = PersonStatements(statements, knowledge)
        var all: [Award] = []
        var isKnown = true
        if case .award(let award) = credential {
            if let qualification = issuer.qualification {
                all.append(
                    Award(
                        award, qualification, id: award.qualification,
                        reference: file.credential.reference,
                        site: issuer.accreditation?.accreditation.site))
            } else {
                isKnown = false
            }
        }
        for (number, award) in awards.enumerated() {
            guard let qualification = award.qualification else { continue }
            all.append(
                Award(
                    award.credential, qualification,
                    id: "\(award.credential.qualification)#\(number + 2)",
                    reference: award.reference, site: nil))
        }
        let (verdict, places) =
            isKnown
            ? WorthCheck.verdict(registry, person, all, recognition)
            : (RecognitionVerdict(.undetermined, reason: .qualificationUnknown), [:])
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
            verdict: verdict, places: places,
            names: NamesOfWorth(
                verdict, award: issuer.qualification, target: question.target.values["qual"],
                in: knowledge.log(of: knowledge.anchor.country)?.state
            ).names)
    }

    private static func verdict(
        _ registry: FoldedRegistry, _ person: PersonStatements, _ awards: [Award],
        _ question: RecognitionQuestion
    ) -> (RecognitionVerdict, [String: LogStatements.Place]) {
        let country = registry.knowledge.anchor.country
        guard Jurisdiction(country).covers(question.destination),
            let reading = registry.statements
        else {
            // The anchor of another country cannot speak for this one.
            return (RecognitionVerdict(.undetermined, reason: .noAnchorForDestination), [:])
        }
        var statements = reading.statements
        statements.formUnion(person.statements)
        statements.awards = awards
        var question = question
        question.unwatched =
            UnwatchedBodies(
                of: person.statements.decisions, registry.knowledge, question.purpose,
                at: registry.now
            ).names
        question.awards = awards.map(\.id)
        question.framework = registry.knowledge.log(of: country)?.state.ownFramework
        return (Resolver(statements, question).verdict, reading.places)
    }
}

extension Award {
    /// - Precondition: the checks before worth have found the credential good.
    fileprivate init(
        _ credential: QualificationCredential, _ qualification: Qualification, id: String,
        reference: String, site: String?
    ) {
        self.init(
            id: id, reference: reference, qualification: qualification, body: credential.issuer,
            site: site,
            awarded: credential.awarded, started: credential.started,
            validUntil: credential.validUntil, mode: credential.mode ?? "formal",
            units: credential.units, authenticity: .proven)
    }
}
