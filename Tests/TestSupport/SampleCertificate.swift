import Crypto
import Cryptography
public import Encoding
import Foundation
import SwiftASN1
import X509

/// A certificate with its key, made by another library than the one that reads it.
public struct SampleCertificate: Sendable {
    /// What the certificate of a sample may do.
    public enum Part: Sendable {
        case authority(pathLength: Int?)
        /// A leaf with these DNS names.
        case leaf([String])
    }

    public let der: [UInt8]
    private let key: P256.Signing.PrivateKey
    private let subject: DistinguishedName

    /// - Parameters:
    ///   - key: the name from which the key follows, as that of `ES256Signer`.
    ///   - issuer: nil: it signs itself.
    ///   - foreign: a critical extension that nobody knows is added.
    public init(
        _ name: String, key: String, _ part: Part, by issuer: SampleCertificate? = nil,
        from: Timestamp, until: Timestamp, foreign: Bool = false
    ) throws {
        self.key = try P256.Signing.PrivateKey(
            rawRepresentation: HashValue(of: "sample P-256 key \(key)".utf8).bytes)
        subject = try DistinguishedName { CommonName(name) }
        var extensions: [Certificate.Extension] = []
        switch part {
        case .authority(let length):
            extensions.append(
                try Certificate.Extension(
                    BasicConstraints.isCertificateAuthority(maxPathLength: length), critical: true))
            extensions.append(
                try Certificate.Extension(KeyUsage(keyCertSign: true), critical: true))
        case .leaf(let names):
            extensions.append(
                try Certificate.Extension(KeyUsage(digitalSignature: true), critical: true))
            extensions.append(
                try Certificate.Extension(
                    SubjectAlternativeNames(names.map { .dnsName($0) }), critical: false))
        }
        if foreign {
            extensions.append(
                Certificate.Extension(
                    oid: [1, 3, 6, 1, 4, 1, 55555, 1], critical: true, value: [5, 0]))
        }
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(bytes: [1]),
            publicKey: Certificate.PublicKey(self.key.publicKey),
            notValidBefore: Date(timeIntervalSince1970: Double(from.seconds)),
            notValidAfter: Date(timeIntervalSince1970: Double(until.seconds)),
            issuer: issuer?.subject ?? subject, subject: subject,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions(extensions),
            issuerPrivateKey: Certificate.PrivateKey(issuer?.key ?? self.key))
        var serializer = DER.Serializer()
        try serializer.serialize(certificate)
        der = serializer.serializedBytes
    }
}
