internal import Credentials
internal import Encoding
internal import Node
internal import Registrar
internal import Verification

/// `POST /verify`: the verdict for programs.
///
///     {"certificate": "...", "destination": "DE", "purpose": "employ",
///      "target": {"occ": "7212"}, "supporting": ["..."], "facts": {"nationality": "PH"}}
///
/// `certificate` and each of `supporting` is the text of a file, or the file's JSON itself.
struct VerifyAnswer {
    let answer: NodeAnswer

    private static let supportingLimit = 16

    init(desk: VerdictDesk, visit: Visit) throws(SiteProblem) {
        guard let body = visit.request.body else { throw .tooLarge }
        guard !body.isEmpty else { throw .empty }
        let verdicts: [Verdict]
        do {
            verdicts = try VerifyAnswer.verdicts(on: body, by: desk, at: visit.now)
        } catch let problem as SiteProblem {
            throw problem
        } catch let error as ParsingError {
            throw .malformed(error.description)
        } catch let error as CredentialError {
            throw .malformed(error.description)
        } catch { throw .failed }
        // Several certificates that were presented together have a verdict each.
        let document: JSONValue =
            if verdicts.count == 1 {
                verdicts[0].document
            } else {
                ["version": 1, "verdicts": .array(verdicts.map(\.document))]
            }
        answer = visit.json(Array(document.indented.utf8), caching: .never)
    }

    private static func verdicts(
        on body: [UInt8], by desk: VerdictDesk, at now: Timestamp
    ) throws -> [Verdict] {
        let limits = JSONLimits(size: PageRequest.byteLimit, depth: 16)
        var reader = try MemberReader(JSONValue(parsing: body, limits: limits), at: "")
        let certificate = bytes(of: try reader.value("certificate"))
        let destination = try reader.optionalString("destination")
        let purpose = try reader.optionalString("purpose")
        var target: [String: String] = [:]
        for member in reader.optionalValue("target")?.object?.members ?? [] {
            target[member.name] = member.value.string ?? ""
        }
        let facts = reader.optionalValue("facts")?.object ?? JSONObject()
        let supporting = reader.optionalValue("supporting")?.array ?? []
        try reader.finish()
        guard supporting.count <= supportingLimit else { throw SiteProblem.tooLarge }
        let question = try PageDesk.question(
            destination: destination, purpose: purpose, target: target, facts: facts)
        return try desk.answers(
            to: question, on: HandedOver.input(certificate),
            with: supporting.map { try CredentialFile(parsing: bytes(of: $0)) }, at: now)
    }

    private static func bytes(of value: JSONValue) -> [UInt8] {
        if case .string(let text) = value { return Array(text.utf8) }
        return value.serialized
    }
}
