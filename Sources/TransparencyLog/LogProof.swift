public import Cryptography
internal import Encoding

/// An inclusion proof and its checkpoint as one file (c2sp.org/tlog-proof@v1).
///
/// Reading checks the form and that the index lies below the checkpoint's size.
public struct LogProof: Hashable, Sendable {
    public let index: UInt64
    public let hashes: [HashValue]
    /// Opaque bytes that nothing authenticates.
    public let extra: [UInt8]?
    public let checkpoint: SignedNote
    /// What the checkpoint says; nobody has verified it.
    public let head: TreeHead

    public static let byteLimit = 2 << 20
    private static let header = "c2sp.org/tlog-proof@v1"

    /// - Throws: if the note is no checkpoint or the index is not below its size.
    public init(
        index: UInt64, hashes: [HashValue], extra: [UInt8]? = nil, checkpoint: SignedNote
    ) throws(LogError) {
        let head = try TreeHead(parsing: checkpoint.text)
        guard index < head.size else {
            throw .indexBeyondSize(index: index, size: head.size)
        }
        guard hashes.count <= 63 else { throw .tooManyHashes(.logProof, limit: 63) }
        self.index = index
        self.hashes = hashes
        self.extra = extra
        self.checkpoint = checkpoint
        self.head = head
    }

    public init(parsing bytes: [UInt8]) throws(LogError) {
        guard bytes.count <= LogProof.byteLimit else {
            throw .tooLarge(.logProof, limit: LogProof.byteLimit, found: bytes.count)
        }
        var reader = LineReader(bytes, as: .logProof)
        guard try reader.line(LogProof.header).elementsEqual(LogProof.header.utf8) else {
            throw reader.wrong(LogProof.header)
        }
        var line = try reader.line("extra or index")
        var extra: [UInt8]?
        if line.starts(with: "extra ".utf8) {
            guard let decoded = Base64.standard.decode(utf8: line.dropFirst(6)) else {
                throw reader.wrong("extra data in base64")
            }
            extra = decoded
            line = try reader.line("index")
        }
        guard line.starts(with: "index ".utf8), let index = LineReader.decimal(line.dropFirst(6))
        else { throw reader.wrong("index and a decimal number") }
        let hashes = try reader.hashes(upTo: 63)
        let checkpoint = try SignedNote(parsing: reader.rest)
        try self.init(index: index, hashes: hashes, extra: extra, checkpoint: checkpoint)
    }

    public var serialized: [UInt8] {
        var text = "\(LogProof.header)\n"
        if let extra { text += "extra \(Base64.standard.encode(extra))\n" }
        text += "index \(index)\n"
        for hash in hashes { text += "\(Base64.standard.encode(hash.bytes))\n" }
        return Array(text.utf8) + [0x0A] + checkpoint.serialized
    }

    public var inclusion: InclusionProof {
        InclusionProof(index: index, size: head.size, hashes: hashes)
    }

    /// The checkpoint, opened with the log's key, in whose tree that leaf stands at the index.
    /// Whether a quorum cosigned it is for a `WitnessPolicy` to say.
    public func verify(
        leaf: HashValue, signedBy key: NoteKey
    ) throws(LogError) -> Checkpoint {
        let checkpoint = try Checkpoint(opening: checkpoint, signedBy: key)
        try inclusion.verify(leaf: leaf, root: checkpoint.head.root)
        return checkpoint
    }
}
