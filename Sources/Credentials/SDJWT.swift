public import Cryptography
internal import Encoding

/// An SD-JWT with the disclosures that came with it and the holder's key binding, if any
/// (RFC 9901 § 4), read but not verified.
///
/// Who signed it is checked by `verify(with:)`, what it says by `processed(plain:)`, and who
/// presents it by `holderControl(key:challenge:)`; each of the three is needed.
public struct SDJWT: Hashable, Sendable {
    public let issuerJWT: JSONWebSignature
    public let disclosures: [Disclosure]
    public let keyBinding: KeyBinding?

    /// Bytes of the whole.
    public static let sizeLimit = 65_536
    public static let disclosureLimit = 256

    init(issuerJWT: JSONWebSignature, disclosures: [Disclosure], keyBinding: KeyBinding?) {
        self.issuerJWT = issuerJWT
        self.disclosures = disclosures
        self.keyBinding = keyBinding
    }

    /// Reads the compact serialization, or the JSON one if the first byte is a brace.
    ///
    /// Bounded before anything is allocated; no white space around the compact one.
    public init(parsing bytes: [UInt8]) throws(CredentialError) {
        guard bytes.count <= SDJWT.sizeLimit else {
            throw .tooLarge(.credential, limit: SDJWT.sizeLimit, found: bytes.count)
        }
        if bytes.first == UInt8(ascii: "{") {
            let object: JSONObject
            do throws(ParsingError) {
                let value = try JSONValue(parsing: bytes)
                guard case .object(let members) = value else {
                    throw .wrongType(path: "the top", expected: "an object", found: value.kind)
                }
                object = members
            } catch { throw .json(.credential, error) }
            try self.init(parsing: object)
        } else {
            try self.init(compact: bytes)
        }
    }

    private init(compact bytes: [UInt8]) throws(CredentialError) {
        let tilde = UInt8(ascii: "~")
        guard let first = bytes.firstIndex(of: tilde) else { throw .notSDJWT }
        let count = bytes[(first + 1)...].count { $0 == tilde }
        guard count <= SDJWT.disclosureLimit else {
            throw .tooManyDisclosures(limit: SDJWT.disclosureLimit, found: count)
        }
        issuerJWT = try JSONWebSignature(parsing: bytes[..<first])
        var disclosures: [Disclosure] = []
        disclosures.reserveCapacity(count)
        var start = first + 1
        while let end = bytes[start...].firstIndex(of: tilde) {
            disclosures.append(try Disclosure(parsing: bytes[start..<end]))
            start = end + 1
        }
        self.disclosures = disclosures
        // SPEC: RFC 9901 § 4, what follows the last ~ is a key binding or nothing.
        keyBinding = start == bytes.count ? nil : try KeyBinding(parsing: bytes[start...])
    }

    /// The exact compact JWT of the issuer; the leaf in a batch is a hash of these bytes.
    public var issuerSignedBytes: [UInt8] { issuerJWT.compact }

    /// How a decision names the award that this is: the first 32 hexadecimal digits of the
    /// SHA-256 of what the issuer signed (`Protocol/credential.md § Statements`).
    public var reference: String { String(HashValue(of: issuerSignedBytes).hexadecimal.prefix(32)) }

    /// The compact serialization without a key binding: it ends in `~`.
    public var presentation: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(
            disclosures.reduce(issuerJWT.compact.count + 1) { $0 + $1.encoded.count + 1 })
        bytes.append(contentsOf: issuerJWT.compact)
        bytes.append(UInt8(ascii: "~"))
        for disclosure in disclosures {
            bytes.append(contentsOf: disclosure.encoded)
            bytes.append(UInt8(ascii: "~"))
        }
        return bytes
    }

    /// The compact serialization.
    public var serialized: [UInt8] { presentation + (keyBinding?.jwt.compact ?? []) }

    /// Checks the issuer's signature with a key that the caller trusts for this issuer.
    public func verify(with key: VerificationKey) throws(CredentialError) {
        try issuerJWT.verify(with: key)
    }

    /// The same with a key of either algorithm.
    public func verify(with key: SignatureKey) throws(CredentialError) {
        try issuerJWT.verify(with: key)
    }

    /// Where each disclosure stands among the processed claims, in the order of the disclosures.
    public func disclosurePaths() throws(CredentialError) -> [ClaimPath] {
        var resolver = try DisclosureResolver(disclosures, plain: [], recordsPaths: true)
        _ = try resolver.resolved(try issuerJWT.claims())
        return resolver.paths
    }

    /// The same credential with only the disclosures on the way to, at or beneath those claims,
    /// and without a key binding.
    public func selecting(paths: [ClaimPath]) throws(CredentialError) -> SDJWT {
        var selected: [Disclosure] = []
        for (disclosure, path) in zip(disclosures, try disclosurePaths())
        where paths.contains(where: path.isRelated) {
            selected.append(disclosure)
        }
        return SDJWT(issuerJWT: issuerJWT, disclosures: selected, keyBinding: nil)
    }

    /// The same credential with only the disclosures at or beneath the claims of those names
    /// at the top, and without a key binding.
    public func selecting(claimNames: [String]) throws(CredentialError) -> SDJWT {
        try selecting(paths: claimNames.map { ClaimPath([.name($0)]) })
    }
}
