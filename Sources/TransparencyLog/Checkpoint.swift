/// A tree head that the log itself signed.
///
/// Made only by opening a note with the log's key, or by signing. Cosignatures may stand under
/// it; whether they verify and suffice is for `WitnessPolicy.open(_:)` to say.
public struct Checkpoint: Hashable, Sendable {
    public let head: TreeHead
    public let note: SignedNote
    /// The log's key under which the note was opened.
    public let key: NoteKey

    /// Verifies the log's signature; lines by other keys stay and are not looked at.
    ///
    /// - Throws: if the text is not a checkpoint's, the origin is not the key's name, or the
    ///   key's line is absent or does not verify.
    public init(opening note: SignedNote, signedBy key: NoteKey) throws(LogError) {
        guard key.algorithm == .ed25519 else {
            throw .wrongAlgorithm(expected: .ed25519, found: key.algorithm)
        }
        let head = try TreeHead(parsing: note.text)
        guard head.origin.hasSameBytes(as: key.name) else {
            throw .originMismatch(expected: key.name, found: head.origin)
        }
        _ = try note.verifiedKeys(among: [key])
        self.init(head: head, note: note, key: key)
    }

    private init(head: TreeHead, note: SignedNote, key: NoteKey) {
        self.head = head
        self.note = note
        self.key = key
    }

    /// The head, signed. The caller has checked that it extends everything signed before.
    ///
    /// - Precondition: the signer's name is the head's origin, its key of type `ed25519`.
    public static func signed(_ head: TreeHead, by signer: NoteSigner) -> Checkpoint {
        precondition(
            head.origin.hasSameBytes(as: signer.verifier.name), "a log signs its own origin")
        do throws(LogError) {
            let note = try SignedNote(text: head.text, signatures: [signer.sign(head.text)])
            return Checkpoint(head: head, note: note, key: signer.verifier)
        } catch {
            preconditionFailure("a tree head makes a note: \(error)")
        }
    }

    /// The checkpoint with more lines under it, each once. Not verified here, and lines that
    /// bear the name and id of the log's own key are left out.
    public func adding(_ cosignatures: [NoteSignature]) -> Checkpoint {
        let note = cosignatures.filter { !key.isNamed(by: $0) }
            .reduce(note) { $0.adding($1) }
        return Checkpoint(head: head, note: note, key: key)
    }

    /// The checkpoint with the log's own lines only.
    public var withoutCosignatures: Checkpoint {
        let own = note.signatures.filter { key.isNamed(by: $0) }
        guard let note = try? SignedNote(text: note.text, signatures: own) else { return self }
        return Checkpoint(head: head, note: note, key: key)
    }
}
