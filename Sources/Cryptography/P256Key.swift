internal import Crypto

/// A public key on the curve P-256, with which wallets and issuers elsewhere sign (ES256).
///
/// Concord's own keys are Ed25519; these sign credentials and answers to requests, never acts.
public struct P256Key: Hashable, Sendable {
    /// The coordinates one after the other, 32 bytes each, as they stand in a JSON Web Key.
    public let bytes: [UInt8]

    public static let coordinateByteCount = 32
    public static let signatureByteCount = 64

    /// The key with those coordinates, or nil if they are not a point of the curve.
    public init?(x: some Collection<UInt8>, y: some Collection<UInt8>) {
        guard x.count == P256Key.coordinateByteCount, y.count == P256Key.coordinateByteCount
        else { return nil }
        let bytes = Array(x) + Array(y)
        guard (try? P256.Signing.PublicKey(rawRepresentation: bytes)) != nil else { return nil }
        self.bytes = bytes
    }

    public var x: ArraySlice<UInt8> { bytes[..<P256Key.coordinateByteCount] }
    public var y: ArraySlice<UInt8> { bytes[P256Key.coordinateByteCount...] }

    /// Whether `signature` is this key's over SHA-256 of the message, in the form of RFC 7518
    /// § 3.4: R and S, 32 bytes each. The DER form and every other length are refused.
    public func isValid(
        _ signature: some Collection<UInt8>, for message: some Collection<UInt8>
    ) -> Bool {
        guard signature.count == P256Key.signatureByteCount,
            let key = try? P256.Signing.PublicKey(rawRepresentation: bytes),
            let pair = try? P256.Signing.ECDSASignature(rawRepresentation: Array(signature))
        else { return false }
        return key.isValidSignature(pair, for: Array(message))
    }
}
