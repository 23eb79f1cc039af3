public import Language

/// How a report lies on a terminal: labels in a column, headings, nothing by colour alone.
public struct ReportLayout: Sendable {
    let catalogue: Catalogue
    private let labelWidth: Int
    private let stepWidth: Int
    /// The column of each label.
    private let columns: [MessageKey: String]
    private let emptyColumn: String

    private static let labels = MessageKey.allCases.filter { $0.rawValue.hasPrefix("label.") }

    /// Made once for many reports in one language.
    public init(_ catalogue: Catalogue) {
        self.catalogue = catalogue
        // As wide as the language's longest label, so that the texts stand in one column.
        let labels = ReportLayout.labels.map { ($0, catalogue.text($0)) }
        let width = labels.map(\.1.count).max() ?? 0
        labelWidth = width
        columns = Dictionary(
            uniqueKeysWithValues: labels.map { key, label in
                (key, ReportLayout.column(label, width))
            })
        emptyColumn = ReportLayout.column("", width)
        stepWidth =
            VerificationStep.allCases.map { catalogue.text(of: .step($0)).count }.max() ?? 0
    }

    /// A label and a text; no label: the text stands under the one above it.
    func line(_ label: MessageKey?, _ text: String) -> String {
        guard let label else { return emptyColumn + text }
        return (columns[label] ?? ReportLayout.column(catalogue.text(label), labelWidth)) + text
    }

    func line(_ label: String, _ text: String) -> String {
        ReportLayout.column(label, labelWidth) + text
    }

    private static func column(_ label: String, _ width: Int) -> String {
        "  " + padded(label, to: width + 2)
    }

    /// Several texts under one label; no line where there are none.
    func lines(_ label: MessageKey, _ texts: [String]) -> [String] {
        texts.enumerated().map { position, text in line(position == 0 ? label : nil, text) }
    }

    func check(_ check: Check) -> String {
        let mark =
            switch check.outcome {
            case .passed: "[ok]"
            case .undetermined: "[??]"
            case .failed: "[NO]"
            }
        let step = ReportLayout.padded(catalogue.text(of: .step(check.step)), to: stepWidth + 1)
        let reason = check.outcome.reason.map { " \(catalogue.isolated("[\($0.rawValue)]"))" }
        return "  \(catalogue.isolated(mark)) \(step)\(catalogue.text(of: check.detail))"
            + (reason ?? "")
    }

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }
}
