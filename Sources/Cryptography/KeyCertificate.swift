internal import Crypto
public import Encoding
internal import SwiftASN1

/// An X.509 certificate of a key on P-256 or P-384, as a chain to an issuer's key is made of.
///
/// `Protocol/credential.md § Certificates`, a narrow profile of RFC 5280. Read, not trusted: who
/// signed it is checked by `CertificateChain`. Refused: another version than 3, other algorithms,
/// an extension twice, and a critical one other than those that are read here.
public struct KeyCertificate: Hashable, Sendable {
    enum Curve: Hashable { case p256, p384 }

    /// What it may do as an authority over others.
    struct Authority: Hashable {
        /// How many authorities may follow before the leaf; nil: any number.
        let pathLength: Int?
    }

    /// The exact bytes.
    public let der: [UInt8]
    /// The first and the last moment of its validity.
    public let validity: ClosedRange<Timestamp>
    /// Its alternative names: `dns:` or `uri:`, and the name.
    public let names: [String]
    let issuer: [UInt8]
    let subject: [UInt8]
    let curve: Curve
    let authority: Authority?
    let signsData: Bool
    let signsCertificates: Bool
    private let point: [UInt8]
    private let signedPart: [UInt8]
    private let signature: [UInt8]
    private let algorithm: Curve

    public static let sizeLimit = 8_192

    public init(parsing der: [UInt8]) throws(CryptographyError) {
        guard der.count <= KeyCertificate.sizeLimit else {
            throw .certificate(expected: "at most \(KeyCertificate.sizeLimit) bytes")
        }
        do { try self.init(reading: der) } catch let error as CryptographyError {
            throw error
        } catch { throw .certificate(expected: "X.509 in DER") }
    }

    private init(reading der: [UInt8]) throws {
        self.der = der
        let (signed, algorithm, bits) = try DER.sequence(
            DER.parse(der), identifier: .sequence
        ) { nodes in
            guard let signed = nodes.next(), let algorithm = nodes.next() else {
                throw CryptographyError.certificate(expected: "X.509 in DER")
            }
            return (signed, algorithm, try ASN1BitString(derEncoded: &nodes))
        }
        self.algorithm = try KeyCertificate.signatureCurve(algorithm)
        signedPart = Array(signed.encodedBytes)
        signature = try KeyCertificate.whole(bits)
        let fields = try KeyCertificate.Fields(signed, algorithm)
        issuer = fields.issuer
        subject = fields.subject
        validity = fields.validity
        (curve, point) = fields.key
        let extensions = try CertificateRights(fields.extensions)
        names = extensions.names
        authority = extensions.authority
        signsData = extensions.signsData
        signsCertificates = extensions.signsCertificates
    }

    /// Whether that certificate's key signed this one.
    func isSigned(by issuer: KeyCertificate) -> Bool {
        guard algorithm == issuer.curve else { return false }
        switch algorithm {
        case .p256:
            guard let key = try? P256.Signing.PublicKey(x963Representation: issuer.point),
                let pair = try? P256.Signing.ECDSASignature(derRepresentation: signature)
            else { return false }
            return key.isValidSignature(pair, for: signedPart)
        case .p384:
            guard let key = try? P384.Signing.PublicKey(x963Representation: issuer.point),
                let pair = try? P384.Signing.ECDSASignature(derRepresentation: signature)
            else { return false }
            return key.isValidSignature(pair, for: signedPart)
        }
    }

    /// The key, if it is one with which credentials are signed.
    var key: P256Key? {
        // SPEC: RFC 5480 § 2.2, the uncompressed form begins with 4.
        guard curve == .p256, point.count == 65, point[0] == 4 else { return nil }
        return P256Key(x: point[1..<33], y: point[33...])
    }

    private static func whole(_ bits: ASN1BitString) throws -> [UInt8] {
        guard bits.paddingBits == 0 else {
            throw CryptographyError.certificate(expected: "a signature and a key of whole bytes")
        }
        return Array(bits.bytes)
    }

    private static func signatureCurve(_ node: ASN1Node) throws -> Curve {
        let identifier = try DER.sequence(node, identifier: .sequence) { nodes in
            try ASN1ObjectIdentifier(derEncoded: &nodes)
        }
        switch identifier {
        case [1, 2, 840, 10045, 4, 3, 2]: return .p256
        case [1, 2, 840, 10045, 4, 3, 3]: return .p384
        default:
            throw CryptographyError.certificate(
                expected: "a signature by ECDSA with SHA-256 or SHA-384")
        }
    }

    /// The signed part as it lies there.
    private struct Fields {
        let issuer: [UInt8]
        let subject: [UInt8]
        let validity: ClosedRange<Timestamp>
        let key: (Curve, [UInt8])
        let extensions: ASN1Node?

        /// - Parameter outer: the algorithm beside the signature, which must be the signed one.
        init(_ node: ASN1Node, _ outer: ASN1Node) throws {
            self = try DER.sequence(node, identifier: .sequence) { nodes in
                let version = try DER.optionalExplicitlyTagged(
                    &nodes, tagNumber: 0, tagClass: .contextSpecific
                ) { try Int(derEncoded: $0) }
                guard version == 2, nodes.next()?.identifier == .integer,
                    let algorithm = nodes.next(), algorithm.encodedBytes == outer.encodedBytes,
                    let issuer = nodes.next(), let validity = nodes.next(),
                    let subject = nodes.next(), let key = nodes.next()
                else { throw CryptographyError.certificate(expected: "X.509 of version 3") }
                for tag: UInt in [1, 2] {
                    // The unique identifiers that nobody uses.
                    _ = try DER.optionalImplicitlyTagged(
                        &nodes, tagNumber: tag, tagClass: .contextSpecific
                    ) { $0 }
                }
                let extensions = try DER.optionalExplicitlyTagged(
                    &nodes, tagNumber: 3, tagClass: .contextSpecific
                ) { $0 }
                return Fields(
                    issuer: Array(issuer.encodedBytes), subject: Array(subject.encodedBytes),
                    validity: try Fields.validity(validity), key: try Fields.key(key),
                    extensions: extensions)
            }
        }

        private init(
            issuer: [UInt8], subject: [UInt8], validity: ClosedRange<Timestamp>,
            key: (Curve, [UInt8]), extensions: ASN1Node?
        ) {
            self.issuer = issuer
            self.subject = subject
            self.validity = validity
            self.key = key
            self.extensions = extensions
        }

        private static func validity(_ node: ASN1Node) throws -> ClosedRange<Timestamp> {
            let (from, until) = try DER.sequence(node, identifier: .sequence) { nodes in
                (try moment(nodes.next()), try moment(nodes.next()))
            }
            guard let from, let until, from <= until else {
                throw CryptographyError.certificate(expected: "a validity from one time to another")
            }
            return from...until
        }

        private static func moment(_ node: ASN1Node?) throws -> Timestamp? {
            guard let node else { return nil }
            if node.identifier == .utcTime {
                let time = try UTCTime(derEncoded: node, withIdentifier: .utcTime)
                return moment(
                    time.year, time.month, time.day, time.hours, time.minutes, time.seconds)
            }
            let time = try GeneralizedTime(derEncoded: node, withIdentifier: .generalizedTime)
            return moment(
                time.year, time.month, time.day, time.hours, time.minutes, time.seconds)
        }

        private static func moment(
            _ year: Int, _ month: Int, _ day: Int, _ hours: Int, _ minutes: Int, _ seconds: Int
        ) -> Timestamp? {
            CalendarDate(year: Int64(year), month: Int64(month), day: Int64(day)).map {
                $0.start + Int64(hours * 3_600 + minutes * 60 + seconds)
            }
        }

        private static func key(_ node: ASN1Node) throws -> (Curve, [UInt8]) {
            let (curve, bits) = try DER.sequence(node, identifier: .sequence) { nodes in
                guard let algorithm = nodes.next() else {
                    throw CryptographyError.certificate(expected: "a key")
                }
                return (try Fields.curve(algorithm), try ASN1BitString(derEncoded: &nodes))
            }
            return (curve, try KeyCertificate.whole(bits))
        }

        private static func curve(_ node: ASN1Node) throws -> Curve {
            let identifiers = try DER.sequence(node, identifier: .sequence) { nodes in
                [
                    try ASN1ObjectIdentifier(derEncoded: &nodes),
                    try ASN1ObjectIdentifier(derEncoded: &nodes),
                ]
            }
            switch identifiers {
            case [[1, 2, 840, 10045, 2, 1], [1, 2, 840, 10045, 3, 1, 7]]: return .p256
            case [[1, 2, 840, 10045, 2, 1], [1, 3, 132, 0, 34]]: return .p384
            default:
                throw CryptographyError.certificate(expected: "a key on P-256 or P-384")
            }
        }
    }
}
