public import Encoding
public import Recognition

/// What a case expects: the word always, the rest where it says so.
public struct ExpectedVerdict: Hashable, Sendable {
    public let status: RecognitionWord
    /// Compared as sets.
    public let grounds: Set<String>?
    public let conditions: Set<String>?
    public let missing: Set<String>?
    /// Compared as a list.
    public let level: [String]?
    /// Compared as a prefix.
    public let reason: String?
    /// Each a prefix of some note.
    public let notes: [String]
    /// Each among the rules that fired.
    public let rules: [String]
    public let until: CalendarDate?
    /// Compared as a list.
    public let ask: [String]?

    init(_ value: JSONValue, at path: String) throws(CaseError) {
        var reader = try FixtureReader(value, at: path, isStatement: false)
        let word = try reader.string("status")
        guard let status = RecognitionWord(rawValue: word) else {
            let known = RecognitionWord.allCases.map(\.rawValue).joined(separator: ", ")
            throw .form(
                .wrongType(
                    path: "\(path).status", expected: "a word out of \(known)", found: word))
        }
        self.status = status
        func set(_ name: String) throws(CaseError) -> Set<String>? {
            let texts = try reader.strings(name)
            return reader.members[name] == nil ? nil : Set(texts)
        }
        grounds = try set("grounds")
        conditions = try set("conditions")
        missing = try set("missing")
        let levels = try reader.strings("level")
        level = reader.members["level"] == nil ? nil : levels
        reason = try reader.optionalString("reason")
        notes = try reader.strings("notes")
        rules = try reader.strings("rules")
        until = try reader.optionalDate("until")
        let authorities = try reader.strings("ask")
        ask = reader.members["ask"] == nil ? nil : authorities
        try reader.refuseOthers()
    }

    /// What differs in a verdict; none: it is as expected.
    func differences(from verdict: RecognitionVerdict) -> [CaseDifference] {
        var lines: [CaseDifference] = []
        func compare(_ name: String, _ expected: String, _ found: String) {
            lines.append(CaseDifference(name: name, expected: expected, found: found))
        }
        func list(_ texts: some Sequence<String>) -> String {
            "[\(texts.sorted().joined(separator: ", "))]"
        }
        if verdict.word != status { compare("status", status.rawValue, verdict.word.rawValue) }
        let sets = [
            ("grounds", grounds, Set(verdict.grounds.map(\.id))),
            ("conditions", conditions, Set(verdict.conditions.map(\.id))),
            ("missing", missing, Set(verdict.missing)),
        ]
        for (name, expected, found) in sets {
            if let expected, expected != found { compare(name, list(expected), list(found)) }
        }
        if let level, level != verdict.level {
            compare("level", "\(level)", "\(verdict.level)")
        }
        if let reason, verdict.reason?.code.hasPrefix(reason) != true {
            compare("reason", reason, verdict.reason?.code ?? "none")
        }
        let codes = verdict.notes.map(\.code)
        for note in notes where !codes.contains(where: { $0.hasPrefix(note) }) {
            compare("notes", note, list(codes))
        }
        let fired = verdict.rules.map(\.rawValue)
        for rule in rules where !fired.contains(rule) { compare("rules", rule, list(fired)) }
        if let until, until != verdict.until {
            compare("until", "\(until)", verdict.until.map { "\($0)" } ?? "no end")
        }
        if let ask, ask != verdict.ask { compare("ask", "\(ask)", "\(verdict.ask)") }
        return lines
    }
}
