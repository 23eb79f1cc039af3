import Encoding

/// The value of a cell, read as its field says.
enum FieldValue: Hashable {
    case text(String)
    case date(CalendarDate)
    case integer(Int64)
    case codes([String])

    /// Reads the text of a cell that is not empty, spaced as `CellText` does it.
    static func read(
        _ text: String, as kind: TemplateField.Kind, dates: DateFormat
    ) -> Result<FieldValue, RowFault.Reason> {
        if let fault = CellText.fault(in: text) { return .failure(fault) }
        switch kind {
        case .text, .key:
            return text.utf8.count <= textLimit
                ? .success(.text(text)) : .failure(.tooLong(limit: textLimit))
        case .date:
            return dates.date(text).map { .success(.date($0)) }
                ?? .failure(.notADate(format: dates.description))
        case .year:
            guard text.utf8.count == 4, let year = Int64(text), (1_850...2_200).contains(year)
            else { return .failure(.notAYear) }
            return .success(.integer(year))
        case .integer:
            return Int64(text).map { .success(.integer($0)) } ?? .failure(.notANumber)
        case .code:
            return isCode(text) ? .success(.text(text)) : .failure(.notACode)
        case .codes:
            let codes = codes(in: text)
            guard (1...512).contains(codes.count), codes.allSatisfy(isCode),
                Set(codes).count == codes.count
            else { return .failure(.notACode) }
            return .success(.codes(codes))
        }
    }

    /// The codes of a list, whatever stands between them.
    static func codes(in text: String) -> [String] {
        text.utf8.split { $0 == 0x20 || $0 == 0x2C || $0 == 0x3B }.map { String($0) ?? "" }
    }

    private static func isCode(_ text: String) -> Bool {
        (1...200).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// Bytes of a text; of a name in a credential.
    static let textLimit = 400

    /// As it stands in a claim or beside a record.
    var json: JSONValue {
        switch self {
        case .text(let text): .string(text)
        case .date(let date): .string(date.description)
        case .integer(let number): .integer(number)
        case .codes(let codes): .array(codes.map(JSONValue.string))
        }
    }
}
