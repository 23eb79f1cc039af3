/// Which column of a file fills which field of a template.
public struct TemplateColumns: Sendable {
    public let template: AwardTemplate
    /// Cells of the heading.
    public let count: Int
    /// For each cell its field.
    let fields: [Int]
    /// The delimiter, kept for the second reading.
    public let head: CSVHead

    /// Faults of a heading, all of them.
    public struct Faults: Error, Hashable, Sendable {
        public let all: [RowFault]
    }

    public init(_ head: CSVHead, of template: AwardTemplate) throws(Faults) {
        let row = head.heading
        var faults = row.faults.map { RowFault(line: $0.line, column: nil, $0.reason) }
        let known = Dictionary(
            template.fields.enumerated().map { ($1.column.lowercased(), $0) },
            uniquingKeysWith: { first, _ in first })
        var fields: [Int] = []
        var filled: Set<Int> = []
        var strangers: [String] = []
        for cell in row.cells {
            let name = CellText.spaced(cell.text)
            guard let field = known[name.lowercased()] else {
                strangers.append(name)
                continue
            }
            if !filled.insert(field).inserted {
                faults.append(RowFault(line: row.line, column: name, .repeatedColumn))
            }
            fields.append(field)
        }
        let absent = template.fields.indices.filter { !filled.contains($0) }
            .map { template.fields[$0] }
        for name in strangers {
            let nearest = NearestName.of(name, among: absent.map(\.column))
            faults.append(
                RowFault(line: row.line, column: name, .unknownColumn(nearest: nearest)))
        }
        for field in absent where field.isRequired {
            let nearest = NearestName.of(field.column, among: strangers)
            faults.append(
                RowFault(line: row.line, column: field.column, .missingColumn(nearest: nearest)))
        }
        guard faults.isEmpty else { throw Faults(all: faults) }
        self.template = template
        self.fields = fields
        self.head = head
        count = row.cells.count
    }

    /// The award of a row, or all that is wrong with it.
    ///
    /// Cells beyond those of the heading must be empty; missing ones at the end are empty.
    public func award(_ row: CSVRow) -> Result<AwardRequest, TemplateColumns.Faults> {
        var faults = row.faults.map { fault in
            RowFault(
                line: fault.line,
                column: fault.cell < count ? template.fields[fields[fault.cell]].column : nil,
                fault.reason)
        }
        let extra = row.cells.dropFirst(count).contains { !CellText.spaced($0.text).isEmpty }
        if extra {
            faults.append(
                RowFault(
                    line: row.line, column: nil,
                    .cellCount(expected: count, found: row.cells.count)))
        }
        guard faults.isEmpty else { return .failure(Faults(all: faults)) }
        var texts = [String?](repeating: nil, count: template.fields.count)
        for (cell, field) in zip(row.cells, fields) { texts[field] = cell.text }
        return AwardForm(template).award(texts, line: row.line)
    }
}
