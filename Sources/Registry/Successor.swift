public import Cryptography
public import Encoding
public import TransparencyLog

/// The act with which a country's next log begins after the good part of the one before.
///
/// `Protocol/log.md § Successors`. Signed by the root in force and by the one that it had
/// committed to, which takes over with this act.
public struct Successor: Hashable, Sendable {
    /// Why the predecessor ended.
    public enum Cause: String, Sendable {
        /// Two histories of it are proven.
        case splitView = "split-view"
        /// Its keys or machines are lost, or it is given up.
        case dead
    }

    public let predecessor: String
    /// The last good size: the index of this act.
    public let size: UInt64
    /// The root of the predecessor at that size, and of this log too.
    public let treeRoot: HashValue
    public let cause: Cause
    /// The key that signs the new log's checkpoints from this act on.
    public let log: NoteKey
    /// The new root, and SHA-256 of the text of the one after it.
    public let root: NoteKey
    public let nextRoot: HashValue

    init(reading reader: inout MemberReader) throws(ParsingError) {
        predecessor = try reader.string("predecessor")
        size = UInt64(try reader.integer("size", in: 1...Int64.max))
        treeRoot = try reader.hash("treeRoot")
        guard let cause = Cause(rawValue: try reader.string("cause")) else {
            throw .wrongForm(path: reader.child("cause"), expected: "split-view or dead")
        }
        self.cause = cause
        log = try reader.noteKey("log")
        root = try reader.noteKey("root")
        nextRoot = try reader.hash("nextRoot")
    }

    /// The members of the act.
    public static func members(
        of predecessor: TreeHead, cause: Cause, log: NoteKey, root: NoteKey, nextRoot: HashValue
    ) -> JSONObject {
        [
            "predecessor": .string(predecessor.origin),
            "size": .integer(Int64(clamping: predecessor.size)),
            "treeRoot": .string(predecessor.root.hexadecimal), "cause": .string(cause.rawValue),
            "log": .string(log.description), "root": .string(root.description),
            "nextRoot": .string(nextRoot.hexadecimal),
        ]
    }
}
