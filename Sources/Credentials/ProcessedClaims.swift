public import Encoding

/// What an SD-JWT says with the disclosures at hand: digests, decoys and `_sd_alg` are gone.
///
/// Made by `SDJWT.processed(plain:)` alone. Says nothing about who signed.
public struct ProcessedClaims: Hashable, Sendable {
    public let object: JSONObject
    /// The names at the top that came from disclosures.
    public let disclosedNames: [String]

    fileprivate init(object: JSONObject, disclosedNames: [String]) {
        self.object = object
        self.disclosedNames = disclosedNames
    }

    public subscript(name: String) -> JSONValue? { object[name] }
}

extension SDJWT {
    /// The claims that SD-JWT VC never allows in a disclosure: whoever holds the credential
    /// could leave them out.
    public static let plainClaims: Set = [
        "iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status",
    ]

    /// The payload with its disclosures in place: RFC 9901 § 7.1 in full.
    ///
    /// Refused: any digest twice, a disclosure without a digest or given twice, a name that is
    /// there already, reserved names, another hash than SHA-256, a claim of `plain` in a
    /// disclosure, too much depth. The signature is checked by `verify(with:)`, not here.
    public func processed(
        plain: Set<String> = SDJWT.plainClaims
    ) throws(CredentialError) -> ProcessedClaims {
        try processed(try issuerJWT.claims(), plain: plain)
    }

    /// The same for the payload as it was read, where it says what must be plain.
    func processed(
        _ payload: JSONObject, plain: Set<String>
    ) throws(CredentialError) -> ProcessedClaims {
        var resolver = try DisclosureResolver(disclosures, plain: plain)
        let object = try resolver.resolved(payload)
        return ProcessedClaims(object: object, disclosedNames: resolver.disclosedNames)
    }
}
