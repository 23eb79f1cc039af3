public import Cryptography
public import Encoding

/// A private key under its name, ready to sign notes or to cosign checkpoints.
public struct NoteSigner: Sendable {
    public let verifier: NoteKey
    private let key: SigningKey

    public init(
        name: String, key: SigningKey, algorithm: NoteKey.Algorithm
    ) throws(LogError) {
        verifier = try NoteKey(name: name, algorithm: algorithm, key: key.verificationKey)
        self.key = key
    }

    /// The line under that text.
    ///
    /// - Precondition: the key is of type `ed25519`.
    public func sign(_ text: String) -> NoteSignature {
        precondition(verifier.algorithm == .ed25519, "a witness's key signs no notes")
        return line(key.signature(for: Array(text.utf8)))
    }

    /// The cosignature of that checkpoint: at `time`, the signer has seen nothing larger of
    /// this log. The caller has checked that it extends everything cosigned before.
    ///
    /// - Precondition: the key is of type `cosignature`, the time not before 1970.
    public func cosign(_ checkpoint: TreeHead, at time: Timestamp) -> NoteSignature {
        cosign(text: checkpoint.text, at: time)
    }

    /// The line under a text that cannot be a checkpoint's: its first line is no log's origin.
    func cosign(text: String, at time: Timestamp) -> NoteSignature {
        precondition(verifier.algorithm == .cosignature, "a log's key cosigns nothing")
        precondition(time.seconds >= 0, "a cosignature has a time after 1970")
        let message = Cosignature.message(text: Array(text.utf8), at: time)
        return line(UInt64(time.seconds).bigEndianBytes + key.signature(for: message))
    }

    private func line(_ signature: [UInt8]) -> NoteSignature {
        NoteSignature(name: verifier.name, keyID: verifier.id, signature: signature)
    }
}
