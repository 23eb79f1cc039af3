/// The languages that a reader's program asks for, the most wanted first.
///
/// `Accept-Language` (RFC 9110 § 12.5.4). What does not read is left out: a page always has a
/// language.
public struct LanguagePreference: Hashable, Sendable {
    public let tags: [String]

    /// How much of the header is read.
    private static let rangeLimit = 32

    public init(parsing header: String) {
        var ranges: [(tag: String, weight: Double, position: Int)] = []
        for (position, part) in header.split(separator: ",").prefix(Self.rangeLimit).enumerated() {
            let pieces = part.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
            guard let tag = pieces.first, !tag.isEmpty, tag.utf8.count <= 35 else { continue }
            var weight = 1.0
            for piece in pieces.dropFirst() where piece.hasPrefix("q=") {
                weight = Double(piece.dropFirst(2)) ?? 0
            }
            if weight > 0 { ranges.append((tag, weight, position)) }
        }
        tags = ranges.sorted { ($1.weight, $0.position) < ($0.weight, $1.position) }.map(\.tag)
    }

    /// The catalogue of the first language that has texts, else English.
    public var catalogue: Catalogue {
        for tag in tags {
            if let catalogue = Catalogue(tag: tag) { return catalogue }
        }
        return .english
    }
}
