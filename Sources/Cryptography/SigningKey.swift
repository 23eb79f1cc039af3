internal import CSodium

/// An Ed25519 private key, held in guarded memory for as long as it lives.
public final class SigningKey: Sendable {
    public let verificationKey: VerificationKey
    private let secret: SecretBytes

    public static let seedByteCount = 32

    /// The key of a 32-byte seed (RFC 8032 § 5.1.5); deterministic. The caller's seed is the
    /// caller's to wipe.
    public convenience init(seed: some Collection<UInt8>) throws(CryptographyError) {
        guard seed.count == SigningKey.seedByteCount else {
            throw .wrongLength(of: "a seed", expected: SigningKey.seedByteCount, found: seed.count)
        }
        self.init(seed: SecretBytes(seed))
    }

    /// - Precondition: the seed has 32 bytes.
    private init(seed: borrowing SecretBytes) {
        var publicKey = [UInt8](repeating: 0, count: VerificationKey.byteCount)
        secret = unsafe SecretBytes(count: Int(crypto_sign_SECRETKEYBYTES)) { target in
            let status = unsafe seed.withBytes {
                unsafe crypto_sign_seed_keypair(&publicKey, target, $0)
            }
            precondition(status == 0, "a seed of 32 bytes gives a key pair")
        }
        guard let key = VerificationKey(bytes: publicKey) else {
            preconditionFailure("a public key has 32 bytes")
        }
        verificationKey = key
    }

    /// A new key from 32 random bytes.
    public static func generated(
        using generator: inout some RandomNumberGenerator
    ) -> SigningKey {
        SigningKey(seed: SecretBytes(randomCount: seedByteCount, using: &generator))
    }

    /// The signature over those bytes; the same bytes give the same signature.
    public func signature(for message: some Collection<UInt8>) -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: VerificationKey.signatureByteCount)
        let message = Array(message)
        let status = unsafe secret.withBytes {
            unsafe crypto_sign_detached(&signature, nil, message, UInt64(message.count), $0)
        }
        precondition(status == 0, "Ed25519 signs every message")
        return signature
    }

    /// The key in the form in which keys are agreed on; the caller wipes it.
    var agreementSecret: [UInt8] {
        var agreement = [UInt8](repeating: 0, count: Int(crypto_box_SECRETKEYBYTES))
        let status = unsafe secret.withBytes {
            unsafe crypto_sign_ed25519_sk_to_curve25519(&agreement, $0)
        }
        precondition(status == 0, "every Ed25519 key has an X25519 form")
        return agreement
    }

    /// The seed, for a key file; the caller wipes it.
    var seed: [UInt8] { secret.copy(ofFirst: SigningKey.seedByteCount) }
}
