import Issuance
import Testing

@Suite struct CSVHeadTests {
    private static func head(
        _ bytes: [UInt8], delimiter: CSVDelimiter? = nil
    ) throws -> CSVHead {
        try CSVHead(parsing: bytes, delimiter: delimiter, columns: ["Name", "Born", "Awarded"])
    }

    @Test(arguments: [
        ("Name,Born\nx,y", CSVDelimiter.comma), ("Name;Born\nx;y", .semicolon),
        ("Name\tBorn\nx\ty", .tab), ("name;born;Note, if any\n", .semicolon),
        ("\"Name\";Awarded,Place\n", .semicolon), ("Name\n", .comma),
    ])
    func findsWhatStandsBetweenTheCells(_ text: String, _ delimiter: CSVDelimiter) throws {
        #expect(try Self.head(Array(text.utf8)).delimiter == delimiter)
    }

    @Test func passesOverAByteOrderMark() throws {
        let head = try Self.head([0xEF, 0xBB, 0xBF] + Array("Name,Born".utf8))
        #expect(head.offset == 3)
        #expect(head.heading.cells.map(\.text) == ["Name", "Born"])
    }

    @Test(arguments: ["\n", "\r\n"])
    func followsALineThatNamesTheDelimiter(_ end: String) throws {
        let head = try Self.head([0xEF, 0xBB, 0xBF] + Array("sep=;\(end)Name;Born\n".utf8))
        #expect(head.delimiter == .semicolon)
        #expect(head.line == 2)
        #expect(head.offset == 8 + end.utf8.count)
        #expect(head.heading.line == 2)
    }

    @Test func guessesNothingThatIsUnclear() throws {
        let text = Array("Full name;x,Birth".utf8)
        #expect(throws: IssuanceError.delimiterUnclear) { try Self.head(text) }
        #expect(try Self.head(text, delimiter: .comma).heading.cells.count == 2)
        #expect(throws: IssuanceError.delimiterUnclear) {
            try Self.head(Array("sep=|\nName|Born".utf8))
        }
    }

    @Test func namesFilesThatAreNoCSV() {
        #expect(throws: IssuanceError.otherEncoding("UTF-16")) {
            try Self.head([0xFF, 0xFE, 0x4E, 0x00])
        }
        #expect(throws: IssuanceError.workbook) {
            try Self.head([0x50, 0x4B, 0x03, 0x04, 0x14, 0x00])
        }
        for empty in ["", "\n\n", "\u{FEFF}", "sep=;\n"] {
            #expect(throws: IssuanceError.noHeading) { try Self.head(Array(empty.utf8)) }
        }
    }
}
