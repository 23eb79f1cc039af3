import Encoding
public import Recognition
import Registry

/// One worked case: a question, the statements that the engine sees, and what must come out.
///
/// `Protocol/recognition.md § Case files`.
public struct RecognitionCase: Hashable, Sendable {
    public let id: String
    public let title: String
    /// The ids of the statements that the engine sees.
    public let uses: [String]
    public let question: RecognitionQuestion
    public let expected: ExpectedVerdict

    init(_ value: JSONValue, at path: String) throws(CaseError) {
        var reader = try FixtureReader(value, at: path)
        id = try reader.string("id")
        title = try reader.optionalString("title") ?? ""
        uses = try reader.strings("uses")
        guard let query = reader.value("query") else {
            throw .form(.missingMember(path: "\(path).query"))
        }
        question = try RecognitionCase.question(query, at: "\(path).query")
        guard let expected = reader.value("expected") else {
            throw .form(.missingMember(path: "\(path).expected"))
        }
        self.expected = try ExpectedVerdict(expected, at: "\(path).expected")
    }

    private static func question(
        _ value: JSONValue, at path: String
    ) throws(CaseError) -> RecognitionQuestion {
        var reader = try FixtureReader(value, at: path)
        let word = try reader.string("purpose")
        guard let purpose = Purpose(rawValue: word) else {
            throw .unknownPurpose(path: "\(path).purpose", found: word)
        }
        let target = reader.value("target")?.object ?? JSONObject()
        var values: [String: String] = [:]
        for member in target.members { values[member.name] = member.value.string }
        var staleDays: [String: Int64] = [:]
        for member in reader.value("staleDays")?.object?.members ?? [] {
            staleDays[member.name] = member.value.integer
        }
        return RecognitionQuestion(
            destination: try reader.string("dest"), purpose: purpose,
            holder: try reader.optionalString("holder"), awards: try reader.strings("awards"),
            target: Target(values), task: try task(target["task"], at: path),
            day: try reader.date("date"), knownAt: try reader.optionalDate("knownAt"),
            facts: reader.value("holderFacts")?.object ?? JSONObject(), staleDays: staleDays,
            maxStaleDays: try reader.optionalInteger("maxStaleDays"),
            isComplete: try reader.optionalBool("complete") ?? true)
    }

    private static func task(
        _ value: JSONValue?, at path: String
    ) throws(CaseError) -> [String: TaskValue] {
        var task: [String: TaskValue] = [:]
        for member in value?.object?.members ?? [] {
            if let number = member.value.integer {
                task[member.name] = .number(number)
            } else {
                let texts = member.value.asList.compactMap(\.string)
                guard !texts.isEmpty else {
                    throw .form(
                        .wrongForm(
                            path: "\(path).target.task.\(member.name)",
                            expected: "a text, a list of texts or an integer"))
                }
                task[member.name] = .texts(texts)
            }
        }
        return task
    }
}
