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

    static let supportingLimit = 16
    private static let members: Set = [
        "certificate", "destination", "purpose", "target", "supporting", "facts",
    ]

    /// - Parameter statuses: the facts about a person that statements at hand ask for; read only
    ///   where one is stated.
    init(
        desk: VerdictDesk, visit: Visit, statuses: () async throws -> Set<String>
    ) async throws(SiteProblem) {
        guard let body = visit.request.body else { throw .tooLarge }
        guard !body.isEmpty else { throw .empty }
        let verdicts: [Verdict]
        do {
            verdicts = try await VerifyAnswer.verdicts(
                on: body, by: desk, at: visit.now, statuses)
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
        answer = visit.json(
            Array(document.indented.utf8), caching: .never, language: "en")
    }

    private static func verdicts(
        on body: [UInt8], by desk: VerdictDesk, at now: Timestamp,
        _ statuses: () async throws -> Set<String>
    ) async throws -> [Verdict] {
        let limits = JSONLimits(size: PageRequest.byteLimit, depth: 16)
        var reader = try MemberReader(JSONValue(parsing: body, limits: limits), at: "")
        try SiteProblem.refuse(membersOf: reader.object, but: members)
        let certificate = try file(reader.value("certificate"), at: "certificate")
        let destination = try reader.optionalString("destination")
        let purpose = try reader.optionalString("purpose")
        var target: [String: String] = [:]
        if var members = try reader.optionalReader("target") {
            for name in members.object.members.map(\.name) {
                target[name] = try members.string(name)
            }
        }
        let facts = try reader.optionalReader("facts")?.object ?? JSONObject()
        var supporting: [[UInt8]] = []
        if reader.object["supporting"] != nil {
            for (index, value) in try reader.array("supporting").enumerated() {
                supporting.append(try file(value, at: "supporting[\(index)]"))
            }
        }
        guard supporting.count <= supportingLimit else {
            throw SiteProblem.wrong(
                "supporting", expected: "at most \(supportingLimit) files",
                found: "\(supporting.count)")
        }
        let isStatusStated = facts.members.contains { $0.name != "nationality" }
        let asked = try AskedQuestion(
            destination: destination, purpose: purpose, target: target, facts: facts,
            statuses: isStatusStated ? try await statuses() : [])
        return try desk.answers(
            to: asked.question, on: HandedOver.input(certificate),
            with: supporting.map { try CredentialFile(parsing: $0) }, at: now)
    }

    /// A file as its text, or as the JSON that it is.
    private static func file(
        _ value: JSONValue, at path: String
    ) throws(ParsingError) -> [UInt8] {
        switch value {
        case .string(let text): return Array(text.utf8)
        case .object: return value.serialized
        default:
            throw .wrongType(path: path, expected: "a string or an object", found: value.kind)
        }
    }
}
