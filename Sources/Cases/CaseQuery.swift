import Encoding
import Recognition
import Registry

/// The `query` of a case: the question, in the short names of case files.
///
/// `Protocol/recognition.md § Case files`. What is misspelt or of another form would quietly be
/// another question: it is refused.
enum CaseQuery {
    static func question(
        _ value: JSONValue, at path: String
    ) throws(CaseError) -> RecognitionQuestion {
        var reader = try FixtureReader(value, at: path, isStatement: false)
        let word = try reader.string("purpose")
        guard let purpose = Purpose(rawValue: word) else {
            throw .unknownPurpose(path: "\(path).purpose", found: word)
        }
        let (target, task) = try target(&reader)
        let question = RecognitionQuestion(
            destination: try destination(&reader), purpose: purpose,
            holder: try reader.optionalString("holder"), awards: try reader.strings("awards"),
            target: target, task: task,
            day: try reader.date("date"), knownAt: try reader.optionalDate("knownAt"),
            facts: try reader.object("holderFacts"), staleDays: try staleDays(&reader),
            maxStaleDays: try reader.optionalInteger("maxStaleDays"),
            unwatched: Set(try reader.strings("unwatched")),
            isComplete: try reader.optionalBool("complete") ?? true)
        try reader.refuseOthers()
        return question
    }

    /// Two letters of ISO 3166-1, or those with a part of ISO 3166-2.
    private static func destination(
        _ reader: inout FixtureReader
    ) throws(CaseError) -> String {
        let place = try reader.string("dest")
        let parts = place.split(separator: "-", omittingEmptySubsequences: false)
        let letters = UInt8(ascii: "A")...UInt8(ascii: "Z")
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard (1...2).contains(parts.count), parts[0].utf8.count == 2,
            parts[0].utf8.allSatisfy(letters.contains),
            parts.dropFirst().allSatisfy({ part in
                (1...3).contains(part.utf8.count)
                    && part.utf8.allSatisfy { letters.contains($0) || digits.contains($0) }
            })
        else {
            throw .wrongValue(
                path: "\(reader.path).dest",
                expected: "a code of ISO 3166-1 or -2 such as DE or CA-QC", found: place)
        }
        return place
    }

    private static func target(
        _ reader: inout FixtureReader
    ) throws(CaseError) -> (Target, [String: TaskValue]) {
        let path = "\(reader.path).target"
        var values: [String: String] = [:]
        var task: [String: TaskValue] = [:]
        for member in try reader.object("target").members where member.value != .null {
            let path = "\(path).\(member.name)"
            guard Target.members.contains(member.name) else {
                throw .unknownMember(path: path, known: Target.members)
            }
            if let text = member.value.string {
                values[member.name] = text
            } else if member.name == "task", let variables = member.value.object {
                for variable in variables.members {
                    task[variable.name] = try taskValue(
                        variable.value, at: "\(path).\(variable.name)")
                }
            } else {
                throw .form(
                    .wrongType(
                        path: path, expected: "a string", found: member.value.kind))
            }
        }
        return (Target(values), task)
    }

    private static func taskValue(
        _ value: JSONValue, at path: String
    ) throws(CaseError) -> TaskValue {
        if let number = value.integer { return .number(number) }
        let texts = value.asList.compactMap(\.string)
        guard !texts.isEmpty, texts.count == value.asList.count else {
            throw .form(
                .wrongForm(path: path, expected: "a text, a list of texts or an integer"))
        }
        return .texts(texts)
    }

    private static func staleDays(
        _ reader: inout FixtureReader
    ) throws(CaseError) -> [String: Int64] {
        var days: [String: Int64] = [:]
        for member in try reader.object("staleDays").members where member.value != .null {
            guard let number = member.value.integer else {
                throw .form(
                    .wrongType(
                        path: "\(reader.path).staleDays.\(member.name)", expected: "an integer",
                        found: member.value.kind))
            }
            days[member.name] = number
        }
        return days
    }
}
