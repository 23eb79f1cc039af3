/// What stands between the cells of a row.
public enum CSVDelimiter: String, CaseIterable, Sendable {
    case comma, semicolon, tab

    public var byte: UInt8 {
        switch self {
        case .comma: 0x2C
        case .semicolon: 0x3B
        case .tab: 0x09
        }
    }
}

/// The beginning of a CSV file: where the text starts, what stands between cells, the heading.
///
/// `Protocol/template.md § Files`.
public struct CSVHead: Sendable {
    public let delimiter: CSVDelimiter
    /// The bytes before the heading: a byte order mark, and the line `sep=;` that some write.
    public let offset: Int
    /// The number of the line on which the heading begins.
    public let line: Int
    public let heading: CSVRow

    /// Bytes that are looked at; a heading is shorter.
    public static let sizeLimit = 1 << 20

    /// - Parameters:
    ///   - bytes: the first bytes of the file, `sizeLimit` of them or all there are.
    ///   - delimiter: nil: the one with which the heading names the most of `columns`.
    public init(
        parsing bytes: [UInt8], delimiter: CSVDelimiter?, columns: [String]
    ) throws(IssuanceError) {
        for mark: [UInt8] in [[0xFF, 0xFE], [0xFE, 0xFF]] where bytes.starts(with: mark) {
            throw .otherEncoding("UTF-16")
        }
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { throw .workbook }
        var offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var line = 1
        var stated = delimiter
        let start = bytes[offset...]
        if start.starts(with: "sep=".utf8), start.count > 5 {
            let named = CSVDelimiter.allCases.first { $0.byte == start[offset + 4] }
            let end = start.dropFirst(5).prefix { $0 == 0x0D || $0 == 0x0A }.prefix(2)
            guard let named, !end.isEmpty else { throw .delimiterUnclear }
            stated = stated ?? named
            offset += 5 + (end.starts(with: [0x0D, 0x0A]) ? 2 : 1)
            line = 2
        }
        let rest = bytes[offset...]
        if let stated {
            self.delimiter = stated
            guard let row = CSVHead.firstRow(rest, stated, line) else { throw .noHeading }
            heading = row
        } else {
            let known = Set(columns.map { $0.lowercased() })
            let found = CSVDelimiter.allCases.compactMap { delimiter in
                CSVHead.firstRow(rest, delimiter, line).map { row in
                    (
                        delimiter: delimiter, row: row,
                        named: row.cells.count {
                            known.contains(CellText.spaced($0.text).lowercased())
                        }
                    )
                }
            }
            guard !found.isEmpty else { throw .noHeading }
            let best = found.max { ($0.named, $0.row.cells.count) < ($1.named, $1.row.cells.count) }
            let rivals = found.filter {
                $0.named == best?.named && $0.row.cells.count == best?.row.cells.count
            }
            // A heading of one column is the same whatever stands between cells.
            guard let best, rivals.count == 1 || best.row.cells.count == 1 else {
                throw .delimiterUnclear
            }
            self.delimiter = best.delimiter
            heading = best.row
        }
        self.offset = offset
        self.line = line
    }

    private static func firstRow(
        _ bytes: ArraySlice<UInt8>, _ delimiter: CSVDelimiter, _ line: Int
    ) -> CSVRow? {
        var parser = CSVParser(delimiter, line: line)
        var first: CSVRow?
        for piece in stride(from: bytes.startIndex, to: bytes.endIndex, by: 4_096) {
            parser.feed(bytes[piece..<min(piece + 4_096, bytes.endIndex)]) { first = first ?? $0 }
            if let first { return first }
        }
        parser.finish { first = first ?? $0 }
        return first
    }
}
