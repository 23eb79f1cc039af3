public import Cryptography
internal import Encoding

/// What a checkpoint says: whose log, how many entries, which root; nothing is verified.
///
/// C2SP tlog-checkpoint § Note text, `Protocol/log.md § Checkpoints`.
public struct TreeHead: Sendable {
    public let origin: String
    public let size: UInt64
    public let root: HashValue
    /// Lines after the root, opaque; Concord's own logs write none.
    public let extensions: [String]

    /// 2^63 - 1.
    public static let sizeLimit = UInt64(Int64.max)

    /// - Throws: if the size is over the limit, or a line is empty or holds control characters.
    public init(
        origin: String, size: UInt64, root: HashValue, extensions: [String] = []
    ) throws(LogError) {
        guard size <= TreeHead.sizeLimit else {
            throw .sizeTooLarge(limit: TreeHead.sizeLimit, found: size)
        }
        for line in [origin] + extensions {
            guard !line.isEmpty, line.utf8.allSatisfy({ $0 >= 0x20 }) else {
                throw .wrongForm(.checkpoint, expected: "lines with text, without controls")
            }
        }
        self.origin = origin
        self.size = size
        self.root = root
        self.extensions = extensions
    }

    public init(parsing text: String) throws(LogError) {
        guard text.utf8.count <= SignedNote.byteLimit else {
            throw .tooLarge(.checkpoint, limit: SignedNote.byteLimit, found: text.utf8.count)
        }
        var reader = LineReader(Array(text.utf8), as: .checkpoint)
        let origin = String(decoding: try reader.line("the log's origin"), as: UTF8.self)
        let size = try reader.number("the tree size in decimal, up to 2^63 - 1")
        let root = try reader.hash("the root hash, 32 bytes in base64")
        var extensions: [String] = []
        while !reader.isAtEnd {
            let line = try reader.line("an extension line that ends in a newline")
            extensions.append(String(decoding: line, as: UTF8.self))
        }
        try self.init(origin: origin, size: size, root: root, extensions: extensions)
    }

    /// The text of the note; `init(parsing:)` reads it back byte for byte.
    public var text: String {
        let root = Base64.standard.encode(root.bytes)
        return "\(origin)\n\(size)\n\(root)\n" + extensions.map { "\($0)\n" }.joined()
    }
}

extension TreeHead: Hashable {
    public static func == (left: Self, right: Self) -> Bool {
        left.size == right.size && left.root == right.root
            && left.origin.hasSameBytes(as: right.origin)
            && left.extensions.elementsEqual(right.extensions) { $0.hasSameBytes(as: $1) }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(size)
        hasher.combine(root)
    }
}
