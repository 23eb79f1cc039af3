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

    init(desk: VerdictDesk, visit: Visit, atlas: Atlas) {
        let input = CheckInput(visit)
        do {
            let verdict = try input.verdict(by: desk, at: visit.now)
            page = .verdict(verdict, in: visit.context)
            status = 200
        } catch {
            page = .check(atlas, input.form, problem: error.message, in: visit.context)
            status = error.status
        }
    }
}

/// The fields of the form.
private struct CheckInput {
    let form: CheckForm
    private let bytes: [UInt8]
    private let problem: SiteProblem?

    init(_ visit: Visit) {
        var form = CheckForm()
        guard let body = visit.request.body else {
            (self.form, bytes, problem) = (form, [], .tooLarge)
            return
        }
        var fields: [String: [UInt8]] = [:]
        if visit.request.contentType.lowercased().hasPrefix("multipart/") {
            guard
                let multipart = MultipartForm(
                    parsing: body, contentType: visit.request.contentType)
            else {
                (self.form, bytes, problem) = (form, [], .malformed("multipart/form-data"))
                return
            }
            for field in multipart.fields where fields[field.name] == nil {
                fields[field.name] = field.bytes
            }
        } else {
            for pair in PercentEncoding.pairs(String(decoding: body, as: UTF8.self)) {
                fields[pair.name] = Array(pair.value.utf8)
            }
        }
        func text(_ name: String) -> String? {
            let words = String(decoding: fields[name] ?? [], as: UTF8.self)
                .split { $0 == " " || $0.isNewline }.joined(separator: " ")
            return words.isEmpty ? nil : words
        }
        form.destination = text("destination")
        form.purpose = text("purpose")
        form.occupation = text("occupation")
        form.targetQualification = text("target")
        self.form = form
        let file = fields["file"] ?? []
        bytes = file.isEmpty ? CheckInput.pasted(fields["text"] ?? []) : file
        problem = bytes.isEmpty ? .empty : nil
    }

    /// A text as it was pasted: what is no JSON has no blanks, whatever a message wrapped.
    private static func pasted(_ bytes: [UInt8]) -> [UInt8] {
        let isBlank = { (byte: UInt8) in [0x20, 0x09, 0x0A, 0x0D].contains(byte) }
        let text = Array(bytes.drop(while: isBlank))
        return text.first == UInt8(ascii: "{") ? text : text.filter { !isBlank($0) }
    }

    func verdict(by desk: VerdictDesk, at now: Timestamp) throws(SiteProblem) -> Verdict {
        if let problem { throw problem }
        var target: [String: String] = [:]
        if let occupation = form.occupation {
            guard let code = CheckForm.occupationCode(occupation) else {
                throw .malformed(occupation)
            }
            target["occ"] = code
        }
        target["qual"] = form.targetQualification
        let question = try PageDesk.question(
            destination: form.destination, purpose: form.purpose, target: target)
        return try desk.verdict(on: bytes, with: [], question: question, at: now)
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

extension VerdictDesk {
    /// Challenges are neither looked up nor spent: nothing is written.
    func verdict(
        on bytes: [UInt8], with supporting: [CredentialFile], question: VerificationQuestion,
        at now: Timestamp
    ) throws(SiteProblem) -> Verdict {
        do {
            return try verdict(
                on: bytes, with: supporting, question: question, at: now,
                answering: { files in
                    files.contains { $0.credential.keyBinding != nil } ? .foreign : .none
                })
        } catch let error as CredentialError {
            throw .malformed(error.description)
        } catch let error as VerificationError {
            throw .malformed(error.description)
        } catch let error as ParsingError {
            throw .malformed(error.description)
        } catch {
            throw .failed
        }
    }
}
