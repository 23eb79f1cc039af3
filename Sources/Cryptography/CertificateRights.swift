internal import SwiftASN1

/// What the extensions of a certificate say that its key may sign (RFC 5280 § 4.2.1).
struct CertificateRights {
    private(set) var names: [String] = []
    private(set) var authority: KeyCertificate.Authority?
    private(set) var signsData = true
    private(set) var signsCertificates = true

    private static let keyUsage: ASN1ObjectIdentifier = [2, 5, 29, 15]
    private static let alternativeNames: ASN1ObjectIdentifier = [2, 5, 29, 17]
    private static let basicConstraints: ASN1ObjectIdentifier = [2, 5, 29, 19]

    /// - Parameter node: the sequence of them; nil: there is none.
    init(_ node: ASN1Node?) throws {
        guard let node else { return }
        var seen: Set<ASN1ObjectIdentifier> = []
        for item in try CertificateRights.elements(of: node) {
            let (identifier, isCritical, value) = try DER.sequence(
                item, identifier: .sequence
            ) { nodes in
                (
                    try ASN1ObjectIdentifier(derEncoded: &nodes),
                    try DER.decodeDefault(&nodes, defaultValue: false),
                    try ASN1OctetString(derEncoded: &nodes)
                )
            }
            guard seen.insert(identifier).inserted else {
                throw CryptographyError.certificate(expected: "each extension once")
            }
            let content = Array(value.bytes)
            switch identifier {
            case CertificateRights.keyUsage: try readKeyUsage(content)
            case CertificateRights.alternativeNames: try readNames(content)
            case CertificateRights.basicConstraints: try readConstraints(content)
            default:
                // SPEC: RFC 5280 § 4.2, what is critical and not understood MUST be refused.
                guard !isCritical else {
                    throw CryptographyError.certificate(
                        expected: "no critical extension but basicConstraints, keyUsage and "
                            + "subjectAltName")
                }
            }
        }
    }

    private static func elements(of node: ASN1Node) throws -> [ASN1Node] {
        try DER.sequence(node, identifier: .sequence) { nodes in
            var elements: [ASN1Node] = []
            while let element = nodes.next() { elements.append(element) }
            return elements
        }
    }

    private mutating func readKeyUsage(_ content: [UInt8]) throws {
        let bits = try ASN1BitString(derEncoded: DER.parse(content))
        let first = bits.bytes.first ?? 0
        signsData = first & 0x80 != 0
        signsCertificates = first & 0x04 != 0
    }

    private mutating func readConstraints(_ content: [UInt8]) throws {
        let (isAuthority, length) = try DER.sequence(
            DER.parse(content), identifier: .sequence
        ) { nodes in
            let isAuthority = try DER.decodeDefault(&nodes, defaultValue: false)
            return (isAuthority, try nodes.next().map { try Int(derEncoded: $0) })
        }
        guard length.map({ $0 >= 0 }) ?? true else {
            throw CryptographyError.certificate(expected: "a path length from 0")
        }
        authority = isAuthority ? KeyCertificate.Authority(pathLength: length) : nil
    }

    private mutating func readNames(_ content: [UInt8]) throws {
        let kinds: [(tag: UInt, prefix: String)] = [(2, "dns:"), (6, "uri:")]
        for node in try CertificateRights.elements(of: DER.parse(content)) {
            for (tag, prefix) in kinds
            where node.identifier
                == ASN1Identifier(tagWithNumber: tag, tagClass: .contextSpecific)
            {
                guard case .primitive(let bytes) = node.content,
                    bytes.allSatisfy({ (0x21...0x7E).contains($0) })
                else {
                    throw CryptographyError.certificate(expected: "names of visible ASCII")
                }
                names.append(prefix + String(decoding: bytes, as: UTF8.self))
            }
        }
    }
}
