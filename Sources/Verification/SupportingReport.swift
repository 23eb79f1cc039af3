import Encoding

/// The documents beside the main one, for a terminal: two lines each.
struct SupportingReport {
    let lines: [String]

    init(_ documents: [SupportingDocument]) {
        guard !documents.isEmpty else {
            lines = []
            return
        }
        lines =
            ["", "supporting documents"]
            + documents.enumerated().flatMap { index, document in
                ["  \(index + 1)  \(SupportingReport.head(document))"]
                    + (document.worst.map { ["     \($0.step.rawValue): \($0.detail)"] } ?? [])
            }
    }

    private static func head(_ document: SupportingDocument) -> String {
        let use = document.isUsed ? "used" : "ignored"
        let reason = document.reason.map { " [\($0.rawValue)]" } ?? ""
        var parts = ["\(document.word.rawValue), \(use)\(reason):"]
        parts.append(document.kind ?? "a file that does not read")
        if let id = document.id { parts.append(id) }
        if let issuer = document.issuerName ?? document.issuer { parts.append("by \(issuer)") }
        if let country = document.country { parts.append("(\(country))") }
        if let day = document.day { parts.append("of \(day)") }
        return parts.joined(separator: " ")
    }
}
