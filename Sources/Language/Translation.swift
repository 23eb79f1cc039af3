/// One language's texts as its file gives them, with what the file says of itself.
///
/// `Protocol/language.md § Files`. A line that does not read is left out, so that its text comes
/// in English; the tests refuse such a file.
public struct Translation: Sendable {
    public enum Direction: String, Sendable {
        case leftToRight = "ltr"
        case rightToLeft = "rtl"
    }

    public enum Review: String, Sendable {
        /// Read and approved by a person who knows the language and the law's words.
        case reviewed
        case draft
    }

    /// Of BCP 47: `de`, `fil`.
    public let tag: String
    /// As its speakers call it: `Deutsch`.
    public let ownName: String
    public let direction: Direction
    /// A file that does not say so was reviewed by nobody.
    public let review: Review
    let pluralRule: PluralRule
    /// The text of each key, plural forms under `key.category`.
    let texts: [String: String]
    /// Lines that do not read, as they stand.
    let faults: [String]

    /// Reads the lines `key = text`; empty lines and those that begin with `#` say nothing.
    init(parsing file: String) {
        var texts: [String: String] = [:]
        texts.reserveCapacity(512)
        var faults: [String] = []
        for line in file.utf8.split(separator: UInt8(ascii: "\n")) {
            guard let first = line.first, first != UInt8(ascii: "#") else { continue }
            guard let (key, text) = Translation.pair(line), texts[key] == nil else {
                faults.append(String(Substring(line)))
                continue
            }
            texts[key] = text
        }
        tag = texts.removeValue(forKey: "language") ?? "und"
        ownName = texts.removeValue(forKey: "name") ?? ""
        direction =
            texts.removeValue(forKey: "direction").flatMap(Direction.init) ?? .leftToRight
        review = texts.removeValue(forKey: "review").flatMap(Review.init) ?? .draft
        pluralRule = PluralRule(tag: tag) ?? .invariable
        self.texts = texts
        self.faults = faults
    }

    private static func pair(_ line: Substring.UTF8View) -> (String, String)? {
        let space = UInt8(ascii: " ")
        guard let equals = line.firstIndex(of: UInt8(ascii: "=")), equals > line.startIndex else {
            return nil
        }
        let before = line.index(before: equals)
        let after = line.index(after: equals)
        guard line[before] == space, after < line.endIndex, line[after] == space else {
            return nil
        }
        let key = line[..<before]
        let text = line[line.index(after: after)...]
        guard !key.isEmpty, !key.contains(space), text.contains(where: { $0 != space }) else {
            return nil
        }
        return (String(Substring(key)), String(Substring(text)))
    }

    /// The text with the plural form that a number asks for; nil if it is missing.
    func text(for key: MessageKey, count: Int64?) -> String? {
        guard let count else { return texts[key.rawValue] }
        let category = pluralRule.category(of: count)
        return texts["\(key.rawValue).\(category.rawValue)"] ?? texts["\(key.rawValue).other"]
    }

    /// Whether all of the text of a key is there, in every form that the language needs.
    func covers(_ key: MessageKey) -> Bool {
        texts[key.rawValue] != nil
            || pluralRule.categories.allSatisfy { texts["\(key.rawValue).\($0.rawValue)"] != nil }
    }
}
