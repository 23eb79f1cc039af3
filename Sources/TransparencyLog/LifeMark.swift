public import Cryptography
internal import Encoding

/// What a node was about to sign last, in its database and in a file beside it.
///
/// `Protocol/log.md § Life mark`. The file is synced before the database commits: the file one
/// step ahead is a step that was begun, anything else is another state of the node.
public struct LifeMark: Hashable, Sendable {
    /// For what a node signs: its own log, others' logs, the grants of a buddy.
    public enum Role: String, CaseIterable, Hashable, Sendable { case log, witness, buddy }

    public let role: Role
    /// Drawn at random when the node began, and again when it was recovered.
    public let incarnation: HashValue
    /// The number of steps since.
    public let sequence: UInt64
    /// The head of the last step; nil while there was none.
    public let head: TreeHead?

    public init(role: Role, incarnation: HashValue, sequence: UInt64 = 0, head: TreeHead?) {
        self.role = role
        self.incarnation = incarnation
        self.sequence = sequence
        self.head = head
    }

    /// The mark of the next step.
    public func advanced(to head: TreeHead) -> LifeMark {
        LifeMark(role: role, incarnation: incarnation, sequence: sequence + 1, head: head)
    }

    /// What the two copies say together.
    public enum Judgement: Hashable, Sendable {
        case matched
        /// The file is ahead by one step, which may be finished and by nothing else.
        case staged(TreeHead)
        case broken(SealReason)
    }

    public static func judge(
        _ role: Role, database: LifeMark?, file: LifeMark?
    ) -> Judgement {
        switch (database, file) {
        case (nil, nil): return .broken(.noLifeMark)
        case (nil, _): return .broken(.databaseForgot)
        case (_, nil): return .broken(.fileMissing)
        case (let database?, let file?):
            guard database.incarnation == file.incarnation, database.role == file.role else {
                return .broken(.otherLife)
            }
            if database == file { return .matched }
            if file.sequence == database.sequence + 1, let head = file.head {
                return .staged(head)
            }
            return .broken(
                .sequences(role, database: database.sequence, file: file.sequence))
        }
    }

    /// What the two copies say together, held against what the database itself holds.
    ///
    /// - Parameters:
    ///   - signed: the newest head of the own log that is stored.
    ///   - remembered: the newest head of that log that is remembered in this role.
    ///   - stored: the root over so many stored entries of the own log; nil if there are fewer.
    public static func judge<Failure: Error>(
        _ role: Role, database: LifeMark?, file: LifeMark?, signed: TreeHead?,
        remembered: (String) throws(Failure) -> TreeHead?,
        stored: (UInt64) throws(Failure) -> HashValue?
    ) throws(Failure) -> Judgement {
        let judgement = judge(role, database: database, file: file)
        if case .broken = judgement { return judgement }
        switch role {
        case .log:
            guard database?.head == signed else {
                return .broken(
                    .headForgotten(size: database?.head?.size ?? signed?.size ?? 0))
            }
            if case .staged(let head) = judgement, try stored(head.size) != head.root {
                return .broken(.stagedEntriesMissing(size: head.size))
            }
        case .witness, .buddy:
            guard let head = database?.head else { return judgement }
            guard try remembered(head.origin)?.size ?? 0 >= head.size else {
                return .broken(.memoryForgotten(origin: head.origin))
            }
        }
        return judgement
    }

    /// The bytes of the largest mark: a page, which is written at once.
    public static let byteLimit = 4_096

    private static let header = "concord-life-mark/v1"

    private var lines: String {
        var text = "\(LifeMark.header)\n\(role.rawValue)\n\(incarnation.hexadecimal)\n"
        text += "\(sequence)\n"
        if let head {
            text += "\(head.origin)\n\(head.size)\n\(Base64.standard.encode(head.root.bytes))\n"
        }
        return text
    }

    /// Text, with a checksum as its last line.
    ///
    /// - Throws: if the origin is too long for a page.
    public func serialized() throws(LogError) -> [UInt8] {
        let lines = Array(lines.utf8)
        let bytes = lines + Array("\(HashValue(of: lines).hexadecimal)\n".utf8)
        guard bytes.count <= LifeMark.byteLimit else {
            throw .tooLarge(.lifeMark, limit: LifeMark.byteLimit, found: bytes.count)
        }
        return bytes
    }

    /// Reads a page; what follows the last newline is filling.
    ///
    /// - Throws: also for a page that was torn: the checksum differs.
    public init(parsing page: [UInt8]) throws(LogError) {
        guard let end = page.lastIndex(of: 0x0A) else {
            throw .wrongForm(.lifeMark, expected: "lines of text")
        }
        let bytes = Array(page[...end])
        var reader = LineReader(bytes, as: .lifeMark)
        guard String(decoding: try reader.line("the header"), as: UTF8.self) == LifeMark.header,
            let role = Role(
                rawValue: String(decoding: try reader.line("the role"), as: UTF8.self)),
            let incarnation = HashValue(
                hexadecimal: String(decoding: try reader.line("the incarnation"), as: UTF8.self))
        else { throw .wrongForm(.lifeMark, expected: "a header, a role and an incarnation") }
        let sequence = try reader.number("the number of steps")
        var head: TreeHead?
        var checksum = try reader.line("an origin or the checksum")
        if !reader.isAtEnd {
            let origin = String(decoding: checksum, as: UTF8.self)
            head = try TreeHead(
                origin: origin, size: try reader.number("the tree size"),
                root: try reader.hash("the root"))
            checksum = try reader.line("the checksum")
        }
        self.init(role: role, incarnation: incarnation, sequence: sequence, head: head)
        guard reader.isAtEnd,
            checksum.elementsEqual(HashValue(of: Array(lines.utf8)).hexadecimal.utf8)
        else { throw .wrongForm(.lifeMark, expected: "a checksum that is right") }
    }
}
