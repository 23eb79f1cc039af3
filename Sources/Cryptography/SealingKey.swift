internal import CSodium

/// A symmetric key for XChaCha20-Poly1305: what it seals, only it opens, and only unchanged.
public final class SealingKey: Sendable {
    private let secret: SecretBytes

    public static let byteCount = 32

    /// The key with those bytes, which are the caller's to wipe.
    public convenience init(bytes: some Collection<UInt8>) throws(CryptographyError) {
        guard bytes.count == SealingKey.byteCount else {
            throw .wrongLength(of: "a key", expected: SealingKey.byteCount, found: bytes.count)
        }
        self.init(secret: SecretBytes(bytes))
    }

    private init(secret: consuming SecretBytes) { self.secret = secret }

    /// A new key from 32 random bytes.
    public static func generated(
        using generator: inout some RandomNumberGenerator
    ) -> SealingKey {
        SealingKey(secret: SecretBytes(randomCount: byteCount, using: &generator))
    }

    /// The key that Argon2id derives from a passphrase and a salt of 16 bytes.
    public convenience init(
        passphrase: some Collection<UInt8>, salt: [UInt8], cost: PassphraseCost
    ) throws(CryptographyError) {
        guard salt.count == PassphraseCost.saltByteCount else {
            throw .wrongLength(
                of: "salt", expected: PassphraseCost.saltByteCount, found: salt.count)
        }
        let passphrase = SecretBytes(passphrase)
        self.init(
            secret: try unsafe SecretBytes(count: SealingKey.byteCount) {
                target throws(CryptographyError) in
                let status = unsafe passphrase.withBytes { bytes in
                    unsafe crypto_pwhash(
                        target, UInt64(SealingKey.byteCount),
                        UnsafeRawPointer(bytes).assumingMemoryBound(to: CChar.self),
                        UInt64(passphrase.count), salt, cost.operations, cost.memory,
                        crypto_pwhash_ALG_ARGON2ID13)
                }
                guard status == 0 else { throw .keyDerivationOutOfMemory(bytes: cost.memory) }
            })
    }

    /// Nonce (24 bytes), then ciphertext with its tag; `context` is bound but not stored.
    public func seal(
        _ plaintext: [UInt8], context: [UInt8], using generator: inout some RandomNumberGenerator
    ) -> [UInt8] {
        let nonce = [UInt8].random(count: SealingKey.nonceByteCount, using: &generator)
        var box = [UInt8](repeating: 0, count: plaintext.count + SealingKey.tagByteCount)
        let status = unsafe secret.withBytes {
            unsafe crypto_aead_xchacha20poly1305_ietf_encrypt(
                &box, nil, plaintext, UInt64(plaintext.count), context, UInt64(context.count),
                nil, nonce, $0)
        }
        precondition(status == 0, "XChaCha20-Poly1305 seals every message")
        return nonce + box
    }

    /// The plaintext of what `seal` made with the same key and context. `what` names the
    /// sealed thing in the error.
    public func open(
        _ sealed: some Collection<UInt8>, context: [UInt8], what: String
    ) throws(CryptographyError) -> [UInt8] {
        guard sealed.count >= SealingKey.nonceByteCount + SealingKey.tagByteCount else {
            throw .wrongKeyOrDamaged(what: what)
        }
        let nonce = Array(sealed.prefix(SealingKey.nonceByteCount))
        let box = Array(sealed.dropFirst(SealingKey.nonceByteCount))
        var plaintext = [UInt8](repeating: 0, count: box.count - SealingKey.tagByteCount)
        let status = unsafe secret.withBytes {
            unsafe crypto_aead_xchacha20poly1305_ietf_decrypt(
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
        var bytes = secret.copy(ofFirst: SealingKey.byteCount)
        defer { Sodium.wipe(&bytes) }
        return wrapping.seal(bytes, context: context, using: &generator)
    }

    /// The key that `wrapped` sealed.
    public convenience init(
        unwrapping sealed: some Collection<UInt8>, with wrapping: SealingKey, context: [UInt8],
        what: String
    ) throws(CryptographyError) {
        var bytes = try wrapping.open(sealed, context: context, what: what)
        defer { Sodium.wipe(&bytes) }
        try self.init(bytes: bytes)
    }

    /// This key sealed for somebody whose public key is known.
    public func sealed(
        for recipient: VerificationKey, using generator: inout some RandomNumberGenerator
    ) throws(CryptographyError) -> [UInt8] {
        var bytes = secret.copy(ofFirst: SealingKey.byteCount)
        defer { Sodium.wipe(&bytes) }
        return try recipient.sealed(bytes, using: &generator)
    }

    /// The key that `sealed(for:)` sealed; `what` names it in the error.
    public convenience init(
        opening sealed: some Collection<UInt8>, with key: SigningKey, what: String
    ) throws(CryptographyError) {
        var bytes = try key.opened(sealed, what: what)
        defer { Sodium.wipe(&bytes) }
        try self.init(bytes: bytes)
    }

    static let nonceByteCount = 24
    static let tagByteCount = 16
}
