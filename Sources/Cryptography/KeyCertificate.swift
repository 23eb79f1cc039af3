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

    static func whole(_ bits: ASN1BitString) throws -> [UInt8] {
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
}
