public import Cryptography
public import Encoding

extension SDJWT {
    /// Issues a credential whose claims at `disclosable` the holder may show or keep back.
    ///
    /// `decoys` digests of nothing at every level hide how many there are. `header` says what the
    /// credential is (`typ`); the algorithm is set here. Refused: a path that leads nowhere, a
    /// reserved name, and a claim that must be plain (`plainClaims`).
    public static func issue(
        claims: JSONObject, disclosable: [ClaimPath], decoys: Int = 0, header: JSONObject,
        by key: SigningKey, using generator: inout some RandomNumberGenerator
    ) throws(CredentialError) -> SDJWT {
        for name in plainClaims
        where disclosable.contains(where: { $0.components.first == .name(name) }) {
            throw .mustBePlain(claim: name)
        }
        var concealment = Concealment(disclosable, decoys: max(0, decoys))
        let payload = try concealment.concealed(claims, using: &generator)
        let disclosures = concealment.disclosures
        guard disclosures.count <= disclosureLimit else {
            throw .tooManyDisclosures(limit: disclosureLimit, found: disclosures.count)
        }
        let credential = SDJWT(
            issuerJWT: JSONWebSignature.signed(
                header: header, payload: JSONValue.object(payload).serialized, by: key),
            disclosures: disclosures, keyBinding: nil)
        let size = credential.presentation.count
        guard size <= sizeLimit else {
            throw .tooLarge(.credential, limit: sizeLimit, found: size)
        }
        return credential
    }
}
