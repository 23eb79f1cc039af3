public import Credentials
import Cryptography
public import Encoding

/// One line of what a registrar wants to issue.
///
/// As JSON: `name`, `birth_year`, `qualification`, `version`, `awarded`, and where they apply
/// `valid_until`, `birthdate`, `units`, `mode`, `archive` (the register page of an award of the
/// past) and `holder_key` (a key file, or the public key, to which it is bound).
public struct AwardRequest: Hashable, Sendable {
    public let name: String
    public let birthYear: Int64
    public let birthdate: CalendarDate?
    public let qualification: String
    public let version: String
    public let awarded: CalendarDate
    public let validUntil: CalendarDate?
    public let units: [String]?
    public let mode: String?
    public let archive: String?
    public let holderKey: String?

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

    /// What was asked for when this was issued.
    public init(of credential: QualificationCredential) {
        name = credential.name
        birthYear = credential.birthYear
        birthdate = credential.birthdate
        qualification = credential.qualification
        version = credential.version
        awarded = credential.awarded
        validUntil = credential.validUntil
        units = credential.units
        mode = credential.mode
        archive = credential.archive
        holderKey = nil
    }

    private init(reading reader: inout MemberReader) throws(ParsingError) {
        name = try reader.string("name")
        birthYear = try reader.integer("birth_year", in: 1_850...2_200)
        birthdate = try reader.optionalDate("birthdate")
        qualification = try reader.string("qualification")
        version = try reader.string("version")
        awarded = try reader.date("awarded")
        validUntil = try reader.optionalDate("valid_until")
        units = try reader.optionalStrings("units")
        mode = try reader.optionalString("mode")
        archive = try reader.optionalString("archive")
        holderKey = try reader.optionalString("holder_key")
    }
}

extension AwardRequest {
    /// The credential to sign for this award.
    func credential(
        by body: String, country: String, status: StatusReference, at now: Timestamp,
        holder: VerificationKey?
    ) -> QualificationCredential {
        QualificationCredential(
            issuer: body, country: country, qualification: qualification, version: version,
            awarded: awarded, validUntil: validUntil, mode: mode, units: units, archive: archive,
            issuedAt: now, status: status, holderKey: holder.map { JSONWebKey($0) }, name: name,
            birthYear: birthYear, birthdate: birthdate)
    }
}
