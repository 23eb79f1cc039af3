import Cases
import Language
import Recognition
import Verification

/// What `concord cases` says to people, in the reader's language; ids, titles and members stand as
/// the file has them.
struct CasesText {
    private let catalogue: Catalogue
    private let width: Int

    init(_ catalogue: Catalogue) {
        self.catalogue = catalogue
        width = [MessageKey.casesPassed, .casesFailed].map { catalogue.text($0).count }.max() ?? 0
    }

    var notices: [String] { catalogue.notices }

    func lines(_ outcome: CaseOutcome) -> [String] {
        let mark = catalogue.text(outcome.isPassed ? .casesPassed : .casesFailed)
        let padding = String(repeating: " ", count: max(0, width - mark.count) + 2)
        let word = catalogue.text(of: .word(outcome.verdict.word))
        let title =
            "\(mark)\(padding)\(catalogue.isolated(outcome.id))  \(word)  "
            + catalogue.isolated(outcome.title)
        return [title]
            + outcome.unexpected.map { "          " + text(.casesDiffers, "expected", $0) }
            + (outcome.change ?? []).map { "          " + text(.casesDraft, "before", $0) }
    }

    private func text(
        _ key: MessageKey, _ first: String, _ difference: CaseDifference
    ) -> String {
        let second = key == .casesDiffers ? "found" : "after"
        return catalogue.text(
            of: Message(
                key,
                [
                    "name": .text(difference.name), first: .text(difference.expected),
                    second: .text(difference.found),
                ]))
    }

    func sum(passed: Int, failed: Int) -> String {
        catalogue.text(
            of: Message(
                .casesSum,
                ["passed": .number(Int64(passed)), "failed": .number(Int64(failed))]))
    }

    func changes(_ count: Int) -> String {
        catalogue.text(of: Message(.casesDraftSum, ["number": .number(Int64(count))]))
    }

    func ignored(_ member: String) -> String {
        catalogue.text(of: Message(.casesIgnored, ["name": .text(member)]))
    }
}
