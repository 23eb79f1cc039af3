public import TransparencyLog

/// What can go wrong with the database of logs.
public enum StorageError: Error, Hashable, Sendable {
    // The file.
    case cannotOpen(path: String, reason: String)
    case foreignDatabase(path: String, expected: String, found: String)
    case newerDatabase(path: String, expected: Int, found: Int)
    case olderDatabase(path: String, expected: Int, found: Int)
    case notDurable(path: String, setting: String, expected: String, found: String)
    case damaged(path: String, reason: String)
    case diskFull(path: String, task: String)
    case locked(path: String, task: String)
    case refused(path: String, task: String, code: Int, reason: String)

    // What a node may sign.
    case lifeMark(path: String, task: String, reason: String)
    case hasLived(path: String)
    case sealed([SealReason])
    case incompleteMemory(origin: String)

    // Logs and what is written to them.
    case unknownLog(origin: String)
    case ownership(origin: String, isOwn: Bool)
    case sizeConflict(origin: String, expected: UInt64, found: UInt64)
    case noteConflict(origin: String)
    case rootConflict(origin: String, size: UInt64)
    case beyondTree(origin: String, size: UInt64, found: UInt64)
    case tooLarge(what: String, limit: Int, found: Int)
    case missingRow(table: String, origin: String, at: UInt64)
    case wrongBlob(expected: String, found: String)
    case unreadable(table: String, reason: String)
}

extension StorageError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .cannotOpen(let path, let reason):
            "cannot open \(path): \(reason)"
        case .foreignDatabase(let path, let expected, let found):
            "expected a database of Concord's logs (application id \(expected)) at \(path), found "
                + "\(found); nothing was changed; name another folder with --node"
        case .newerDatabase(let path, let expected, let found):
            "expected schema version \(expected) at \(path), found \(found), which a newer "
                + "Concord wrote; nothing was changed; install that version"
        case .olderDatabase(let path, let expected, let found):
            "expected schema version \(expected) at \(path), found \(found), from which this "
                + "version cannot move on; nothing was changed"
        case .notDurable(let path, let setting, let expected, let found):
            "expected SQLite's \(setting) to be \(expected) at \(path), found \(found); a log "
                + "must not be signed on such a disk"
        case .damaged(let path, let reason):
            "\(path) is damaged (\(reason)); stop the node, keep the file, and recover the log "
                + "from the peers' copies"
        case .diskFull(let path, let task):
            "no space left at \(path) to \(task); nothing was written; make room and repeat"
        case .locked(let path, let task):
            "another program holds \(path), so this one cannot \(task); stop it and repeat"
        case .refused(let path, let task, let code, let reason):
            "SQLite refused to \(task) at \(path): \(reason) (code \(code))"
        case .lifeMark(let path, let task, let reason):
            "expected to \(task) \(path), found that it cannot be done (\(reason)); nothing was signed"
        case .hasLived(let path):
            "expected a node that never signed at \(path), found one that did; its log cannot be "
                + "started twice"
        case .sealed(let reasons):
            "this node is sealed and signs nothing: "
                + reasons.map(\.description).joined(separator: "; ")
                + "; run concord sync --node DIR, and concord node status for what is missing"
        case .incompleteMemory(let origin):
            "this node may have cosigned more of \(origin) than it remembers; it cosigns again "
                + "when the other witnesses have been asked"
        default: content
        }
    }

    private var content: String {
        switch self {
        case .unknownLog(let origin):
            "no log \(origin) is kept here; add it as a peer first"
        case .ownership(let origin, let isOwn):
            isOwn
                ? "\(origin) is this node's own log and is not copied from others"
                : "\(origin) is another country's log; nothing can be added to it here"
        case .sizeConflict(let origin, let expected, let found):
            "expected \(origin) to have \(expected) entries, found \(found): another writer was "
                + "there first"
        case .noteConflict(let origin):
            "the checkpoint of \(origin) is no longer the one that was to be replaced"
        case .rootConflict(let origin, let size):
            "the checkpoint of \(origin) at size \(size) has another root than the entries kept "
                + "here"
        case .beyondTree(let origin, let size, let found):
            "expected a size up to \(size) of \(origin), found \(found)"
        case .tooLarge(let what, let limit, let found):
            "expected \(what) up to \(limit), found \(found)"
        case .missingRow(let table, let origin, let index):
            "expected a row of \(table) for \(origin) at \(index), found none: the database is "
                + "incomplete"
        case .wrongBlob(let expected, let found):
            "expected bytes with the SHA-256 \(expected), found \(found)"
        case .unreadable(let table, let reason):
            "a row of \(table) cannot be read: \(reason)"
        default: "the database is not in order"
        }
    }
}
