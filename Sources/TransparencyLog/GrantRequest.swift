public import Cryptography
public import Encoding

/// What a log asks of its buddy before it signs: this root, and no other, for this size.
///
/// `Protocol/log.md § Buddy`. The text is signed with the log's key and is no checkpoint: its
/// first line is no origin.
public struct GrantRequest: Hashable, Sendable {
    public let oldSize: UInt64
    public let proof: [HashValue]
    public let note: SignedNote
    /// What the note says; nobody has verified it.
    public let head: TreeHead

    static let header = "concord-grant/v1\n"

    /// The text that the log signs to ask, and the buddy to grant.
    public static func text(for head: TreeHead) -> String { header + head.text }

    /// - Precondition: the signer's key is of type `ed25519`.
    public init(
        _ head: TreeHead, oldSize: UInt64, proof: [HashValue], signedBy signer: NoteSigner
    ) throws(LogError) {
        let text = GrantRequest.text(for: head)
        try self.init(
            oldSize: oldSize, proof: proof,
            note: SignedNote(text: text, signatures: [signer.sign(text)]))
    }

    private init(oldSize: UInt64, proof: [HashValue], note: SignedNote) throws(LogError) {
        guard proof.count <= WitnessRequest.proofLimit else {
            throw .tooManyHashes(.grantRequest, limit: WitnessRequest.proofLimit)
        }
        guard note.text.utf8.starts(with: GrantRequest.header.utf8) else {
            throw .wrongForm(.grantRequest, expected: "a text that begins with concord-grant/v1")
        }
        self.oldSize = oldSize
        self.proof = proof
        self.note = note
        head = try TreeHead(
            parsing: String(note.text.dropFirst(GrantRequest.header.count)))
    }

    public init(parsing bytes: [UInt8]) throws(LogError) {
        guard bytes.count <= WitnessRequest.byteLimit else {
            throw .tooLarge(.grantRequest, limit: WitnessRequest.byteLimit, found: bytes.count)
        }
        var reader = LineReader(bytes, as: .grantRequest)
        let oldSize = try reader.number("old and the size in decimal", after: "old ")
        let proof = try reader.hashes(upTo: WitnessRequest.proofLimit)
        try self.init(
            oldSize: oldSize, proof: proof, note: try SignedNote(parsing: reader.rest))
    }

    public var serialized: [UInt8] {
        var text = "old \(oldSize)\n"
        for hash in proof { text += "\(Base64.standard.encode(hash.bytes))\n" }
        return Array(text.utf8) + [0x0A] + note.serialized
    }
}

/// What a buddy answers (`Protocol/log.md § Buddy`).
public enum GrantDecision: Hashable, Sendable {
    /// Grant this head, but only after storing it as the newest one.
    case grant(TreeHead)
    case unknownLog
    case badSignature
    case oldSizeTooLarge
    case conflict(size: UInt64)
    case inconsistent

    /// Decides about a request.
    ///
    /// - Parameters:
    ///   - keys: the log's keys for that size.
    ///   - latest: the newest head that this buddy granted or saw signed, or nil for none. A
    ///     buddy that lost its memory must not ask.
    public static func decide(
        _ request: GrantRequest, keys: [NoteKey], latest: TreeHead?
    ) -> GrantDecision {
        let head = request.head
        let keys = keys.filter {
            $0.algorithm == .ed25519 && $0.name.hasSameBytes(as: head.origin)
        }
        guard !keys.isEmpty else { return .unknownLog }
        guard keys.contains(where: { request.note.isSigned(by: $0) }) else {
            return .badSignature
        }
        return
            switch HeadGrowth.judge(
                head, oldSize: request.oldSize, proof: request.proof, latest: latest)
        {
        case .extends: .grant(head)
        case .oldSizeTooLarge: .oldSizeTooLarge
        case .conflict(let size): .conflict(size: size)
        case .inconsistent: .inconsistent
        }
    }

    public var statusCode: Int {
        switch self {
        case .grant: 200
        case .unknownLog: 404
        case .badSignature: 403
        case .oldSizeTooLarge: 400
        case .conflict: 409
        case .inconsistent: 422
        }
    }
}

extension NoteSigner {
    /// The buddy's line under the head that it grants.
    ///
    /// - Precondition: the key is of type `cosignature`.
    public func grant(_ head: TreeHead, at time: Timestamp) -> NoteSignature {
        cosign(text: GrantRequest.text(for: head), at: time)
    }
}

extension NoteKey {
    /// Whether the line is this buddy's grant of that head.
    public func grants(_ head: TreeHead, by line: NoteSignature) -> Bool {
        cosignatureTime(of: line, over: Array(GrantRequest.text(for: head).utf8)) != nil
    }
}
