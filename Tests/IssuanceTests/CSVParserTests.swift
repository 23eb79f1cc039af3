import Issuance
import TestSupport
import Testing

@Suite struct CSVParserTests {
    private static func rows(
        _ bytes: [UInt8], _ delimiter: CSVDelimiter = .comma, pieces: Int = .max
    ) -> [CSVRow] {
        var parser = CSVParser(delimiter)
        var rows: [CSVRow] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            parser.feed(rest.prefix(pieces)) { rows.append($0) }
            rest = rest.dropFirst(pieces)
        }
        parser.finish { rows.append($0) }
        return rows
    }

    private static func texts(_ text: String, _ delimiter: CSVDelimiter = .comma) -> [[String]] {
        rows(Array(text.utf8), delimiter).map { $0.cells.map(\.text) }
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func readsEveryEndOfLine(_ end: String) {
        let rows = Self.rows(Array("a,b\(end)c,d\(end)".utf8))
        #expect(rows.map { $0.cells.map(\.text) } == [["a", "b"], ["c", "d"]])
        #expect(rows.map(\.line) == [1, 2])
    }

    @Test func readsALastLineWithoutAnEnd() {
        #expect(Self.texts("a,b\nc,d") == [["a", "b"], ["c", "d"]])
        #expect(Self.texts("a,b\nc,") == [["a", "b"], ["c", ""]])
        #expect(Self.texts("a\n\"") == [["a"], [""]])
    }

    @Test func readsQuotes() {
        #expect(
            Self.texts("\"a,b\",\"say \"\"x\"\"\",\"\",\"l1\r\nl2\"\nz,,,\n")
                == [["a,b", "say \"x\"", "", "l1\nl2"], ["z", "", "", ""]])
    }

    @Test func countsLinesInsideQuotes() {
        let rows = Self.rows(Array("\"a\nb\nc\"\nd\n\n\ne".utf8))
        #expect(rows.map(\.line) == [1, 4, 7])
    }

    @Test(arguments: CSVDelimiter.allCases)
    func separatesOnlyByItsDelimiter(_ delimiter: CSVDelimiter) {
        let between = String(decoding: [delimiter.byte], as: UTF8.self)
        let others = CSVDelimiter.allCases.filter { $0 != delimiter }
            .map { String(decoding: [$0.byte], as: UTF8.self) }.joined()
        #expect(Self.texts("a\(others)b\(between)c", delimiter) == [["a\(others)b", "c"]])
    }

    @Test func passesOverRowsWithNothingInThem() {
        #expect(Self.texts("a\n\n , ,\t\n,,\nb\n") == [["a"], ["b"]])
    }

    /// The same rows and faults however the bytes come in.
    @Test(arguments: [1, 2, 3, 7])
    func doesNotDependOnThePieces(_ pieces: Int) {
        var generator = SeededGenerator(seed: 5)
        let alphabet = Array("ab,;\"\n\r\t é".utf8) + [0, 0xFF, 0xC3]
        for _ in 0..<300 {
            let bytes = (0..<40).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
            #expect(Self.rows(bytes) == Self.rows(bytes, pieces: pieces))
        }
    }

    @Test func namesTheByteThatIsNotUTF8() {
        // Latin-1: the e with an acute accent is one byte.
        let rows = Self.rows(Array("a,b\nx,Jos".utf8) + [0xE9] + Array(" Cruz\n".utf8))
        #expect(
            rows[1].faults
                == [CSVRow.Fault(line: 2, cell: 1, reason: .notUTF8(byte: 6))])
        #expect(rows[0].faults.isEmpty)
    }

    @Test(
        arguments: [
            [0x80], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80],
            [0xF4, 0x90, 0x80, 0x80],
            [0xE2, 0x82], [0xE0, 0x80, 0x80],
        ] as [[UInt8]])
    func refusesEveryBrokenSequence(_ bytes: [UInt8]) {
        for after in [[], [0x2C], [0x0A]] as [[UInt8]] {
            let faults = Self.rows([0x61] + bytes + after).flatMap(\.faults)
            #expect(faults.map(\.reason) == [.notUTF8(byte: 2)])
        }
    }

    @Test func namesANulByte() {
        let rows = Self.rows(Array("a,b".utf8) + [0] + Array("c\nd,e".utf8))
        #expect(rows[0].faults == [CSVRow.Fault(line: 1, cell: 1, reason: .nulByte(byte: 4))])
        #expect(rows[1].faults.isEmpty)
    }

    @Test func namesAQuoteThatIsNeverClosed() {
        let rows = Self.rows(Array("a,b\nc,\"d\ne,f\ng,h\n".utf8))
        #expect(rows.count == 2)
        #expect(
            rows[1].faults == [CSVRow.Fault(line: 2, cell: 1, reason: .unclosedQuote)])
    }

    @Test(arguments: ["5\" pipe", "\"a\"b", "\"a\" ,b"])
    func refusesAStrayQuote(_ text: String) {
        #expect(
            Self.rows(Array(text.utf8)).flatMap(\.faults).map(\.reason) == [.strayQuote])
    }

    @Test func keepsNoMoreOfACellThanItsLimit() {
        let limit = CSVParser.cellLimit
        let fitting = Self.rows([UInt8](repeating: 0x61, count: limit))
        #expect(fitting[0].faults.isEmpty)
        let long = Self.rows([UInt8](repeating: 0x61, count: 100 * limit) + Array(",b\nc".utf8))
        #expect(long[0].faults.map(\.reason) == [.tooLong(limit: limit)])
        #expect(long[0].cells.map(\.text.utf8.count) == [limit, 1])
        #expect(long[1].cells.map(\.text) == ["c"])
    }

    @Test func keepsNoMoreCellsThanTheLimit() {
        let row = Self.rows([UInt8](repeating: 0x2C, count: 100_000) + [0x61])[0]
        #expect(row.cells.count == CSVParser.cellCountLimit)
        #expect(row.faults.map(\.reason) == [.tooManyCells(limit: CSVParser.cellCountLimit)])
    }

    @Test func aFileOfNothingHasNoRow() {
        #expect(Self.rows([]).isEmpty)
        #expect(Self.rows(Array("\n\n\r\n".utf8)).isEmpty)
    }
}
