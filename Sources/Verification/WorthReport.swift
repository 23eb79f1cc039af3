public import Language
public import Recognition

/// A verdict on worth in plain sentences, in the reader's language: for `concord verify`, for
/// what an award is worth in many countries, for worked cases, for pages and print.
///
/// `Protocol/language.md § Sentences of a verdict`.
public struct WorthReport: Sendable {
    private let verdict: RecognitionVerdict
    private let names: WorthNames
    private let layout: ReportLayout
    private var catalogue: Catalogue { layout.catalogue }

    public init(
        _ verdict: RecognitionVerdict, names: WorthNames = WorthNames(),
        in catalogue: Catalogue = .english
    ) {
        self.init(verdict, names: names, in: ReportLayout(catalogue))
    }

    public init(_ verdict: RecognitionVerdict, names: WorthNames, in layout: ReportLayout) {
        self.verdict = verdict
        self.names = names
        self.layout = layout
    }

    /// The word and what it means: `GRANTED: a right, now, without open conditions`.
    public var headline: String {
        catalogue.text(of: .word(verdict.word)).uppercased() + ": "
            + catalogue.text(of: .meaning(verdict.word))
    }

    /// Everything that led to the word, one line each; no notices, no headline, no next steps.
    public var lines: [String] {
        let sentences = WorthSentences(verdict, names: names)
        func texts(_ messages: [Message]) -> [String] { messages.map(catalogue.text(of:)) }
        func texts(_ message: Message?) -> [String] { texts([message].compactMap { $0 }) }
        var lines: [String] = []
        for ground in verdict.grounds {
            lines += layout.lines(
                .labelDecidedBy, [catalogue.text(of: sentences.ground(ground))])
            lines += layout.lines(
                .labelBasis, [ground.basis].compactMap { $0 }.map(catalogue.isolated))
        }
        lines += layout.lines(.labelLevel, texts(sentences.level))
        lines += layout.lines(.labelInstead, texts(sentences.alternative))
        lines += layout.lines(.labelCovers, sentences.scope.map(catalogue.text(of:)))
        lines += layout.lines(.labelMissing, sentences.missing.map(catalogue.text(of:)))
        lines += layout.lines(
            .labelConditions, texts(verdict.conditions.map(sentences.condition)))
        lines += layout.lines(.labelUntil, texts(sentences.until))
        lines += layout.lines(.labelReason, texts(sentences.reason))
        lines += layout.lines(.labelNotes, texts(verdict.notes.map(sentences.note)))
        lines += layout.lines(.labelOthers, texts(verdict.others.map(sentences.other)))
        let rules = verdict.rules.map(\.rawValue).joined(separator: " ")
        lines += layout.lines(.labelRules, rules.isEmpty ? [] : [catalogue.isolated(rules)])
        return lines
    }

    /// What to do next and whom to ask.
    public var nextSteps: [String] {
        WorthSteps(verdict, names: names).messages.map(catalogue.text(of:))
    }
}
