internal import CSodium

/// Bytes sealed under a key of their own, and that key sealed under another one.
///
/// Whoever loses the wrapped key loses the message. The message's key lives in plain memory
/// for one call and is wiped: guarded memory would cost four system calls a message.
public struct SealedMessage: Hashable, Sendable {
    /// The message's key under the wrapping key.
    public let wrappedKey: [UInt8]
    /// The message under its key.
    public let box: [UInt8]

    public init(wrappedKey: [UInt8], box: [UInt8]) {
        self.wrappedKey = wrappedKey
        self.box = box
    }

    /// Seals a message under a new key; `context` is bound to both parts and not stored.
    public init(
        sealing plaintext: [UInt8], under wrapping: SealingKey, context: [UInt8],
        using generator: inout some RandomNumberGenerator
    ) {
        var key = [UInt8].random(count: SealingKey.byteCount, using: &generator)
        defer { Sodium.wipe(&key) }
        wrappedKey = wrapping.seal(key, context: context, using: &generator)
        let nonce = [UInt8].random(count: SealingKey.nonceByteCount, using: &generator)
        var sealed = [UInt8](
            repeating: 0, count: plaintext.count + SealingKey.tagByteCount)
        let status = unsafe crypto_aead_xchacha20poly1305_ietf_encrypt(
            &sealed, nil, plaintext, UInt64(plaintext.count), context, UInt64(context.count),
            nil, nonce, key)
        precondition(status == 0, "XChaCha20-Poly1305 seals every message")
        box = nonce + sealed
    }

    /// The message; `what` names it in the error.
    public func opened(
        with wrapping: SealingKey, context: [UInt8], what: String
    ) throws(CryptographyError) -> [UInt8] {
        var key = try wrapping.open(wrappedKey, context: context, what: what)
        defer { Sodium.wipe(&key) }
        guard key.count == SealingKey.byteCount,
            box.count >= SealingKey.nonceByteCount + SealingKey.tagByteCount
        else { throw .wrongKeyOrDamaged(what: what) }
        let nonce = Array(box.prefix(SealingKey.nonceByteCount))
        let sealed = Array(box.dropFirst(SealingKey.nonceByteCount))
        var plaintext = [UInt8](repeating: 0, count: sealed.count - SealingKey.tagByteCount)
        let status = unsafe crypto_aead_xchacha20poly1305_ietf_decrypt(
            &plaintext, nil, nil, sealed, UInt64(sealed.count), context, UInt64(context.count),
            nonce, key)
        guard status == 0 else { throw .wrongKeyOrDamaged(what: what) }
        return plaintext
    }

    /// A wrapped key under another wrapping key; the message stays as it is.
    public static func rewrapped(
        _ wrappedKey: [UInt8], from old: SealingKey, to new: SealingKey, context: [UInt8],
        what: String, using generator: inout some RandomNumberGenerator
    ) throws(CryptographyError) -> [UInt8] {
        var key = try old.open(wrappedKey, context: context, what: what)
        defer { Sodium.wipe(&key) }
        return new.seal(key, context: context, using: &generator)
    }
}
