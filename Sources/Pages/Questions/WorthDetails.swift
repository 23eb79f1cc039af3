internal import Language
internal import Recognition
internal import Verification

/// What led to a verdict on worth, as pieces of a page.
struct WorthDetails {
    private let verdict: RecognitionVerdict
    private let context: PageContext
    private let sentences: WorthSentences

    init(_ verdict: RecognitionVerdict, _ names: WorthNames, in context: PageContext) {
        self.verdict = verdict
        self.context = context
        sentences = WorthSentences(verdict, names: names)
    }

    private func texts(_ arguments: [Message.Argument]) -> [String] {
        arguments.map(context.catalogue.text(of:))
    }

    private func texts(_ messages: [Message]) -> [String] { messages.map { context.text($0) } }

    /// Every list of it with its label; empty ones are left out.
    private func pairs(_ isShort: Bool) -> [(MessageKey, [String])] {
        let decided: [(MessageKey, [String])] = [
            (.labelDecidedBy, texts(verdict.grounds.map(sentences.ground))),
            (.labelBasis, verdict.grounds.compactMap(\.basis)),
            (.labelLevel, texts([sentences.level].compactMap { $0 })),
            (.labelInstead, texts([sentences.alternative].compactMap { $0 })),
            (.labelCovers, texts(sentences.scope)),
            (.labelMissing, texts(sentences.missing)),
            (.labelConditions, texts(verdict.conditions.map(sentences.condition))),
            (.labelUntil, texts([sentences.until].compactMap { $0 })),
            (.labelReason, texts([sentences.reason].compactMap { $0 })),
            (.labelNotes, texts(verdict.notes.map(sentences.note))),
        ]
        let rest: [(MessageKey, [String])] = [
            (.labelOthers, texts(verdict.others.map(sentences.other))),
            (.labelRules, [verdict.rules.map(\.rawValue).joined(separator: " ")]),
        ]
        return (isShort ? decided : decided + rest).filter { $0.1.contains { !$0.isEmpty } }
    }

    /// For a line of a table: without the rules and the grounds that did not decide.
    var short: [HTML] {
        pairs(true).map { label, texts in
            HTML(
                "p",
                [
                    HTML("b", [HTML(context.text(label)), ": "]),
                    HTML(texts.joined(separator: "; ")),
                ])
        }
    }

    /// For a page about this one answer.
    var full: HTML {
        .facts(
            pairs(false).map { label, texts in
                (context.text(label), texts.map { HTML("p", [HTML($0)]) })
            })
    }
}
