public import Encoding

/// On what an act rests: the law, report or agreement, where it was read, and how sure that is.
public struct Basis: Hashable, Sendable {
    public enum Confidence: String, Sendable {
        case verified, recalled, constructed
    }

    public let text: String
    public let source: String
    public let confidence: Confidence

    init(reading reader: inout MemberReader) throws(ParsingError) {
        text = try reader.string("text")
        source = try reader.string("source")
        guard let confidence = Confidence(rawValue: try reader.string("confidence")) else {
            throw .wrongForm(
                path: reader.child("confidence"), expected: "verified, recalled or constructed")
        }
        self.confidence = confidence
        try reader.finish()
    }

    init?(optional reader: inout MemberReader) throws(ParsingError) {
        guard var basis = try reader.optionalReader("basis") else { return nil }
        try self.init(reading: &basis)
    }
}

/// A text in several languages, by tag of BCP 47.
public struct LocalizedText: Hashable, Sendable {
    public let byLanguage: [String: String]

    init(reading reader: inout MemberReader, _ name: String) throws(ParsingError) {
        guard case .object(let object) = try reader.value(name) else {
            throw .wrongForm(
                path: reader.child(name), expected: "an object of texts by language")
        }
        var texts: [String: String] = [:]
        for member in object.members {
            guard case .string(let text) = member.value else {
                throw .wrongType(
                    path: "\(reader.child(name)).\(member.name)", expected: "a string",
                    found: member.value.kind)
            }
            texts[member.name] = text
        }
        byLanguage = texts
    }

    /// The text in the first of these languages that it has, else in English, else any.
    public func text(in languages: [String]) -> String {
        for language in languages + ["en"] {
            if let text = byLanguage[language] { return text }
        }
        return byLanguage.min { $0.key < $1.key }?.value ?? ""
    }
}

/// A stretch of days; both ends belong to it.
public struct Period: Hashable, Sendable {
    public let from: CalendarDate
    public let until: CalendarDate?

    init(reading reader: inout MemberReader) throws(ParsingError) {
        from = try reader.date("from")
        until = try reader.optionalDate("until")
        if let until, until < from {
            throw .wrongForm(path: reader.child("until"), expected: "a date not before `from`")
        }
    }

    public func contains(_ date: CalendarDate) -> Bool {
        from <= date && until.map { date <= $0 } ?? true
    }
}
