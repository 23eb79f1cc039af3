public import Cryptography
public import Encoding
public import TransparencyLog

/// An authority's finding that a body may award certain qualifications, with the body's key.
///
/// `Protocol/entry.md § Kinds`.
public struct Accreditation: Hashable, Sendable {
    public let body: String
    public let names: LocalizedText
    public let key: NoteKey
    public let qualifications: [String]
    public let site: String?
    /// The tier of the accreditor, where it has tiers.
    public let tier: Int64?
    public let period: Period
    /// Days after an award within which its batch must be logged: 30 unless said otherwise.
    public let loggingDays: Int64
    /// Whether the body may confirm awards of the past from its archive.
    public let allowsArchive: Bool
    /// Further keys of the body, for ES256: they sign credentials and nothing else, and count
    /// exactly as long as `key` does.
    public let credentialKeys: [P256Key]
    /// Roots under which it has further such keys; they count as long as `key` does.
    public let certificateRoots: [CertificateRoot]
    /// Whether the body may accredit its campuses within its own scope.
    public let allowsDelegation: Bool
    public let basis: Basis?

    static let credentialKeyLimit = 8

    init(reading reader: inout MemberReader) throws(ParsingError) {
        body = try reader.string("body")
        names = try LocalizedText(reading: &reader, "names")
        key = try reader.noteKey("key")
        qualifications = try reader.strings("qualifications")
        site = try reader.optionalString("site")
        tier = try reader.optionalInteger("tier")
        period = try Period(reading: &reader)
        loggingDays = try reader.optionalInteger("loggingDays", in: 1...90) ?? 30
        allowsArchive = try reader.optionalBool("archive") ?? false
        credentialKeys = try Accreditation.credentialKeys(&reader)
        certificateRoots = try Accreditation.certificateRoots(&reader)
        allowsDelegation = try reader.optionalBool("delegation") ?? false
        basis = try Basis(optional: &reader)
    }

    private static func credentialKeys(
        _ reader: inout MemberReader
    ) throws(ParsingError) -> [P256Key] {
        guard reader.optionalValue("credentialKeys") != nil else { return [] }
        var keys: [P256Key] = []
        for var item in try reader.readers("credentialKeys") {
            guard try item.string("kty") == "EC", try item.string("crv") == "P-256",
                let x = Base64.url.decode(try item.string("x")),
                let y = Base64.url.decode(try item.string("y")), let key = P256Key(x: x, y: y),
                !keys.contains(key), keys.count < credentialKeyLimit
            else {
                throw .wrongForm(
                    path: item.path,
                    expected: "kty EC, crv P-256 and a point of it as x and y, at most "
                        + "\(credentialKeyLimit) keys, each once")
            }
            try item.finish()
            keys.append(key)
        }
        return keys
    }

    private static func certificateRoots(
        _ reader: inout MemberReader
    ) throws(ParsingError) -> [CertificateRoot] {
        guard reader.optionalValue("certificateRoots") != nil else { return [] }
        var roots: [CertificateRoot] = []
        for var item in try reader.readers("certificateRoots") {
            let root = try CertificateRoot(reading: &item)
            guard !roots.contains(root), roots.count < CertificateRoot.countLimit else {
                throw .wrongForm(
                    path: item.path,
                    expected: "at most \(CertificateRoot.countLimit) roots, each once")
            }
            try item.finish()
            roots.append(root)
        }
        return roots
    }

    /// Whether the body was accredited for that qualification on that day, as stated.
    public func covers(_ qualification: String, on day: CalendarDate) -> Bool {
        qualifications.contains(qualification) && period.contains(day)
    }
}
