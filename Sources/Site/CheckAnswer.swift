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

    init(desk: VerdictDesk, pictures: PictureReader, visit: Visit, atlas: Atlas) async {
        var form = CheckForm()
        do {
            let handed = try HandedOver(visit.request)
            form.destination = handed.text("destination")
            form.purpose = handed.text("purpose")
            form.occupation = handed.text("occupation")
            form.targetQualification = handed.text("target")
            let question = try CheckAnswer.question(form)
            let input = try await handed.input(reading: pictures)
            page = .verdicts(
                try desk.answers(to: question, on: input, at: visit.now), in: visit.context)
            status = 200
        } catch {
            page = .check(atlas, form, problem: error.message, in: visit.context)
            status = error.status
        }
    }

    private static func question(
        _ form: CheckForm
    ) throws(SiteProblem) -> VerificationQuestion {
        var target: [String: String] = [:]
        if let occupation = form.occupation {
            guard let code = CheckForm.occupationCode(occupation) else {
                throw .malformed(occupation)
            }
            target["occ"] = code
        }
        target["qual"] = form.targetQualification
        return try PageDesk.question(
            destination: form.destination, purpose: form.purpose, target: target)
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

extension PageDesk {
    /// A question as people or programs state it, refused where it is none.
    static func question(
        destination: String?, purpose: String?, target: [String: String],
        facts: JSONObject = JSONObject()
    ) throws(SiteProblem) -> VerificationQuestion {
        guard let destination else {
            return VerificationQuestion(destination: nil, purpose: nil)
        }
        let parts = destination.split(separator: "-", omittingEmptySubsequences: false)
        guard let country = parts.first, country.utf8.count == 2, parts.count <= 2,
            country.utf8.allSatisfy({ (0x41...0x5A).contains($0) }),
            destination.utf8.count <= 6
        else { throw .malformed(destination) }
        let stated = purpose ?? Purpose.employ.rawValue
        guard let purpose = Purpose(rawValue: stated) else { throw .malformed(stated) }
        for (name, value) in target {
            guard Target.members.contains(name), (1...200).contains(value.utf8.count),
                value.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
            else { throw .malformed("\(name) \(value)") }
        }
        return VerificationQuestion(
            destination: destination, purpose: purpose, target: Target(target), facts: facts)
    }
}
