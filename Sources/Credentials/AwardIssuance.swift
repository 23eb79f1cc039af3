public import Cryptography
public import Encoding

extension QualificationCredential {
    /// All claims, before any is made disclosable.
    public var claims: JSONObject {
        var claims: JSONObject = [
            "vct": .string(QualificationCredential.credentialType), "iss": .string(issuer),
            "country": .string(country), "qualification": .string(qualification),
            "version": .string(version), "awarded": .string(awarded.description),
        ]
        claims["valid_until"] = validUntil.map { .string($0.description) }
        claims["started"] = started.map { .string($0.description) }
        claims["mode"] = mode.map(JSONValue.string)
        claims["units"] = units.map { .array($0.map(JSONValue.string)) }
        claims["archive"] = archive.map(JSONValue.string)
        claims["iat"] = .integer(issuedAt.seconds)
        claims["exp"] = expires.map { .integer($0.seconds) }
        claims["nbf"] = notBefore.map { .integer($0.seconds) }
        claims["status"] = status.claim
        claims["cnf"] = holderKey.map { ["jwk": .object($0.object)] }
        claims["name"] = .string(name)
        claims["birth_year"] = .integer(birthYear)
        claims["birthdate"] = birthdate.map { .string($0.description) }
        for member in others.members { claims[member.name] = member.value }
        return claims
    }

    /// Issues the award with every personal claim disclosable.
    ///
    /// Deterministic with the generator. What is issued reads back: claims of a form that this
    /// profile refuses are refused here.
    public func issued(
        decoys: Int = 2, by key: SigningKey, using generator: inout some RandomNumberGenerator
    ) throws(CredentialError) -> SDJWT {
        let claims = claims
        let plain = QualificationCredential.plainClaims
        let disclosable = claims.members.map(\.name).filter { !plain.contains($0) }
        let credential = try SDJWT.issue(
            claims: claims, disclosable: disclosable.map { ClaimPath([.name($0)]) },
            decoys: decoys, header: ["alg": "EdDSA", "typ": "dc+sd-jwt"], by: key,
            using: &generator)
        _ = try QualificationCredential(parsing: credential)
        return credential
    }
}

extension SDJWT {
    /// A presentation of an award: the mandatory claims, those of the names, nothing else.
    public func presenting(_ claimNames: [String]) throws(CredentialError) -> SDJWT {
        try selecting(claimNames: QualificationCredential.mandatoryDisclosures + claimNames)
    }
}
