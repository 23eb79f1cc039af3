internal import Cryptography
public import Encoding

/// The bytes under a cosignature (C2SP tlog-cosignature § Ed25519 signed message).
enum Cosignature {
    static let byteCount = 8 + VerificationKey.signatureByteCount

    static func message(text: [UInt8], at time: Timestamp) -> [UInt8] {
        Array("cosignature/v1\ntime \(time.seconds)\n".utf8) + text
    }
}

extension NoteKey {
    /// The time at which this key cosigned that text, or nil if the line is not its
    /// cosignature. The time is the witness's claim.
    func cosignatureTime(of signature: NoteSignature, over text: [UInt8]) -> Timestamp? {
        guard algorithm == .cosignature, isNamed(by: signature),
            signature.signature.count == Cosignature.byteCount
        else { return nil }
        let written = signature.signature.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        // SPEC: the timestamp must not exceed 2^63 - 1.
        guard let seconds = Int64(exactly: written) else { return nil }
        let time = Timestamp(seconds: seconds)
        let message = Cosignature.message(text: text, at: time)
        return key.isValid(signature.signature.dropFirst(8), for: message) ? time : nil
    }
}

extension SignedNote {
    /// The newest time at which that witness cosigned this note, or nil if it did not.
    public func cosignatureTime(by witness: NoteKey) -> Timestamp? {
        let text = Array(text.utf8)
        return signatures.compactMap { witness.cosignatureTime(of: $0, over: text) }.max()
    }
}
