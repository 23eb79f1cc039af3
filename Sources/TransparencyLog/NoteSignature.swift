internal import Encoding

/// A signature line of a note: who claims to have signed, and what they wrote; not verified.
///
/// C2SP signed-note § Signatures.
public struct NoteSignature: Sendable {
    public let name: String
    public let keyID: UInt32
    /// What follows the key id: 64 bytes of Ed25519, or a time and 64 bytes.
    public let signature: [UInt8]

    /// - Precondition: `name` is a key's name.
    init(name: String, keyID: UInt32, signature: [UInt8]) {
        self.name = name
        self.keyID = keyID
        self.signature = signature
    }

    /// Reads one line with its newline.
    public init(parsing line: String) throws(LogError) {
        guard line.utf8.last == 0x0A else {
            throw .wrongForm(.signatureLine, expected: "a newline at the end")
        }
        try self.init(parsing: Array(line.utf8.dropLast())[...])
    }

    /// Reads the body of a witness's answer: one signature line or more, nothing else.
    public static func list(parsing bytes: [UInt8]) throws(LogError) -> [NoteSignature] {
        guard bytes.count <= SignedNote.byteLimit else {
            throw .tooLarge(.signatureLine, limit: SignedNote.byteLimit, found: bytes.count)
        }
        return try lines(bytes[...])
    }

    static func lines(_ bytes: ArraySlice<UInt8>) throws(LogError) -> [NoteSignature] {
        guard !bytes.isEmpty, bytes.last == 0x0A else {
            throw .wrongForm(.signatureLine, expected: "lines that end in a newline")
        }
        var signatures: [NoteSignature] = []
        var rest = bytes
        while let end = rest.firstIndex(of: 0x0A) {
            guard signatures.count < SignedNote.signatureLimit else {
                throw .tooManySignatures(limit: SignedNote.signatureLimit)
            }
            signatures.append(try NoteSignature(parsing: rest[..<end]))
            rest = rest[(end + 1)...]
        }
        return signatures
    }

    private init(parsing line: ArraySlice<UInt8>) throws(LogError) {
        let expected = "an em dash, a key name and base64, one space between them"
        let dash: [UInt8] = [0xE2, 0x80, 0x94, 0x20]
        guard line.starts(with: dash) else { throw .wrongForm(.signatureLine, expected: expected) }
        let rest = line[(line.startIndex + dash.count)...]
        guard let space = rest.firstIndex(of: 0x20), !rest[(space + 1)...].contains(0x20),
            let name = String(validating: rest[..<space], as: UTF8.self)
        else { throw .wrongForm(.signatureLine, expected: expected) }
        guard NoteKey.isName(name) else { throw .keyName }
        guard let bytes = Base64.standard.decode(utf8: rest[(space + 1)...]), bytes.count > 4
        else {
            throw .wrongForm(.signatureLine, expected: "a key id and a signature in base64")
        }
        self.init(
            name: name, keyID: bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) },
            signature: Array(bytes.dropFirst(4)))
    }

    /// The line with its newline.
    public var line: String {
        "\u{2014} \(name) \(Base64.standard.encode(keyID.bigEndianBytes + signature))\n"
    }
}

extension NoteSignature: Hashable {
    public static func == (left: Self, right: Self) -> Bool {
        left.keyID == right.keyID && left.signature == right.signature
            && left.name.hasSameBytes(as: right.name)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(keyID)
        hasher.combine(signature)
    }
}
