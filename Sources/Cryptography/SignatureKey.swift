/// A public key that verifies a signature of a credential or of an answer, with its algorithm.
public enum SignatureKey: Hashable, Sendable {
    /// `EdDSA` with Ed25519.
    case ed25519(VerificationKey)
    /// `ES256`.
    case p256(P256Key)

    public func isValid(
        _ signature: some Collection<UInt8>, for message: some Collection<UInt8>
    ) -> Bool {
        switch self {
        case .ed25519(let key): key.isValid(signature, for: message)
        case .p256(let key): key.isValid(signature, for: message)
        }
    }
}
