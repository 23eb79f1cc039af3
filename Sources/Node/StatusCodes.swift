internal import Registry
internal import Storage
internal import Sync
internal import TransparencyLog

/// The HTTP status of every failure, in one place (`Protocol/sync.md § Statuses`).
extension NodeAnswer {
    static let notFound = NodeAnswer.problem(404, "not found")
    static let busy = NodeAnswer.problem(503, "busy; repeat later")

    static func tooLarge(limit: Int) -> NodeAnswer {
        .problem(413, "expected a body of at most \(limit) bytes")
    }

    static func malformed(_ expected: String) -> NodeAnswer {
        .problem(400, "expected \(expected) as the body")
    }

    /// What a failure of the node's own is to the outside: that it is one, and nothing else.
    init(failure error: any Error) {
        switch error {
        case let error as StorageError: self.init(storage: error)
        case SyncError.storage(let error): self.init(storage: error)
        case SyncError.halted: self = .problem(409, "the log is halted by a split view")
        case SyncError.buddySilent, SyncError.buddyRefused:
            self = .problem(503, "the checkpoint was not granted; repeat later")
        case NodeError.damagedBody: self = .malformed("one whole gzip stream")
        case is SyncError: self = .problem(502, "a peer did not answer as expected")
        default: self = .problem(500, "the node cannot answer")
        }
    }

    private init(storage error: StorageError) {
        self =
            switch error {
            case .unknownLog: .notFound
            case .sizeConflict, .noteConflict: .problem(409, "another writer was first; repeat")
            case .tooLarge: .problem(413, "too large")
            case .diskFull: .problem(507, "no space left")
            case .locked: .busy
            case .sealed, .incompleteMemory: .problem(503, "this node is sealed; repeat later")
            default: .problem(500, "the node cannot answer")
            }
    }
}
