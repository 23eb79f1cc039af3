public import Cryptography
internal import Encoding

/// The body of `add-checkpoint` (C2SP tlog-witness § add-checkpoint).
public struct WitnessRequest: Hashable, Sendable {
    public let oldSize: UInt64
    public let proof: [HashValue]
    public let note: SignedNote
    /// What the note says; nobody has verified it.
    public let head: TreeHead

    public static let proofLimit = 63
    public static let byteLimit = SignedNote.byteLimit + 4_096

    /// - Throws: if the note is no checkpoint or the proof has more than 63 hashes.
    public init(
        oldSize: UInt64, proof: [HashValue], note: SignedNote
    ) throws(LogError) {
        guard oldSize <= TreeHead.sizeLimit else {
            throw .sizeTooLarge(limit: TreeHead.sizeLimit, found: oldSize)
        }
        guard proof.count <= WitnessRequest.proofLimit else {
            throw .tooManyHashes(.witnessRequest, limit: WitnessRequest.proofLimit)
        }
        self.oldSize = oldSize
        self.proof = proof
        self.note = note
        head = try TreeHead(parsing: note.text)
    }

    /// Checks the form alone; a request that does not parse is answered with 400.
    public init(parsing bytes: [UInt8]) throws(LogError) {
        guard bytes.count <= WitnessRequest.byteLimit else {
            throw .tooLarge(
                .witnessRequest, limit: WitnessRequest.byteLimit, found: bytes.count)
        }
        var reader = LineReader(bytes, as: .witnessRequest)
        let oldSize = try reader.number("old and the size in decimal", after: "old ")
        let proof = try reader.hashes(upTo: WitnessRequest.proofLimit)
        let note = try SignedNote(parsing: reader.rest)
        try self.init(oldSize: oldSize, proof: proof, note: note)
    }

    public var serialized: [UInt8] {
        var text = "old \(oldSize)\n"
        for hash in proof { text += "\(Base64.standard.encode(hash.bytes))\n" }
        return Array(text.utf8) + [0x0A] + note.serialized
    }
}
