internal import CSodium

/// Sealing for somebody whose public Ed25519 key is known: libsodium's sealed box under the
/// X25519 form of that key (`Protocol/operation.md § Backup`).
///
/// Who sealed it does not show; that it was not changed does.
extension VerificationKey {
    /// - Throws: `wrongKeyOrDamaged` for 32 bytes that are no key.
    public func sealed(
        _ plaintext: [UInt8], using generator: inout some RandomNumberGenerator
    ) throws(CryptographyError) -> [UInt8] {
        Sodium.start()
        let recipient = try agreementKey
        // The box of libsodium, its ephemeral key from the caller's randomness.
        var seed = [UInt8].random(count: Int(crypto_box_SEEDBYTES), using: &generator)
        defer { Sodium.wipe(&seed) }
        var ephemeral = [UInt8](repeating: 0, count: Int(crypto_box_PUBLICKEYBYTES))
        var secret = [UInt8](repeating: 0, count: Int(crypto_box_SECRETKEYBYTES))
        defer { Sodium.wipe(&secret) }
        let made = unsafe crypto_box_seed_keypair(&ephemeral, &secret, seed)
        precondition(made == 0, "a seed of 32 bytes gives a key pair")
        let both = ephemeral + recipient
        var nonce = [UInt8](repeating: 0, count: Int(crypto_box_NONCEBYTES))
        _ = unsafe crypto_generichash(&nonce, nonce.count, both, UInt64(both.count), nil, 0)
        var box = [UInt8](repeating: 0, count: plaintext.count + Int(crypto_box_MACBYTES))
        let status = unsafe crypto_box_easy(
            &box, plaintext, UInt64(plaintext.count), nonce, recipient, secret)
        guard status == 0 else { throw .wrongKeyOrDamaged(what: "the recovery key") }
        return ephemeral + box
    }

    /// The key in the form in which keys are agreed on.
    fileprivate var agreementKey: [UInt8] {
        get throws(CryptographyError) {
            var key = [UInt8](repeating: 0, count: Int(crypto_box_PUBLICKEYBYTES))
            guard unsafe crypto_sign_ed25519_pk_to_curve25519(&key, bytes) == 0 else {
                throw .wrongKeyOrDamaged(what: "the recovery key")
            }
            return key
        }
    }
}

extension SigningKey {
    /// What `VerificationKey.sealed` made for this key; `what` names it in the error.
    public func opened(
        _ box: some Collection<UInt8>, what: String
    ) throws(CryptographyError) -> [UInt8] {
        Sodium.start()
        let box = Array(box)
        let overhead = Int(crypto_box_PUBLICKEYBYTES) + Int(crypto_box_MACBYTES)
        guard box.count >= overhead else { throw .wrongKeyOrDamaged(what: what) }
        var secret = agreementSecret
        defer { Sodium.wipe(&secret) }
        let own = try verificationKey.agreementKey
        var plaintext = [UInt8](repeating: 0, count: box.count - overhead)
        let status = unsafe crypto_box_seal_open(&plaintext, box, UInt64(box.count), own, secret)
        guard status == 0 else { throw .wrongKeyOrDamaged(what: what) }
        return plaintext
    }
}
