import Encoding
import Issuance

/// A template with a field of each type.
enum SampleTemplate {
    static let fields: [JSONValue] = [
        ["column": "Given name", "claim": "name", "type": "text", "required": true],
        ["column": "Family name", "claim": "name", "type": "text"],
        ["column": "Date of birth", "claim": "birthdate", "type": "date", "required": true],
        ["column": "Awarded", "claim": "awarded", "type": "date", "required": true],
        ["column": "Units", "claim": "units", "type": "codes", "values": ["U1", "U2", "U3"]],
        ["column": "Number", "claim": "certificate_number", "type": "code"],
        ["column": "Sex", "claim": "sex", "type": "text", "values": ["F", "M", "X"]],
        ["column": "Student number", "type": "text"],
    ]

    static var object: JSONObject {
        [
            "type": "template", "version": 1, "qualification": "ph.welder",
            "qualificationVersion": "2020", "languages": ["en", "fil"], "dates": "DD/MM/YYYY",
            "validity": ["months": 60], "fields": .array(fields),
        ]
    }

    static func template(
        _ change: (inout JSONObject) -> Void = { _ in }
    ) throws -> AwardTemplate {
        var object = object
        change(&object)
        return try AwardTemplate(parsing: JSONValue.object(object).serialized)
    }

    static func columns(_ text: String) throws -> TemplateColumns {
        let template = try template()
        let head = try CSVHead(
            parsing: Array(text.utf8), delimiter: nil, columns: template.fields.map(\.column))
        return try TemplateColumns(head, of: template)
    }

    /// What the rows of a file say, read with the sample template.
    static func outcomes(
        _ text: String
    ) throws -> [Result<AwardRequest, TemplateColumns.Faults>] {
        let columns = try columns(text)
        var parser = CSVParser(columns.head.delimiter, line: columns.head.line)
        var outcomes: [Result<AwardRequest, TemplateColumns.Faults>] = []
        var isHeading = true
        func take(_ row: CSVRow) {
            if !isHeading { outcomes.append(columns.award(row)) }
            isHeading = false
        }
        parser.feed(Array(text.utf8).dropFirst(columns.head.offset), take)
        parser.finish(take)
        return outcomes
    }

    /// The faults of all rows as a person reads them.
    static func faults(_ text: String) throws -> [String] {
        try outcomes(text).flatMap { outcome -> [String] in
            if case .failure(let faults) = outcome { faults.all.map(\.description) } else { [] }
        }
    }
}
