/// What is wrong with one row of a spreadsheet: where, and why.
///
/// Says the line, the column's heading and the rule, never what the cell holds.
public struct RowFault: Error, Hashable, Sendable {
    public enum Reason: Error, Hashable, Sendable {
        // The file.
        case notUTF8(byte: Int)
        case nulByte(byte: Int)
        case unclosedQuote
        case strayQuote
        case tooLong(limit: Int)
        case tooManyCells(limit: Int)
        case cellCount(expected: Int, found: Int)
        // The heading.
        case missingColumn(nearest: String?)
        case unknownColumn(nearest: String?)
        case repeatedColumn
        // A cell.
        case empty
        case controlCharacter
        case lostCharacter
        case formula
        case notADate(format: String)
        case notAYear
        case notANumber
        case notACode
        case notAllowed(nearest: String?)
        case unknownKey
        // The row.
        case birthYearDiffers
        case bornAfterAward
        case endsBeforeAward
        case startsAfterAward
        /// The same person, qualification and day as an earlier row.
        case repeatsLine(Int)
        /// The same person, qualification and day as a standing award of this body.
        case alreadyIssued
        /// What the log of the country says against it.
        case refused(code: String, text: String)
    }

    /// The line of the file on which the row begins, from 1.
    public let line: Int
    public let column: String?
    public let reason: Reason

    public init(line: Int, column: String?, _ reason: Reason) {
        self.line = line
        self.column = column
        self.reason = reason
    }
}

extension RowFault.Reason {
    /// A word for machines (`Protocol/template.md § Faults`).
    public var code: String {
        switch self {
        case .notUTF8: "not-utf-8"
        case .nulByte: "nul-byte"
        case .unclosedQuote: "unclosed-quote"
        case .strayQuote: "stray-quote"
        case .tooLong: "too-long"
        case .tooManyCells: "too-many-cells"
        case .cellCount: "cell-count"
        case .missingColumn: "missing-column"
        case .unknownColumn: "unknown-column"
        case .repeatedColumn: "repeated-column"
        case .empty: "empty"
        case .controlCharacter: "control-character"
        case .lostCharacter: "lost-character"
        case .formula: "formula"
        case .notADate: "not-a-date"
        case .notAYear: "not-a-year"
        case .notANumber: "not-a-number"
        case .notACode: "not-a-code"
        case .notAllowed: "not-allowed"
        case .unknownKey: "unknown-key"
        case .birthYearDiffers: "birth-year-differs"
        case .bornAfterAward: "born-after-award"
        case .endsBeforeAward: "ends-before-award"
        case .startsAfterAward: "starts-after-award"
        case .repeatsLine: "repeats-line"
        case .alreadyIssued: "already-issued"
        case .refused(let code, _): code
        }
    }
}

extension RowFault: CustomStringConvertible {
    public var description: String {
        "line \(line)" + (column.map { ", \($0)" } ?? "") + ": \(reason) [\(reason.code)]"
    }
}

extension RowFault.Reason: CustomStringConvertible {
    public var description: String {
        func near(_ name: String?) -> String { name.map { "; is it \"\($0)\"?" } ?? "" }
        return switch self {
        case .notUTF8(let byte):
            "expected UTF-8, found other bytes at byte \(byte) of the line; save the file as "
                + "\"CSV UTF-8\""
        case .nulByte(let byte):
            "expected text, found a NUL at byte \(byte) of the line"
        case .unclosedQuote:
            "expected a closing quote, found the end of the file; everything after the opening one "
                + "was read as one cell"
        case .strayQuote:
            "expected a quote only around a whole cell, or doubled within one"
        case .tooLong(let limit): "expected at most \(limit) bytes, found more"
        case .tooManyCells(let limit): "expected at most \(limit) cells, found more"
        case .cellCount(let expected, let found):
            "expected \(expected) cells as in the heading, found \(found)"
        case .missingColumn(let nearest):
            "expected a column of this name, found none" + near(nearest)
        case .unknownColumn(let nearest):
            "the template has no field for this column" + near(nearest)
        case .repeatedColumn: "expected each column once, found a second one of this name"
        case .empty: "expected a value, found none"
        case .controlCharacter:
            "expected text, found a control character or a mark that turns the direction of writing"
        case .lostCharacter:
            "found the mark that programs write in place of a character they could not read; the "
                + "file was saved in another encoding once"
        case .formula:
            "expected text, found what a spreadsheet would run as a formula"
        case .notADate(let format): "expected a date written \(format)"
        case .notAYear: "expected a year of four digits from 1850 to 2200"
        case .notANumber: "expected a whole number"
        case .notACode: "expected visible ASCII characters without spaces, each code once"
        case .notAllowed(let nearest):
            "expected one of the values of the template" + near(nearest)
        case .unknownKey: "expected a public key or the path of a key file"
        case .birthYearDiffers: "expected a date in the year of birth that the row states"
        case .bornAfterAward: "expected a birth before the award"
        case .endsBeforeAward: "expected an end not before the award"
        case .startsAfterAward: "expected a start not after the award"
        case .repeatsLine(let line):
            "the same person, qualification and day as line \(line)"
        case .alreadyIssued:
            "this body has issued the same award to this person already; correct it with concord "
                + "replace"
        case .refused(_, let text): text
        }
    }
}
