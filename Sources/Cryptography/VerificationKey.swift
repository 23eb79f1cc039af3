internal import CSodium
internal import Crypto
import Encoding

/// An Ed25519 public key.
///
/// A signature is valid exactly when libsodium's `crypto_sign_verify_detached` accepts it
/// (`Protocol/entry.md § Form`).
public struct VerificationKey: Hashable, Sendable {
    public let bytes: [UInt8]

    public static let byteCount = 32
    public static let signatureByteCount = 64

    /// The key with those bytes, or nil if they are not 32. Whether they are a point of
    /// the curve shows when a signature is checked.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == VerificationKey.byteCount else { return nil }
        self.bytes = Array(bytes)
    }

    /// Whether `signature` is this key's over `message`; false for a wrong length. A message
    /// that lies in one piece is not copied.
    public func isValid(
        _ signature: some Collection<UInt8>, for message: some Collection<UInt8>
    ) -> Bool {
        guard signature.count == VerificationKey.signatureByteCount else { return false }
        Sodium.start()
        let signature = Array(signature)
        let verify = { (message: UnsafeBufferPointer<UInt8>) -> Bool in
            unsafe crypto_sign_verify_detached(
                signature, message.baseAddress, UInt64(message.count), bytes) == 0
        }
        return unsafe message.withContiguousStorageIfAvailable(verify)
            ?? Array(message).withUnsafeBufferPointer(verify)
    }

    /// Whether libsodium's check or the more lenient one of BoringSSL accepts `signature`.
    ///
    /// For proofs against the key's holder alone (`Protocol/log.md § Split views`); whatever a
    /// signature grants needs `isValid(_:for:)`.
    public func isValidByAnyRule(
        _ signature: some Collection<UInt8>, for message: some Collection<UInt8>
    ) -> Bool {
        if isValid(signature, for: message) { return true }
        guard signature.count == VerificationKey.signatureByteCount,
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
        else { return false }
        return key.isValidSignature(Array(signature), for: Array(message))
    }
}

extension VerificationKey: CustomStringConvertible {
    /// The bytes in base64.
    public var description: String { Base64.standard.encode(bytes) }
}
