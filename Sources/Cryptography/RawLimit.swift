internal import CSodium
internal import Crypto

/// The bare library calls that benchmarks take as their limit: nothing checked, nothing copied.
public enum RawLimit {
    /// libsodium verifies one signature so many times; whether all were accepted.
    public static func verify(
        _ signature: [UInt8], _ message: [UInt8], _ key: VerificationKey, times: Int
    ) -> Bool {
        Sodium.start()
        let key = key.bytes
        return (0..<times).allSatisfy { _ in
            unsafe crypto_sign_verify_detached(
                signature, message, UInt64(message.count), key) == 0
        }
    }

    /// libsodium signs one message so many times with the key of a seed.
    public static func sign(_ message: [UInt8], seed: [UInt8], times: Int) {
        Sodium.start()
        var publicKey = [UInt8](repeating: 0, count: 32)
        var secretKey = [UInt8](repeating: 0, count: 64)
        var signature = [UInt8](repeating: 0, count: 64)
        precondition(seed.count == 32, "a seed has 32 bytes")
        _ = unsafe crypto_sign_seed_keypair(&publicKey, &secretKey, seed)
        for _ in 0..<times {
            _ = unsafe crypto_sign_detached(
                &signature, nil, message, UInt64(message.count), secretKey)
        }
    }

    /// swift-crypto hashes one message so many times.
    public static func sha256(_ message: [UInt8], times: Int) -> UInt8 {
        var last: UInt8 = 0
        unsafe message.withUnsafeBytes { bytes in
            for _ in 0..<times {
                var hasher = SHA256()
                unsafe hasher.update(bufferPointer: bytes)
                let digest = hasher.finalize()
                unsafe digest.withUnsafeBytes { last ^= unsafe $0[0] }
            }
        }
        return last
    }
}
