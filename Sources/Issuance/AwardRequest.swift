public import Credentials
public import Cryptography
public import Encoding

/// One line of what a registrar wants to issue.
///
/// As JSON: `name`, `birth_year`, `qualification`, `version`, `awarded`, and where they apply
/// `valid_until`, `birthdate`, `started`, `units`, `mode`, `archive` (the register page of an
/// award of the past) and `holder_key` (a key file, or the public key, to which it is bound).
/// From a spreadsheet it comes through an `AwardTemplate`.
public struct AwardRequest: Hashable, Sendable {
    public internal(set) var name: String
    public internal(set) var birthYear: Int64
    public internal(set) var birthdate: CalendarDate?
    public internal(set) var qualification: String
    public internal(set) var version: String
    public internal(set) var awarded: CalendarDate
    public internal(set) var validUntil: CalendarDate?
    public internal(set) var started: CalendarDate?
    public internal(set) var units: [String]?
    public internal(set) var mode: String?
    public internal(set) var archive: String?
    public var holderKey: String?
    /// Further claims of the credential, all of them disclosable.
    public var others = JSONObject()
    /// What the registrar keeps beside the credential, and nobody else sees.
    public internal(set) var kept = JSONObject()

    init(
        name: String, birthYear: Int64, qualification: String, version: String,
        awarded: CalendarDate
    ) {
        self.name = name
        self.birthYear = birthYear
        self.qualification = qualification
        self.version = version
        self.awarded = awarded
    }

    /// Reads a list of awards; an error names the line.
    public static func list(parsing bytes: [UInt8]) throws(ParsingError) -> [AwardRequest] {
        let value = try JSONValue(parsing: bytes, limits: JSONLimits(size: 64 << 20, depth: 6))
        guard case .array(let elements) = value else {
            throw .wrongType(path: "the top", expected: "an array of awards", found: value.kind)
        }
        var requests: [AwardRequest] = []
        for (index, element) in elements.enumerated() {
            var reader = try MemberReader(element, at: "[\(index)]")
            requests.append(try AwardRequest(reading: &reader))
            try reader.finish()
        }
        return requests
    }

    private init(reading reader: inout MemberReader) throws(ParsingError) {
        name = try reader.string("name")
        birthYear = try reader.integer("birth_year", in: 1_850...2_200)
        birthdate = try reader.optionalDate("birthdate")
        qualification = try reader.string("qualification")
        version = try reader.string("version")
        awarded = try reader.date("awarded")
        validUntil = try reader.optionalDate("valid_until")
        started = try reader.optionalDate("started")
        units = try reader.optionalStrings("units")
        mode = try reader.optionalString("mode")
        archive = try reader.optionalString("archive")
        holderKey = try reader.optionalString("holder_key")
    }
}

extension AwardRequest {
    /// The credential to sign for this award.
    public func credential(
        by body: String, country: String, status: StatusReference, at now: Timestamp,
        holder: JSONWebKey?
    ) -> QualificationCredential {
        QualificationCredential(
            issuer: body, country: country, qualification: qualification, version: version,
            awarded: awarded, validUntil: validUntil, started: started, mode: mode, units: units,
            archive: archive, issuedAt: now, status: status,
            holderKey: holder, name: name, birthYear: birthYear,
            birthdate: birthdate, others: others)
    }

    /// What makes it the same award as another: the person, the qualification and the day.
    ///
    /// Names count without regard to the case of their letters. A hash, so that comparing a
    /// whole year of awards takes little memory.
    public var mark: HashValue {
        AwardRequest.mark(
            name: name, birthYear: birthYear, birthdate: birthdate, qualification: qualification,
            awarded: awarded)
    }

    /// The mark of an award that was issued before.
    public static func mark(of award: QualificationCredential) -> HashValue {
        mark(
            name: award.name, birthYear: award.birthYear, birthdate: award.birthdate,
            qualification: award.qualification, awarded: award.awarded)
    }

    private static func mark(
        name: String, birthYear: Int64, birthdate: CalendarDate?, qualification: String,
        awarded: CalendarDate
    ) -> HashValue {
        let parts: [JSONValue] = [
            .string(name.lowercased()), .integer(birthYear),
            .string(birthdate?.description ?? ""), .string(qualification),
            .string(awarded.description),
        ]
        return HashValue(of: JSONValue.array(parts).serialized)
    }
}
