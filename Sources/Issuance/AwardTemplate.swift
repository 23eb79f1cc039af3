public import Cryptography
public import Encoding

/// How a body's spreadsheet becomes awards of one qualification: columns, dates, validity.
///
/// `Protocol/template.md`. A file that the body keeps; nothing of it is public.
public struct AwardTemplate: Hashable, Sendable {
    /// Until when an award is current.
    public enum Validity: Hashable, Sendable {
        /// It does not expire.
        case none
        /// So many months after the day of award.
        case months(Int64)
        /// As the row says.
        case field
    }

    public let qualification: String
    public let version: String
    /// The level that the registered version must have; nil: not looked at.
    public let level: String?
    /// The campus; nil: not looked at.
    public let site: String?
    /// In which certificates are printed, the first first.
    public let languages: [String]
    public let dateFormat: DateFormat
    public let validity: Validity
    public let fields: [TemplateField]
    /// What every award of the template has.
    public let fixed: [FixedClaim]
    /// SHA-256 of the file.
    public let identity: HashValue

    public struct FixedClaim: Hashable, Sendable {
        public let claim: String
        public let text: String
        let kind: TemplateField.Kind
    }

    public static let sizeLimit = 65_536
    public static let fieldLimit = 128

    public init(parsing bytes: [UInt8]) throws(ParsingError) {
        let limits = JSONLimits(size: AwardTemplate.sizeLimit, depth: 6)
        var reader = try MemberReader(JSONValue(parsing: bytes, limits: limits), at: "")
        guard try reader.string("type") == "template" else {
            throw .wrongForm(path: "type", expected: "the word template")
        }
        _ = try reader.integer("version", in: 1...1)
        qualification = try AwardTemplate.name(&reader, "qualification")
        version = try reader.string("qualificationVersion")
        level = try reader.optionalString("level")
        site = try reader.optionalString("site")
        languages = try AwardTemplate.languages(&reader)
        guard let format = DateFormat(parsing: try reader.string("dates")) else {
            throw .wrongForm(
                path: "dates", expected: "a format such as YYYY-MM-DD, DD/MM/YYYY or D.M.YYYY")
        }
        dateFormat = format
        validity = try AwardTemplate.validity(&reader)
        fields = try AwardTemplate.fields(&reader)
        fixed = try AwardTemplate.fixed(&reader)
        try reader.finish()
        identity = HashValue(of: bytes)
        try checkClaims()
    }

    private static func name(
        _ reader: inout MemberReader, _ member: String
    ) throws(ParsingError) -> String {
        let text = try reader.string(member)
        guard (1...200).contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            throw .wrongForm(
                path: member, expected: "1 to 200 visible ASCII characters without spaces")
        }
        return text
    }

    private static func languages(
        _ reader: inout MemberReader
    ) throws(ParsingError) -> [String] {
        let tags = try reader.strings("languages")
        let isGood = tags.allSatisfy { tag in
            (2...35).contains(tag.utf8.count)
                && tag.utf8.allSatisfy {
                    (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x2D
                }
        }
        guard (1...2).contains(tags.count), isGood, Set(tags).count == tags.count else {
            throw .wrongForm(
                path: "languages", expected: "one or two language tags such as en or fil, each once"
            )
        }
        return tags
    }

    private static func validity(
        _ reader: inout MemberReader
    ) throws(ParsingError) -> Validity {
        switch try reader.value("validity") {
        case "none": return .none
        case "field": return .field
        case .object(let object):
            var rule = MemberReader(object, at: "validity")
            let months = try rule.integer("months", in: 1...1_200)
            try rule.finish()
            return .months(months)
        default:
            throw .wrongForm(
                path: "validity", expected: "\"none\", \"field\" or {\"months\": 60}")
        }
    }

    private static func fields(
        _ reader: inout MemberReader
    ) throws(ParsingError) -> [TemplateField] {
        var fields: [TemplateField] = []
        for var item in try reader.readers("fields") {
            fields.append(try TemplateField(reading: &item))
            try item.finish()
        }
        guard (1...fieldLimit).contains(fields.count) else {
            throw .wrongForm(path: "fields", expected: "1 to \(fieldLimit) fields")
        }
        var columns: Set<String> = []
        for (place, field) in fields.enumerated()
        where !columns.insert(field.column.lowercased()).inserted {
            throw .wrongForm(path: "fields[\(place)].column", expected: "a heading of its own")
        }
        return fields
    }

    private static func fixed(
        _ reader: inout MemberReader
    ) throws(ParsingError) -> [FixedClaim] {
        guard let value = reader.optionalValue("fixed") else { return [] }
        guard case .object(let object) = value else {
            throw .wrongType(path: "fixed", expected: "an object", found: value.kind)
        }
        var claims: [FixedClaim] = []
        for member in object.members {
            let path = "fixed.\(member.name)"
            let kinds = try TemplateField.kinds(for: member.name, at: path)
            guard !["name", "birth_year", "birthdate", "holder_key"].contains(member.name),
                let kind = kinds.first, let text = member.value.string
            else {
                throw .wrongForm(path: path, expected: "the text of a claim that all have alike")
            }
            let value = FieldValue.read(text, as: kind, dates: .standard)
            guard case .success = value else {
                throw .wrongForm(
                    path: path, expected: "the form of its claim; a date as YYYY-MM-DD")
            }
            claims.append(FixedClaim(claim: member.name, text: text, kind: kind))
        }
        return claims
    }

    /// Every award has a name, a birth and a day, and no claim comes from two places.
    private func checkClaims() throws(ParsingError) {
        let claims = fields.compactMap(\.claim).filter { $0 != "name" } + fixed.map(\.claim)
        var seen: Set<String> = []
        for claim in claims where !seen.insert(claim).inserted {
            throw .wrongForm(path: "fields", expected: "the claim \(claim) from one place")
        }
        func isSure(_ claim: String) -> Bool {
            fields.contains { $0.claim == claim && $0.isRequired }
                || fixed.contains { $0.claim == claim }
        }
        guard isSure("name") else {
            throw .wrongForm(path: "fields", expected: "a required field for the claim name")
        }
        guard isSure("birth_year") || isSure("birthdate") else {
            throw .wrongForm(
                path: "fields", expected: "a required field for birth_year or birthdate")
        }
        guard isSure("awarded") else {
            throw .wrongForm(
                path: "fields", expected: "a required field for the claim awarded, or it in fixed")
        }
        guard (validity == .field) == seen.contains("valid_until") else {
            throw .wrongForm(
                path: "validity",
                expected: "\"field\" where a field fills valid_until, and only there")
        }
    }

    /// Whether awards of the past may come from it, with their register pages.
    public var hasArchive: Bool {
        fields.contains { $0.claim == "archive" } || fixed.contains { $0.claim == "archive" }
    }

    /// The codes of units that it allows or sets by itself.
    public var namedUnits: [String] {
        let listed = fields.filter { $0.claim == "units" }.flatMap { $0.values ?? [] }
        let set = fixed.filter { $0.claim == "units" }.flatMap { FieldValue.codes(in: $0.text) }
        return listed + set
    }
}
