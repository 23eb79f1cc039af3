import Encoding
public import Recognition

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
    /// Members that mean nothing here, by path.
    let ignoredMembers: [String]

    init(_ value: JSONValue, at path: String) throws(CaseError) {
        var reader = try FixtureReader(value, at: path, isStatement: false)
        id = try reader.string("id")
        title = try reader.optionalString("title") ?? ""
        guard reader.members["uses"] != nil else {
            throw .form(.missingMember(path: "\(path).uses"))
        }
        uses = try reader.strings("uses")
        guard let query = reader.value("query") else {
            throw .form(.missingMember(path: "\(path).query"))
        }
        question = try CaseQuery.question(query, at: "\(path).query")
        guard let expected = reader.value("expected") else {
            throw .form(.missingMember(path: "\(path).expected"))
        }
        self.expected = try ExpectedVerdict(expected, at: "\(path).expected")
        _ = reader.value("rests_on_constructed")
        ignoredMembers = reader.unknownMembers.map { "\(path).\($0)" }
    }
}
