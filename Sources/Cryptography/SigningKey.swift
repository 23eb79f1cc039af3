internal import CSodium

/// An Ed25519 private key, held in guarded memory for as long as it lives.
public final class SigningKey: Sendable {
    public let verificationKey: VerificationKey
    private let secret: SecretBytes

    public static let seedByteCount = 32

    /// The key of a 32-byte seed (RFC 8032 § 5.1.5); deterministic.
    public init(seed: some Collection<UInt8>) throws(CryptographyError) {
        guard seed.count == SigningKey.seedByteCount else {
            throw .wrongLength(of: "a seed", expected: SigningKey.seedByteCount, found: seed.count)
        }
        Sodium.start()
        var publicKey = [UInt8](repeating: 0, count: Int(crypto_sign_PUBLICKEYBYTES))
        var secretKey = [UInt8](repeating: 0, count: Int(crypto_sign_SECRETKEYBYTES))
        let status = crypto_sign_seed_keypair(&publicKey, &secretKey, Array(seed))
        precondition(status == 0, "a seed of 32 bytes gives a key pair")
        guard let key = VerificationKey(bytes: publicKey) else {
            preconditionFailure("a public key has 32 bytes")
        }
        verificationKey = key
        secret = SecretBytes(secretKey)
        sodium_memzero(&secretKey, secretKey.count)
    }

    public static func generated(
        using generator: inout some RandomNumberGenerator
    ) -> SigningKey {
        let seed = [UInt8].random(count: seedByteCount, using: &generator)
        guard let key = try? SigningKey(seed: seed) else {
            preconditionFailure("a seed of 32 bytes makes a key")
        }
        return key
    }

    /// The signature over those bytes; the same bytes give the same signature.
    public func signature(for message: some Collection<UInt8>) -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: VerificationKey.signatureByteCount)
        let message = Array(message)
        let status = secret.withBytes {
            crypto_sign_detached(&signature, nil, message, UInt64(message.count), $0)
        }
        precondition(status == 0, "Ed25519 signs every message")
        return signature
    }

    /// The seed, for a key file; the caller keeps it no longer than needed.
    var seed: [UInt8] { Array(secret.copy.prefix(SigningKey.seedByteCount)) }
}

extension Array where Element == UInt8 {
    /// That many random bytes.
    public static func random(
        count: Int, using generator: inout some RandomNumberGenerator
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 8)
        while bytes.count < count {
            Swift.withUnsafeBytes(of: UInt64.random(in: .min ... .max, using: &generator)) {
                bytes.append(contentsOf: $0)
            }
        }
        return Array(bytes.prefix(count))
    }
}
