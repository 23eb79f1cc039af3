public import Cryptography
public import Encoding

/// What a node has seen of a log, said on request and signed with its witness key.
///
/// `Protocol/witness.md § Seen`. It bears the number of the question, so that an old answer
/// cannot stand for a new one, and is no cosignature of anything.
public struct SeenStatement: Hashable, Sendable {
    public let origin: String
    /// The largest size that it saw signed, cosigned or granted, and its root.
    public let size: UInt64
    public let root: HashValue
    /// Whether it vouches for its memory of this log.
    public let isMatched: Bool
    public let nonce: HashValue

    public init(
        origin: String, size: UInt64, root: HashValue, isMatched: Bool, nonce: HashValue
    ) {
        self.origin = origin
        self.size = size
        self.root = root
        self.isMatched = isMatched
        self.nonce = nonce
    }

    public static let byteLimit = 16_384
    static let header = "concord-seen/v1"

    public var text: String {
        """
        \(SeenStatement.header)
        \(origin)
        \(size)
        \(Base64.standard.encode(root.bytes))
        \(isMatched ? "matched" : "unmatched")
        \(nonce.hexadecimal)

        """
    }

    /// - Precondition: the signer's key is of type `cosignature`.
    public func signed(by signer: NoteSigner, at time: Timestamp) throws(LogError) -> SignedNote {
        try SignedNote(text: text, signatures: [signer.cosign(text: text, at: time)])
    }

    /// Reads an answer.
    ///
    /// - Throws: if it is not by that key, or answers another question.
    public init(
        opening bytes: [UInt8], by key: NoteKey, answering question: SeenRequest
    ) throws(LogError) {
        guard bytes.count <= SeenStatement.byteLimit else {
            throw .tooLarge(.seenStatement, limit: SeenStatement.byteLimit, found: bytes.count)
        }
        let note = try SignedNote(parsing: bytes)
        guard note.cosignatureTime(by: key) != nil else { throw .badSignature(name: key.name) }
        var reader = LineReader(Array(note.text.utf8), as: .seenStatement)
        _ = try reader.line("the header")
        origin = String(decoding: try reader.line("the log's origin"), as: UTF8.self)
        size = try reader.number("the tree size")
        root = try reader.hash("the root")
        isMatched = try reader.line("matched or unmatched").elementsEqual("matched".utf8)
        nonce = question.nonce
        // What is not written exactly so is not what was said.
        guard origin.hasSameBytes(as: question.origin), text.hasSameBytes(as: note.text) else {
            throw .wrongForm(.seenStatement, expected: "the answer to the question asked")
        }
    }
}

/// The question that a `SeenStatement` answers.
public struct SeenRequest: Hashable, Sendable {
    public let origin: String
    /// Drawn at random for each question.
    public let nonce: HashValue

    public init(origin: String, nonce: HashValue) {
        self.origin = origin
        self.nonce = nonce
    }

    public var serialized: [UInt8] {
        Array("\(SeenStatement.header)\n\(origin)\n\(nonce.hexadecimal)\n".utf8)
    }

    public init(parsing bytes: [UInt8]) throws(LogError) {
        guard bytes.count <= SeenStatement.byteLimit else {
            throw .tooLarge(.seenStatement, limit: SeenStatement.byteLimit, found: bytes.count)
        }
        var reader = LineReader(bytes, as: .seenStatement)
        let header = try reader.line("the header")
        let line = try reader.line("the log's origin")
        let digits = String(decoding: try reader.line("64 hexadecimal digits"), as: UTF8.self)
        guard header.elementsEqual(SeenStatement.header.utf8), reader.isAtEnd,
            let origin = String(validating: line, as: UTF8.self),
            let nonce = HashValue(hexadecimal: digits)
        else { throw .wrongForm(.seenStatement, expected: "a header, an origin, a number") }
        self.init(origin: origin, nonce: nonce)
    }
}
