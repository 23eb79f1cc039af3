/// Reads CSV (RFC 4180) piece by piece, a row at a time: memory for one row, whatever the file.
///
/// Cells may be quoted, with ends of lines and doubled quotes inside; lines end in LF, CRLF or CR;
/// rows without anything in them are passed over. Bytes that are not UTF-8, NUL, stray quotes and
/// cells or rows beyond the limits become faults of their row, and reading goes on.
public struct CSVParser: Sendable {
    /// Bytes of a cell.
    public static let cellLimit = 8_192
    public static let cellCountLimit = 256

    private enum State { case start, plain, quoted, afterQuote }

    private let delimiter: UInt8
    private var state = State.start
    private var line = 1
    /// Bytes of this line so far.
    private var byte = 0
    private var followsReturn = false
    private var text: [UInt8] = []
    private var cells: [CSVCell] = []
    private var cellCount = 0
    private var rowLine = 1
    private var quoteLine = 1
    private var faults: [CSVRow.Fault] = []
    private var encoding = UTF8Sequence()

    /// - Parameter line: the number of the first line that is fed.
    public init(_ delimiter: CSVDelimiter, line: Int = 1) {
        self.delimiter = delimiter.byte
        self.line = line
        rowLine = line
    }

    /// Takes the next bytes of the file and hands on every row that ended.
    public mutating func feed(
        _ bytes: some Sequence<UInt8>, _ row: (CSVRow) throws -> Void
    ) rethrows {
        for next in bytes { try take(next, row) }
    }

    /// Says that the file has ended.
    public mutating func finish(_ row: (CSVRow) throws -> Void) rethrows {
        if encoding.isOpen { note(.notUTF8(byte: encoding.start)) }
        if state == .quoted { note(.unclosedQuote, line: quoteLine) }
        if state != .start || cellCount > 0 { try endRow(row) }
    }

    private mutating func take(_ next: UInt8, _ row: (CSVRow) throws -> Void) rethrows {
        let isSecondOfReturn = followsReturn && next == 0x0A
        followsReturn = next == 0x0D
        if isSecondOfReturn { return }
        byte += 1
        if let start = encoding.take(next, at: byte) { note(.notUTF8(byte: start)) }
        if next == 0 { note(.nulByte(byte: byte)) }
        let endsLine = next == 0x0A || next == 0x0D
        switch state {
        case .quoted:
            if next == UInt8(ascii: "\"") {
                state = .afterQuote
            } else {
                put(endsLine ? 0x0A : next)
            }
            if endsLine { nextLine() }
            return
        case .afterQuote where next == UInt8(ascii: "\""):
            put(next)
            state = .quoted
            return
        case .start where next == UInt8(ascii: "\""):
            state = .quoted
            quoteLine = line
            return
        default: break
        }
        if next == delimiter {
            endCell()
        } else if endsLine {
            if state != .start || cellCount > 0 { try endRow(row) }
            nextLine()
            rowLine = line
        } else {
            if state == .afterQuote || next == UInt8(ascii: "\"") { note(.strayQuote) }
            state = .plain
            put(next)
        }
    }

    private mutating func nextLine() {
        line += 1
        byte = 0
    }

    private mutating func put(_ next: UInt8) {
        if text.count < CSVParser.cellLimit {
            text.append(next)
        } else {
            note(.tooLong(limit: CSVParser.cellLimit))
        }
    }

    /// Notes the first fault of a cell.
    private mutating func note(_ reason: RowFault.Reason, line: Int? = nil) {
        let isUnclosed = reason == .unclosedQuote
        if let last = faults.last, last.cell == cellCount, !isUnclosed { return }
        faults.append(CSVRow.Fault(line: line ?? self.line, cell: cellCount, reason: reason))
    }

    private mutating func endCell() {
        if cellCount == CSVParser.cellCountLimit {
            note(.tooManyCells(limit: CSVParser.cellCountLimit))
        } else if cellCount < CSVParser.cellCountLimit {
            cells.append(CSVCell(String(decoding: text, as: UTF8.self)))
        }
        cellCount = min(cellCount + 1, CSVParser.cellCountLimit + 1)
        text.removeAll(keepingCapacity: true)
        state = .start
    }

    private mutating func endRow(_ row: (CSVRow) throws -> Void) rethrows {
        endCell()
        let ended = CSVRow(line: rowLine, cells: cells, faults: faults)
        cells.removeAll(keepingCapacity: true)
        faults.removeAll(keepingCapacity: true)
        cellCount = 0
        let isEmpty =
            ended.faults.isEmpty
            && ended.cells.allSatisfy { cell in
                cell.text.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A }
            }
        if !isEmpty { try row(ended) }
    }
}

/// The well-formedness of UTF-8 (RFC 3629 § 4), byte by byte.
private struct UTF8Sequence {
    private var missing = 0
    private var range: ClosedRange<UInt8> = 0x80...0xBF
    /// Where the sequence began that is being read.
    private(set) var start = 0

    var isOpen: Bool { missing > 0 }

    /// Takes a byte; where a broken sequence began, or nil.
    mutating func take(_ byte: UInt8, at place: Int) -> Int? {
        if missing > 0 {
            guard range.contains(byte) else {
                missing = 0
                return start
            }
            missing -= 1
            range = 0x80...0xBF
            return nil
        }
        guard byte >= 0x80 else { return nil }
        start = place
        range = 0x80...0xBF
        switch byte {
        case 0xC2...0xDF: missing = 1
        case 0xE0: (missing, range) = (2, 0xA0...0xBF)
        case 0xED: (missing, range) = (2, 0x80...0x9F)
        case 0xE1...0xEF: missing = 2
        case 0xF0: (missing, range) = (3, 0x90...0xBF)
        case 0xF1...0xF3: missing = 3
        case 0xF4: (missing, range) = (3, 0x80...0x8F)
        default: return place
        }
        return nil
    }
}
