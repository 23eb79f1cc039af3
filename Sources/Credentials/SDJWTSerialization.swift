public import Encoding

extension SDJWT {
    /// Reads the flattened or the general JSON serialization (RFC 9901 § 8): disclosures and
    /// key binding stand in the unprotected header.
    ///
    /// Of several signatures the first counts, and the others may bring no disclosures.
    init(parsing object: JSONObject) throws(CredentialError) {
        var signed = object
        if case .array(let signatures)? = object["signatures"] {
            guard (1...16).contains(signatures.count), case .object(let first) = signatures[0],
                object["signature"] == nil, object["protected"] == nil, object["header"] == nil
            else { throw .wrongSignatureCount(found: signatures.count) }
            for name in ["disclosures", "kb_jwt"]
            where signatures.dropFirst().contains(where: {
                $0.object?["header"]?.object?[name] != nil
            }) {
                throw .headerParameterRefused(name)
            }
            signed = first
        }
        guard let payload = object["payload"]?.string, let protected = signed["protected"]?.string,
            let signature = signed["signature"]?.string
        else { throw .notSDJWT }
        // The three parts are joined as text: what was signed is never written anew.
        issuerJWT = try JSONWebSignature(
            parsing: Array("\(protected).\(payload).\(signature)".utf8))
        let header = signed["header"]?.object ?? JSONObject()
        for member in header.members {
            guard issuerJWT.header[member.name] == nil else { throw .headerParameterRepeated }
        }
        for name in ["alg", "crit", "typ"] where header[name] != nil {
            throw .headerParameterRefused(name)
        }
        let texts = try SDJWT.strings(header["disclosures"])
        guard texts.count <= SDJWT.disclosureLimit else {
            throw .tooManyDisclosures(limit: SDJWT.disclosureLimit, found: texts.count)
        }
        var disclosures: [Disclosure] = []
        for text in texts { disclosures.append(try Disclosure(parsing: Array(text.utf8))) }
        self.disclosures = disclosures
        switch header["kb_jwt"] {
        case nil: keyBinding = nil
        case .string(let text)?: keyBinding = try KeyBinding(parsing: Array(text.utf8))
        default: throw .notCompactJWS(.keyBinding)
        }
    }

    private static func strings(_ value: JSONValue?) throws(CredentialError) -> [String] {
        guard let value else { return [] }
        guard case .array(let elements) = value else {
            throw .malformedDisclosure(expected: "a string in an array")
        }
        var texts: [String] = []
        for element in elements {
            guard case .string(let text) = element else {
                throw .malformedDisclosure(expected: "a string in an array")
            }
            texts.append(text)
        }
        return texts
    }

    /// The flattened JSON serialization (RFC 9901 § 8.2).
    public var flattened: JSONObject {
        let parts = issuerJWT.compact.split(
            separator: UInt8(ascii: "."), omittingEmptySubsequences: false
        ).map { JSONValue.string(String(decoding: $0, as: UTF8.self)) }
        var header: JSONObject = [
            "disclosures": .array(
                disclosures.map { .string(String(decoding: $0.encoded, as: UTF8.self)) })
        ]
        if let keyBinding {
            header["kb_jwt"] = .string(String(decoding: keyBinding.jwt.compact, as: UTF8.self))
        }
        return [
            "payload": parts[1], "protected": parts[0], "signature": parts[2],
            "header": .object(header),
        ]
    }
}
