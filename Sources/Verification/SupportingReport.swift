import Encoding
import Language

/// The documents beside the main one, for a terminal: two lines each.
struct SupportingReport {
    let lines: [String]

    init(_ documents: [SupportingDocument], _ catalogue: Catalogue) {
        guard !documents.isEmpty else {
            lines = []
            return
        }
        lines =
            ["", catalogue.text(.headingSupporting)]
            + documents.enumerated().flatMap { index, document in
                let reason = document.reason.map { " " + catalogue.isolated("[\($0.rawValue)]") }
                let head = catalogue.text(of: SupportingReport.head(document)) + (reason ?? "")
                let worst = document.worst.map { check in
                    "     \(catalogue.text(of: .step(check.step))): "
                        + catalogue.text(of: check.detail)
                }
                return ["  \(index + 1)  \(head)"] + [worst].compactMap { $0 }
            }
    }

    private static func head(_ document: SupportingDocument) -> Message {
        var parts: [Message.Argument] = [
            document.kind.map { .text($0) } ?? .message(.supportingUnreadable)
        ]
        parts += [document.id, document.issuerName ?? document.issuer, document.country]
            .compactMap { $0 }.map { .text($0) }
        if let day = document.day { parts.append(.date(day)) }
        let word: MessageKey =
            switch document.word {
            case .authentic: .wordAuthentic
            case .undetermined: .wordUndetermined
            case .invalid: .wordInvalid
            }
        return Message(
            document.isUsed ? .supportingUsed : .supportingIgnored,
            ["word": .message(word), "document": .list(parts, .comma)])
    }
}
