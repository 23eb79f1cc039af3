/// Why a node is sealed: it serves what it has and signs neither checkpoint nor cosignature.
///
/// `Protocol/log.md § Start`.
public enum SealReason: Hashable, Sendable {
    // The life mark: this database is not the newest state of the node.
    case noLifeMark
    case fileMissing
    case databaseForgot
    case otherLife
    case sequences(LifeMark.Role, database: UInt64, file: UInt64)
    case stagedEntriesMissing(size: UInt64)
    case headForgotten(size: UInt64)
    case memoryForgotten(origin: String)

    // The others.
    case notAsked
    case quorumSilent(answered: Int, needed: Int, silent: [String])
    case ahead(name: String, size: UInt64, own: UInt64)
    case contradicted(name: String, size: UInt64)

    /// Whether the node must be recovered from its peers' copies before anything else.
    public var isBrokenMark: Bool {
        switch self {
        case .notAsked, .quorumSilent, .ahead, .contradicted: false
        default: true
        }
    }
}

extension SealReason: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noLifeMark:
            "no life mark is here: the database and the file life-mark are new or were removed"
        case .fileMissing:
            "the file life-mark is missing: this folder was restored from a backup or copied"
        case .databaseForgot:
            "the database does not know the life mark in the file: it was replaced"
        case .otherLife:
            "the life mark in the file belongs to another life of this node"
        case .sequences(let role, let database, let file):
            "the database stands at step \(database) of the \(role.rawValue), the file life-mark "
                + "at step \(file): the database was restored from a backup"
        case .stagedEntriesMissing(let size):
            "a checkpoint of size \(size) was begun, and its entries are not in the database"
        case .headForgotten(let size):
            "the database has lost the checkpoint of size \(size) that the life mark names"
        case .memoryForgotten(let origin):
            "the witness's memory of \(origin) is older than the life mark"
        case .notAsked:
            "the witnesses have not been asked since this machine started"
        case .quorumSilent(let answered, let needed, let silent):
            "\(answered) of the \(needed) witnesses that must be asked have answered"
                + (silent.isEmpty ? "" : "; silent: \(silent.joined(separator: ", "))")
        case .ahead(let name, let size, let own):
            "\(name) has seen \(size) entries of this log, and \(own) are here: entries are "
                + "missing, or the key is in use elsewhere"
        case .contradicted(let name, let size):
            "\(name) has seen another history of this log at size \(size)"
        }
    }
}
