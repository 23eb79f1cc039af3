public import Encoding

/// What is wrong with a credential, a presentation, a status list or a request.
///
/// One case per broken rule, with a `code` that does not change. Messages name claims of this
/// profile, positions and limits, never the value of a claim and never a key.
public enum CredentialError: Error, Hashable, Sendable {
    /// The piece of a document that an error is about.
    public enum Part: String, Hashable, Sendable {
        case credential = "the credential"
        case header = "the header"
        case payload = "the payload"
        case signature = "the signature"
        case disclosure = "a disclosure"
        case keyBinding = "the key binding"
        case key = "the key"
        case statusList = "the status list"
        case file = "the credential file"
        case batch = "the batch path"
        case request = "the request"
        case paperCode = "the code of a paper certificate"
        case fileCode = "the code of a file"
    }

    // Form.
    case tooLarge(Part, limit: Int, found: Int)
    case json(Part, ParsingError)
    case notBase64URL(Part)
    case notCompactJWS(Part)
    case notSDJWT
    case wrongSignatureCount(found: Int)
    case headerParameterRepeated
    case headerParameterRefused(String)
    case unsupportedExtension
    case wrongType(expected: [String])

    // Keys and signatures.
    case unsupportedAlgorithm(found: String)
    case wrongSignature
    case unsupportedKey(kind: String)
    case malformedKey(expected: String)
    case privateKeyGiven

    // Disclosures.
    case tooManyDisclosures(limit: Int, found: Int)
    case malformedDisclosure(expected: String)
    case reservedName(Part)
    case unsupportedHashAlgorithm
    case malformedDigests(expected: String)
    case repeatedDigest
    case repeatedDisclosure
    case disclosureInWrongPlace(expected: String)
    case nameCollision
    case unreferencedDisclosures(count: Int)
    case tooDeep(limit: Int)
    case mustBePlain(claim: String)
    case noSuchClaim(path: String)

    // Key binding.
    case keyBindingMissing
    case keyBindingSignature
    case keyBindingHash

    // Claims.
    case missingClaim(String)
    case wrongClaim(String, expected: String)
    case wrongCredentialType(expected: String)
    /// A well-formed credential of a kind that is not Concord's.
    case foreignCredentialType
    /// The members of a statement about a person are not those of its kind.
    case malformedStatement(ParsingError)
    case expired(at: Timestamp)
    case notYetValid(until: Timestamp)

    // Status lists.
    case malformedStatusList(expected: String)
    case statusListTooLarge(limit: Int)
    case indexBeyondStatusList(index: Int, count: Int)
    case wrongStatusListSubject(expected: String)

    // Codes.
    case malformedFileCode(expected: String)

    // Paper.
    case malformedPaperCode(expected: String)
    case unknownPaperVersion(known: Int, found: String)
    /// The credential is not one that paper carries.
    case notForPaper(expected: String)
}

extension CredentialError {
    /// A name of the rule for programs; the same in every version.
    public var code: String {
        switch self {
        case .tooLarge: "too-large"
        case .json: "malformed-json"
        case .notBase64URL: "malformed-base64url"
        case .notCompactJWS: "malformed-jws"
        case .notSDJWT: "malformed-sd-jwt"
        case .wrongSignatureCount: "signature-count"
        case .headerParameterRepeated: "header-parameter-repeated"
        case .headerParameterRefused: "header-parameter-refused"
        case .unsupportedExtension: "unsupported-extension"
        case .wrongType: "wrong-type"
        case .unsupportedAlgorithm: "unsupported-algorithm"
        case .wrongSignature: "wrong-signature"
        case .unsupportedKey: "unsupported-key"
        case .malformedKey: "malformed-key"
        case .privateKeyGiven: "private-key"
        case .tooManyDisclosures: "too-many-disclosures"
        case .malformedDisclosure: "malformed-disclosure"
        case .reservedName: "reserved-name"
        case .unsupportedHashAlgorithm: "unsupported-hash-algorithm"
        case .malformedDigests: "malformed-digests"
        case .repeatedDigest: "repeated-digest"
        case .repeatedDisclosure: "repeated-disclosure"
        case .disclosureInWrongPlace: "disclosure-in-wrong-place"
        case .nameCollision: "claim-name-collision"
        case .unreferencedDisclosures: "unreferenced-disclosure"
        case .tooDeep: "too-deep"
        case .mustBePlain: "claim-must-be-plain"
        case .noSuchClaim: "no-such-claim"
        case .keyBindingMissing: "key-binding-missing"
        case .keyBindingSignature: "key-binding-signature"
        case .keyBindingHash: "key-binding-hash"
        case .missingClaim: "missing-claim"
        case .wrongClaim: "wrong-claim"
        case .wrongCredentialType: "wrong-credential-type"
        case .foreignCredentialType: "foreign-credential-type"
        case .malformedStatement: "malformed-statement"
        case .expired: "expired"
        case .notYetValid: "not-yet-valid"
        case .malformedStatusList: "malformed-status-list"
        case .statusListTooLarge: "status-list-too-large"
        case .indexBeyondStatusList: "status-index-beyond-list"
        case .wrongStatusListSubject: "wrong-status-list-subject"
        case .malformedFileCode: "malformed-file-code"
        case .malformedPaperCode: "malformed-paper-code"
        case .unknownPaperVersion: "unknown-paper-version"
        case .notForPaper: "not-for-paper"
        }
    }
}

extension CredentialError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tooLarge(let part, let limit, let found):
            "expected \(part.rawValue) to have at most \(limit) bytes, found \(found)"
        case .json(let part, let error):
            "\(part.rawValue) is not what it claims to be: \(error)"
        case .notBase64URL(let part):
            "expected \(part.rawValue) in base64url without padding, found something else"
        case .notCompactJWS(let part):
            "expected \(part.rawValue) as three parts with two dots between them (RFC 7515)"
        case .notSDJWT:
            "expected an SD-JWT: a signed part, disclosures, and ~ after each (RFC 9901)"
        case .wrongSignatureCount(let found):
            "expected 1 to 16 signatures in one place, found \(found)"
        case .headerParameterRepeated:
            "expected each header parameter once, found one both protected and unprotected"
        case .headerParameterRefused(let name):
            "found the header parameter \(name), which this version does not accept here"
        case .unsupportedExtension:
            "found the header parameter crit; this version supports no extension of RFC 7515"
        case .wrongType(let expected):
            "expected the header typ to be \(expected.joined(separator: " or "))"
        case .unsupportedAlgorithm(let found):
            "expected the algorithm EdDSA, Ed25519 or ES256, found \(found)"
        case .wrongSignature:
            "the signature is not one of this key over these bytes"
        case .unsupportedKey(let kind):
            "expected an Ed25519 key, found \(kind)"
        case .malformedKey(let expected):
            "expected a JSON Web Key with \(expected)"
        case .privateKeyGiven:
            "expected a public key, found a private one; whoever can read it can sign with it"
        default: contentDescription
        }
    }

    private var contentDescription: String {
        switch self {
        case .tooManyDisclosures(let limit, let found):
            "expected at most \(limit) disclosures, found \(found)"
        case .malformedDisclosure(let expected):
            "expected a disclosure to be \(expected)"
        case .reservedName(let part):
            "\(part.rawValue) uses a name that RFC 9901 keeps for itself (_sd, _sd_alg or ...)"
        case .unsupportedHashAlgorithm:
            "expected the hash algorithm sha-256, found another"
        case .malformedDigests(let expected):
            "expected \(expected)"
        case .repeatedDigest:
            "expected each digest once, found one twice"
        case .repeatedDisclosure:
            "expected each disclosure once, found one twice"
        case .disclosureInWrongPlace(let expected):
            "expected \(expected) at a digest, found the other kind of disclosure"
        case .nameCollision:
            "a disclosed claim has the name of a claim that is already there"
        case .unreferencedDisclosures(let count):
            "found \(count) disclosures that belong to no digest in the signed part"
        case .tooDeep(let limit):
            "expected at most \(limit) levels of nesting, found more"
        case .mustBePlain(let claim):
            "expected the claim \(claim) in the signed part, found it in a disclosure"
        case .noSuchClaim(let path):
            "expected a claim at \(path), found none"
        case .keyBindingMissing:
            "expected a key binding by the holder, found none"
        case .keyBindingSignature:
            "the key binding is not signed with the key that the credential names"
        case .keyBindingHash:
            "the key binding was made for another set of disclosures"
        case .missingClaim(let name):
            "expected the claim \(name), found none"
        case .wrongClaim(let name, let expected):
            "expected the claim \(name) to be \(expected)"
        case .wrongCredentialType(let expected):
            "expected a credential of the type \(expected), found another"
        case .foreignCredentialType:
            "expected a credential of a kind of Concord's, found a well-formed one of another kind"
        case .malformedStatement(let error):
            "the statement is not what one of its kind must be: \(error)"
        case .expired(let moment):
            "its technical validity ended at \(moment)"
        case .notYetValid(let moment):
            "it is not valid before \(moment)"
        case .malformedStatusList(let expected):
            "expected the status list to be \(expected)"
        case .statusListTooLarge(let limit):
            "expected a status list of at most \(limit) bytes when expanded, found more"
        case .indexBeyondStatusList(let index, let count):
            "expected an index below \(count), the size of the status list, found \(index)"
        case .wrongStatusListSubject(let expected):
            "expected the status list \(expected), found another"
        case .malformedFileCode(let expected):
            "the code of a file does not read: expected \(expected)"
        case .malformedPaperCode(let expected):
            "the code of a paper certificate does not read: expected \(expected)"
        case .unknownPaperVersion(let known, let found):
            "expected a paper code of version \(known), found version \(found); "
                + "a newer concord reads it"
        case .notForPaper(let expected):
            "expected for paper \(expected), found another"
        default: code
        }
    }
}
