public import Encoding

/// What a certificate says, before a language is chosen for its print.
public struct CertificateFacts: Hashable, Sendable {
    /// What the registry calls things in one language.
    public struct Names: Hashable, Sendable {
        public let country: String
        public let accreditor: String
        public let body: String
        public let qualification: String

        public init(country: String, accreditor: String, body: String, qualification: String) {
            self.country = country
            self.accreditor = accreditor
            self.body = body
            self.qualification = qualification
        }
    }

    public let name: String
    public let birthYear: Int64
    public let version: String
    /// The units achieved; nil: all.
    public let units: [String]?
    public let awarded: CalendarDate
    public let validUntil: CalendarDate?
    /// Whether it confirms an award of the past from an archive.
    public let isArchiveConfirmation: Bool
    public let isSample: Bool
    /// ISO 3166-1 alpha-2.
    public let countryCode: String
    /// The issuer's own name for its record.
    public let record: String
    /// The text of the code: the signed credential itself.
    public let code: String

    public init(
        name: String, birthYear: Int64, version: String, units: [String]?, awarded: CalendarDate,
        validUntil: CalendarDate?, isArchiveConfirmation: Bool, isSample: Bool,
        countryCode: String, record: String, code: String
    ) {
        self.name = name
        self.birthYear = birthYear
        self.version = version
        self.units = units
        self.awarded = awarded
        self.validUntil = validUntil
        self.isArchiveConfirmation = isArchiveConfirmation
        self.isSample = isSample
        self.countryCode = countryCode
        self.record = record
        self.code = code
    }
}
