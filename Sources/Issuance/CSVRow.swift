/// One cell of a row, as its bytes said.
public struct CSVCell: Hashable, Sendable {
    public let text: String

    public init(_ text: String) { self.text = text }
}

/// One row of a CSV file (RFC 4180), with what was wrong with its bytes.
public struct CSVRow: Hashable, Sendable {
    /// The line on which it begins, from 1: a quoted cell may hold ends of lines.
    public let line: Int
    public let cells: [CSVCell]
    /// The places of cells with faults; a cell with a fault has no text that counts.
    public let faults: [Fault]

    public struct Fault: Hashable, Sendable {
        /// The line of the fault itself.
        public let line: Int
        /// Which cell, from 0.
        public let cell: Int
        public let reason: RowFault.Reason

        public init(line: Int, cell: Int, reason: RowFault.Reason) {
            self.line = line
            self.cell = cell
            self.reason = reason
        }
    }
}
