internal import Language

/// An occupation as somebody entered it.
///
/// `Protocol/pages.md § Pages`. Only its code, or the whole of a title that no other occupation
/// bears, says which one it is: a part of a title chooses nothing, it finds what may be meant.
public enum EnteredOccupation: Hashable, Sendable {
    /// The code of ISCO-08, of one to four digits.
    case code(String)
    /// The codes that may be meant, at most twelve; none: nothing is called so.
    case unclear([String])

    private static let candidateLimit = 12

    public init(_ text: String) {
        let entered = text.split(separator: " ").joined(separator: " ")
        if (1...4).contains(entered.utf8.count),
            entered.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        {
            self =
                EnteredOccupation.all.contains { $0.hasPrefix(entered) }
                ? .code(entered) : .unclear([])
            return
        }
        // As the list of suggestions writes it: the title with the code in parentheses.
        if entered.hasSuffix(")"), let open = entered.lastIndex(of: "(") {
            let code = String(entered[entered.index(after: open)...].dropLast())
            if OccupationTitles.title(of: code, in: "en") != nil {
                self = .code(code)
                return
            }
        }
        let folded = Page.folded(entered)
        let words = EnteredOccupation.words(folded)
        guard words.contains(where: { $0.unicodeScalars.count > 2 }) else {
            self = .unclear([])
            return
        }
        let named = EnteredOccupation.all.filter { code in
            OccupationTitles.titles(of: code).contains { title in
                let title = Page.folded(title)
                return title == folded || title.split(separator: "/").contains { $0 == folded }
            }
        }
        if named.count == 1 {
            self = .code(named[0])
            return
        }
        let alike = EnteredOccupation.all.filter { code in
            OccupationTitles.titles(of: code).contains { title in
                let own = EnteredOccupation.words(Page.folded(title))
                return words.allSatisfy { word in own.contains { $0.hasPrefix(word) } }
            }
        }
        self = .unclear(
            Array((named.isEmpty ? alike : named).prefix(EnteredOccupation.candidateLimit)))
    }

    private static let all = OccupationTitles.all(in: "en").map(\.code)

    private static func words(_ text: String) -> [Substring] {
        text.split { !$0.isLetter && !$0.isNumber && $0 != "-" }
    }
}
