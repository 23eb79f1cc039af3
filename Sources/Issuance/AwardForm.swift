import Encoding

/// Fills one award from the texts of a template's fields, from a row or one by one.
///
/// `Protocol/template.md § Rows`.
public struct AwardForm: Sendable {
    private let template: AwardTemplate

    public init(_ template: AwardTemplate) { self.template = template }

    /// The award of named values, such as `Full name` or the claim `name` where one field fills it.
    ///
    /// - Throws: all that is wrong, as of line 1.
    public func award(_ values: [(name: String, text: String)]) throws(TemplateColumns.Faults)
        -> AwardRequest
    {
        var texts = [String?](repeating: nil, count: template.fields.count)
        var faults: [RowFault] = []
        for (name, text) in values {
            let wanted = CellText.spaced(name).lowercased()
            let byColumn = template.fields.firstIndex { $0.column.lowercased() == wanted }
            let byClaim = template.fields.indices.filter { template.fields[$0].claim == name }
            guard let place = byColumn ?? (byClaim.count == 1 ? byClaim[0] : nil) else {
                let nearest = NearestName.of(name, among: template.fields.map(\.column))
                faults.append(RowFault(line: 1, column: name, .unknownColumn(nearest: nearest)))
                continue
            }
            if texts[place] != nil {
                faults.append(RowFault(line: 1, column: name, .repeatedColumn))
            }
            texts[place] = text
        }
        guard faults.isEmpty else { throw TemplateColumns.Faults(all: faults) }
        return try award(texts, line: 1).get()
    }

    /// - Parameter texts: one for each field of the template; nil: absent.
    func award(_ texts: [String?], line: Int) -> Result<AwardRequest, TemplateColumns.Faults> {
        var faults: [RowFault] = []
        var claims: [String: FieldValue] = [:]
        var names: [String] = []
        var others = JSONObject()
        var kept = JSONObject()
        for (field, raw) in zip(template.fields, texts) {
            let text = CellText.spaced(raw ?? "")
            guard !text.isEmpty else {
                if field.isRequired {
                    faults.append(RowFault(line: line, column: field.column, .empty))
                }
                continue
            }
            if let values = field.values,
                let other = (field.kind == .codes ? FieldValue.codes(in: text) : [text])
                    .first(where: { !values.contains($0) })
            {
                let nearest = NearestName.of(other, among: values)
                faults.append(
                    RowFault(line: line, column: field.column, .notAllowed(nearest: nearest)))
                continue
            }
            switch FieldValue.read(text, as: field.kind, dates: template.dateFormat) {
            case .failure(let reason):
                faults.append(RowFault(line: line, column: field.column, reason))
            case .success(let value):
                switch field.claim {
                case nil: kept[field.column] = value.json
                case "name": names.append(text)
                case let claim?:
                    claims[claim] = value
                    if !AwardForm.own.contains(claim) { others[claim] = value.json }
                }
            }
        }
        for fixed in template.fixed {
            guard
                case .success(let value) = FieldValue.read(
                    fixed.text, as: fixed.kind, dates: .standard)
            else { continue }
            claims[fixed.claim] = value
            if !AwardForm.own.contains(fixed.claim) { others[fixed.claim] = value.json }
        }
        guard faults.isEmpty, let awarded = claims["awarded"]?.date else {
            return .failure(TemplateColumns.Faults(all: faults))
        }
        let birthdate = claims["birthdate"]?.date
        var award = AwardRequest(
            name: names.joined(separator: " "),
            birthYear: claims["birth_year"]?.integer ?? birthdate?.year ?? 0,
            qualification: template.qualification, version: template.version, awarded: awarded)
        award.birthdate = birthdate
        award.started = claims["started"]?.date
        award.validUntil = validUntil(claims, awarded)
        award.units = claims["units"]?.codes
        award.mode = claims["mode"]?.text
        award.archive = claims["archive"]?.text
        award.holderKey = claims["holder_key"]?.text
        award.others = others
        award.kept = kept
        faults = self.faults(of: award, line: line)
        return faults.isEmpty ? .success(award) : .failure(TemplateColumns.Faults(all: faults))
    }

    /// The claims that an award has members for.
    private static let own: Set<String> = [
        "name", "birth_year", "birthdate", "awarded", "valid_until", "started", "mode", "units",
        "archive", "holder_key",
    ]

    private func validUntil(
        _ claims: [String: FieldValue], _ awarded: CalendarDate
    ) -> CalendarDate? {
        switch template.validity {
        case .none: nil
        case .months(let months): awarded.adding(months: months)
        case .field: claims["valid_until"]?.date
        }
    }

    /// What does not fit together.
    private func faults(of award: AwardRequest, line: Int) -> [RowFault] {
        func column(_ claim: String) -> String? {
            template.fields.first { $0.claim == claim }?.column
        }
        var faults: [RowFault] = []
        func note(_ claim: String, _ reason: RowFault.Reason) {
            faults.append(RowFault(line: line, column: column(claim), reason))
        }
        if award.name.utf8.count > FieldValue.textLimit {
            note("name", .tooLong(limit: FieldValue.textLimit))
        }
        if let birthdate = award.birthdate, birthdate.year != award.birthYear {
            note("birthdate", .birthYearDiffers)
        } else if award.birthYear >= award.awarded.year {
            note(column("birthdate") == nil ? "birth_year" : "birthdate", .bornAfterAward)
        }
        if let until = award.validUntil, until < award.awarded {
            note("valid_until", .endsBeforeAward)
        }
        if let started = award.started, started > award.awarded {
            note("started", .startsAfterAward)
        }
        return faults
    }
}

extension FieldValue {
    var text: String? { if case .text(let text) = self { text } else { nil } }
    var date: CalendarDate? { if case .date(let date) = self { date } else { nil } }
    var integer: Int64? { if case .integer(let number) = self { number } else { nil } }
    var codes: [String]? { if case .codes(let codes) = self { codes } else { nil } }
}
