internal import CSodium

/// A symmetric key for XChaCha20-Poly1305: what it seals, only it opens, and only unchanged.
public final class SealingKey: Sendable {
    private let secret: SecretBytes

    public static let byteCount = 32

    public init(bytes: some Collection<UInt8>) throws(CryptographyError) {
        guard bytes.count == SealingKey.byteCount else {
            throw .wrongLength(of: "a key", expected: SealingKey.byteCount, found: bytes.count)
        }
        secret = SecretBytes(bytes)
    }

    public static func generated(
        using generator: inout some RandomNumberGenerator
    ) -> SealingKey {
        guard let key = try? SealingKey(bytes: [UInt8].random(count: byteCount, using: &generator))
        else { preconditionFailure("32 bytes make a key") }
        return key
    }

    /// The key that Argon2id derives from a passphrase and a salt of 16 bytes.
    public init(
        passphrase: some Collection<UInt8>, salt: [UInt8], cost: PassphraseCost
    ) throws(CryptographyError) {
        guard salt.count == Int(crypto_pwhash_SALTBYTES) else {
            throw .wrongLength(
                of: "salt", expected: Int(crypto_pwhash_SALTBYTES), found: salt.count)
        }
        Sodium.start()
        var derived = [UInt8](repeating: 0, count: SealingKey.byteCount)
        var passphrase = passphrase.map { CChar(bitPattern: $0) }
        let status = crypto_pwhash(
            &derived, UInt64(derived.count), passphrase, UInt64(passphrase.count), salt,
            cost.operations, cost.memory, crypto_pwhash_ALG_ARGON2ID13)
        sodium_memzero(&passphrase, passphrase.count)
        guard status == 0 else { throw .keyDerivationOutOfMemory(bytes: cost.memory) }
        secret = SecretBytes(derived)
        sodium_memzero(&derived, derived.count)
    }

    /// Nonce (24 bytes), then ciphertext with its tag; `context` is bound but not stored.
    public func seal(
        _ plaintext: [UInt8], context: [UInt8], using generator: inout some RandomNumberGenerator
    ) -> [UInt8] {
        let nonce = [UInt8].random(count: SealingKey.nonceByteCount, using: &generator)
        var box = [UInt8](repeating: 0, count: plaintext.count + SealingKey.tagByteCount)
        let status = secret.withBytes {
            crypto_aead_xchacha20poly1305_ietf_encrypt(
                &box, nil, plaintext, UInt64(plaintext.count), context, UInt64(context.count),
                nil, nonce, $0)
        }
        precondition(status == 0, "XChaCha20-Poly1305 seals every message")
        return nonce + box
    }

    /// The plaintext of what `seal` made with the same key and context.
    public func open(
        _ sealed: some Collection<UInt8>, context: [UInt8], what: String
    ) throws(CryptographyError) -> [UInt8] {
        let sealed = Array(sealed)
        guard sealed.count >= SealingKey.nonceByteCount + SealingKey.tagByteCount else {
            throw .wrongKeyOrDamaged(what: what)
        }
        let nonce = Array(sealed[..<SealingKey.nonceByteCount])
        let box = Array(sealed[SealingKey.nonceByteCount...])
        var plaintext = [UInt8](repeating: 0, count: box.count - SealingKey.tagByteCount)
        let status = secret.withBytes {
            crypto_aead_xchacha20poly1305_ietf_decrypt(
                &plaintext, nil, nil, box, UInt64(box.count), context, UInt64(context.count),
                nonce, $0)
        }
        guard status == 0 else { throw .wrongKeyOrDamaged(what: what) }
        return plaintext
    }

    /// This key sealed under another one.
    public func wrapped(
        by wrapping: SealingKey, context: [UInt8],
        using generator: inout some RandomNumberGenerator
    ) -> [UInt8] {
        wrapping.seal(secret.copy, context: context, using: &generator)
    }

    /// The key that `wrapped` sealed.
    public init(
        unwrapping sealed: some Collection<UInt8>, with wrapping: SealingKey, context: [UInt8],
        what: String
    ) throws(CryptographyError) {
        let bytes = try wrapping.open(sealed, context: context, what: what)
        guard bytes.count == SealingKey.byteCount else {
            throw .wrongLength(of: "a key", expected: SealingKey.byteCount, found: bytes.count)
        }
        secret = SecretBytes(bytes)
    }

    static let nonceByteCount = 24
    static let tagByteCount = 16
}

/// What Argon2id spends on a passphrase (RFC 9106).
public struct PassphraseCost: Hashable, Sendable {
    /// Passes over the memory.
    public let operations: UInt64
    /// Bytes of memory.
    public let memory: Int

    public init(operations: UInt64, memory: Int) {
        self.operations = operations
        self.memory = memory
    }

    /// libsodium's "moderate": 3 passes over 256 MiB.
    public static let moderate = PassphraseCost(operations: 3, memory: 256 << 20)
}
