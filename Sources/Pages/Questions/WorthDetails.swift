internal import Language
internal import Recognition
internal import Verification

/// What led to a verdict on worth, as pieces of a page.
struct WorthDetails {
    private let verdict: RecognitionVerdict
    private let context: PageContext
    private let sentences: WorthSentences
    private let acts: CitedActs

    init(
        _ verdict: RecognitionVerdict, _ names: WorthNames, _ atlas: Atlas, in context: PageContext
    ) {
        self.verdict = verdict
        self.context = context
        sentences = WorthSentences(verdict, names: names)
        acts = CitedActs(atlas, in: context)
    }

    private func texts(_ arguments: [Message.Argument]) -> [Passage] {
        arguments.map(context.catalogue.passage(of:))
    }

    private func texts(_ messages: [Message]) -> [Passage] {
        messages.map(context.catalogue.passage(of:))
    }

    /// Every list of it with its label; empty ones are left out.
    private func pairs(_ isShort: Bool) -> [(MessageKey, [Passage])] {
        let decided: [(MessageKey, [Passage])] = [
            (.labelDecidedBy, texts(verdict.grounds.map(sentences.ground))),
            (.labelBasis, verdict.grounds.compactMap(\.basis).map { Passage($0) }),
            (.labelLevel, texts([sentences.level].compactMap { $0 })),
            (.labelInstead, texts([sentences.alternative].compactMap { $0 })),
            (.labelCovers, texts(sentences.scope)),
            (.labelMissing, texts(sentences.missing)),
            (.labelConditions, texts(verdict.conditions.map(sentences.condition))),
            (.labelUntil, texts([sentences.until].compactMap { $0 })),
            (.labelReason, texts([sentences.reason].compactMap { $0 })),
            (.labelNotes, texts(verdict.notes.map(sentences.note))),
        ]
        let rest: [(MessageKey, [Passage])] = [
            (.labelOthers, texts(verdict.others.map(sentences.other))),
            (.labelRules, [Passage(verdict.rules.map(\.rawValue).joined(separator: " "))]),
        ]
        return (isShort ? decided : decided + rest).filter { $0.1.contains { !$0.parts.isEmpty } }
    }

    /// For a line of a table: without the rules and the grounds that did not decide.
    var short: [HTML] {
        pairs(true).map { label, texts in
            HTML(
                "p",
                [HTML("b", [HTML(context.text(label)), ": "])]
                    + texts.map(acts.html).joined(separator: ["; "]))
        }
    }

    /// For a page about this one answer.
    var full: HTML {
        .facts(
            pairs(false).map { label, texts in
                (context.text(label), texts.map { HTML("p", acts.html($0)) })
            })
    }
}
