/// A text and the signature lines under it; nothing is verified.
///
/// C2SP signed-note § Format, `Protocol/log.md § Notes`. The text is kept byte for byte, lines
/// by unknown keys too.
public struct SignedNote: Sendable {
    /// The text; ends in a newline.
    public let text: String
    public private(set) var signatures: [NoteSignature]

    public static let signatureLimit = 64
    public static let byteLimit = 1 << 16

    /// Checks the form: size, UTF-8, control characters, every signature line.
    public init(parsing bytes: [UInt8]) throws(LogError) {
        guard bytes.count <= SignedNote.byteLimit else {
            throw .tooLarge(.note, limit: SignedNote.byteLimit, found: bytes.count)
        }
        if let offset = SignedNote.controlCharacter(in: bytes) {
            throw .controlCharacter(.note, at: offset)
        }
        guard let separator = SignedNote.separator(in: bytes) else {
            throw .wrongForm(.note, expected: "a blank line and signature lines after the text")
        }
        guard let text = String(validating: bytes[...separator], as: UTF8.self) else {
            throw .notUTF8(.note)
        }
        self.text = text
        signatures = try NoteSignature.lines(bytes[(separator + 2)...])
    }

    /// - Throws: if the text could not stand in a note, or there is no signature or too many.
    public init(text: String, signatures: [NoteSignature]) throws(LogError) {
        if let offset = SignedNote.controlCharacter(in: Array(text.utf8)) {
            throw .controlCharacter(.note, at: offset)
        }
        guard text.utf8.last == 0x0A else {
            throw .wrongForm(.note, expected: "a text that ends in a newline")
        }
        guard !signatures.isEmpty else {
            throw .wrongForm(.note, expected: "at least one signature")
        }
        guard signatures.count <= SignedNote.signatureLimit else {
            throw .tooManySignatures(limit: SignedNote.signatureLimit)
        }
        self.text = text
        self.signatures = signatures
        let count = serialized.count
        guard count <= SignedNote.byteLimit else {
            throw .tooLarge(.note, limit: SignedNote.byteLimit, found: count)
        }
    }

    public var serialized: [UInt8] {
        var bytes = Array(text.utf8)
        bytes.append(0x0A)
        for signature in signatures { bytes.append(contentsOf: signature.line.utf8) }
        return bytes
    }

    /// Whether a line of this key is there and verifies.
    public func isSigned(by key: NoteKey) -> Bool {
        let text = Array(text.utf8)
        return signatures.contains { key.verifies($0, over: text) }
    }

    /// The keys that signed, in the order of their first lines. Lines by other keys are ignored.
    ///
    /// - Throws: if a line that bears name and id of one of `keys` does not verify, if two of
    ///   `keys` answer to a line, or if none of `keys` signed.
    public func verifiedKeys(among keys: [NoteKey]) throws(LogError) -> [NoteKey] {
        let text = Array(text.utf8)
        var verified: [NoteKey] = []
        for signature in signatures {
            let named = keys.filter { $0.isNamed(by: signature) }
            guard let key = named.first else { continue }
            guard named.count == 1 else { throw .ambiguousKey(name: signature.name) }
            // SPEC: a signature from a known key that fails to verify refuses the whole note.
            guard key.verifies(signature, over: text) else {
                throw .badSignature(name: signature.name)
            }
            if !verified.contains(key) { verified.append(key) }
        }
        guard !verified.isEmpty else { throw .noKnownSignature }
        return verified
    }

    /// The note with one more line at the end; unchanged if it has the line already, or if it
    /// would grow over the limits.
    public func adding(_ signature: NoteSignature) -> SignedNote {
        guard !signatures.contains(signature),
            let note = try? SignedNote(text: text, signatures: signatures + [signature])
        else { return self }
        return note
    }

    private static func controlCharacter(in bytes: [UInt8]) -> Int? {
        bytes.firstIndex { $0 < 0x20 && $0 != 0x0A }
    }

    /// The newline that ends the text: the last one that another newline follows.
    private static func separator(in bytes: [UInt8]) -> Int? {
        var index = bytes.count - 2
        while index >= 0 {
            if bytes[index] == 0x0A, bytes[index + 1] == 0x0A { return index }
            index -= 1
        }
        return nil
    }
}

extension SignedNote: Hashable {
    public static func == (left: Self, right: Self) -> Bool {
        left.signatures == right.signatures && left.text.hasSameBytes(as: right.text)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(signatures)
        hasher.combine(text)
    }
}
