import Credentials
import Encoding

/// One column of the registrar's spreadsheet: how it is read, and where it goes.
///
/// `Protocol/template.md § Fields`.
public struct TemplateField: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        /// Text without control characters; white space is one space.
        case text
        /// A day in the template's format.
        case date
        /// A year of four digits.
        case year
        /// A whole number.
        case integer
        /// Visible ASCII without spaces.
        case code
        /// Codes with spaces, commas or semicolons between them.
        case codes
        /// A holder's public key, or the path of its key file.
        case key
    }

    /// The heading of the column.
    public let column: String
    /// The claim of the credential; nil: kept in the record alone.
    public let claim: String?
    public let kind: Kind
    /// Whether every row must have it.
    public let isRequired: Bool
    /// The values that it may have; nil: any.
    public let values: [String]?

    public static let columnLimit = 200

    public init(
        column: String, claim: String?, kind: Kind, isRequired: Bool, values: [String]? = nil
    ) {
        self.column = column
        self.claim = claim
        self.kind = kind
        self.isRequired = isRequired
        self.values = values
    }

    init(reading reader: inout MemberReader) throws(ParsingError) {
        column = try reader.string("column")
        guard (1...TemplateField.columnLimit).contains(column.utf8.count),
            column == CellText.spaced(column),
            column.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
        else {
            throw .wrongForm(
                path: reader.child("column"),
                expected: "a heading of 1 to \(TemplateField.columnLimit) bytes without white "
                    + "space at its ends")
        }
        claim = try reader.optionalString("claim")
        guard let kind = Kind(rawValue: try reader.string("type")) else {
            let known = Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw .wrongForm(path: reader.child("type"), expected: "one of \(known)")
        }
        self.kind = kind
        if let claim {
            let kinds = try TemplateField.kinds(for: claim, at: reader.child("claim"))
            guard kinds.contains(kind) else {
                let known = kinds.map(\.rawValue).joined(separator: " or ")
                throw .wrongForm(
                    path: reader.child("type"), expected: "\(known) for the claim \(claim)")
            }
        }
        isRequired = try reader.optionalBool("required") ?? false
        values = try reader.optionalStrings("values")
        if let values, values.isEmpty || values.contains(where: \.isEmpty) {
            throw .wrongForm(path: reader.child("values"), expected: "at least one value")
        }
    }

    /// How a claim may be read, the usual way first.
    ///
    /// - Throws: for a claim that a template does not fill: it is set by the issuer's software.
    static func kinds(for claim: String, at path: String) throws(ParsingError) -> [Kind] {
        switch claim {
        case "name": return [.text]
        case "birth_year": return [.year]
        case "birthdate", "awarded", "valid_until", "started": return [.date]
        case "mode", "archive": return [.code]
        case "units": return [.codes]
        case "holder_key": return [.key]
        default:
            let isName =
                (1...64).contains(claim.utf8.count)
                && claim.utf8.first.map { (0x61...0x7A).contains($0) } ?? false
                && claim.utf8.allSatisfy {
                    (0x61...0x7A).contains($0) || (0x30...0x39).contains($0)
                        || $0 == UInt8(ascii: "_")
                }
            let isOurs =
                QualificationCredential.plainClaims.contains(claim) || claim == "replaces"
            guard isName, !isOurs else {
                throw .wrongForm(
                    path: path,
                    expected: "a claim of small letters, digits and _ that the issuer's software "
                        + "does not set itself")
            }
            return [.text, .date, .year, .integer, .code]
        }
    }
}
