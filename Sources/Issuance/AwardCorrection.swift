public import Credentials
public import Encoding

/// An award that was issued, to be issued again with corrections.
extension AwardRequest {
    /// The request that would have made the award; its holder's key is carried by name.
    public init(_ award: QualificationCredential, keeping kept: JSONObject) {
        self.init(
            name: award.name, birthYear: award.birthYear, qualification: award.qualification,
            version: award.version, awarded: award.awarded)
        birthdate = award.birthdate
        validUntil = award.validUntil
        started = award.started
        units = award.units
        mode = award.mode
        archive = award.archive
        others = award.others
        self.kept = kept
    }

    /// Gives one claim another text, read as a template reads it with dates as `YYYY-MM-DD`.
    ///
    /// An empty text removes a claim that need not be there.
    public mutating func correct(_ claim: String, to text: String) throws(RowFault) {
        let kinds: [TemplateField.Kind]
        do throws(ParsingError) { kinds = try TemplateField.kinds(for: claim, at: claim) } catch {
            throw RowFault(line: 1, column: claim, .unknownColumn(nearest: nil))
        }
        let text = CellText.spaced(text)
        var value: FieldValue?
        if !text.isEmpty {
            switch FieldValue.read(text, as: kinds[0], dates: .standard) {
            case .success(let read): value = read
            case .failure(let reason): throw RowFault(line: 1, column: claim, reason)
            }
        } else if ["name", "birth_year", "awarded"].contains(claim) {
            throw RowFault(line: 1, column: claim, .empty)
        }
        switch claim {
        case "name": name = text
        case "birth_year": birthYear = value?.integer ?? birthYear
        case "birthdate":
            birthdate = value?.date
            birthYear = birthdate?.year ?? birthYear
        case "awarded": awarded = value?.date ?? awarded
        case "valid_until": validUntil = value?.date
        case "started": started = value?.date
        case "units": units = value?.codes
        case "mode": mode = value?.text
        case "archive": archive = value?.text
        case "holder_key": holderKey = value?.text
        default: others[claim] = value?.json
        }
    }
}
