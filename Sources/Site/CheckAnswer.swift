internal import Credentials
internal import Encoding
internal import Language
internal import Node
internal import Pages
internal import Recognition
internal import Registrar
internal import Registry
internal import Verification

/// What becomes of a certificate that somebody hands over on the page.
///
/// It is judged in memory: nothing of it is written, kept or logged. A presentation that answers
/// a challenge answers none of this page's, so its holder is not shown here.
struct CheckAnswer {
    let page: Page
    let status: Int

    init(
        _ handed: Result<HandedOver, SiteProblem>, desk: VerdictDesk, pictures: PictureReader,
        room: QuestionRoom, visit: Visit, atlas: Atlas
    ) async {
        var form = CheckForm()
        do {
            let handed = try handed.get()
            form.destination = handed.text("destination")
            form.purpose = handed.text("purpose")
            form.occupation = handed.text("occupation")
            form.targetQualification = handed.text("target")
            let question = try CheckAnswer.question(form)
            let certificate = try await handed.certificate(reading: pictures)
            let input = try HandedOver.input(certificate)
            page = try await room.answering {
                Page.verdicts(
                    try desk.answers(to: question, on: input, at: visit.now), atlas,
                    in: visit.context)
            }.bringing(handed.again(certificate))
            status = 200
        } catch {
            let error = SiteProblem(error)
            page = .check(atlas, form, problem: error.message, in: visit.context)
            status = error.status
        }
    }

    private static func question(
        _ form: CheckForm
    ) throws(SiteProblem) -> VerificationQuestion {
        var target: [String: String] = [:]
        // A form without a country sends a purpose all the same.
        let purpose = form.destination == nil ? nil : form.purpose
        if let occupation = form.occupation {
            switch EnteredOccupation(occupation) {
            case .code(let code): target["occ"] = code
            case .unclear(let candidates):
                throw .occupation(occupation, candidates: candidates)
            }
        }
        target["qual"] = form.targetQualification
        return try AskedQuestion(
            destination: form.destination, purpose: purpose, target: target
        ).question
    }
}

extension VerdictDesk {
    /// One verdict for each award that was handed over; nothing is looked up of challenges, and
    /// nothing written.
    func answers(
        to question: VerificationQuestion, on input: VerificationInput,
        with supporting: [CredentialFile] = [], at now: Timestamp
    ) throws(SiteProblem) -> [Verdict] {
        do {
            return try verdicts(on: input, with: supporting, question: question, at: now)
        } catch let error as VerificationError {
            throw .malformed(error.description)
        } catch {
            throw .failed
        }
    }
}
