internal import Cryptography
internal import Encoding
public import TransparencyLog

/// Whether a log that claims to follow another is taken for it without asking anybody.
///
/// `Protocol/log.md § Successors`. Otherwise an operator decides, and pins it by hand.
public enum Succession: Hashable, Sendable {
    /// The pin of the new generation, and the key that opens its first checkpoints.
    case adopted(LogPin, firstLogKey: NoteKey)
    case refused(Refusal)

    public enum Refusal: String, Hashable, Sendable {
        /// The predecessor is neither frozen by a proof here nor stated dead.
        case predecessorSound = "predecessor-sound"
        /// It would drop entries that a quorum has seen, and that nothing contradicts.
        case dropsEntries = "drops-entries"
        /// Its first entries are not those of the predecessor here.
        case otherHistory = "other-history"
        /// The entry after them is no successor act for this log.
        case noSuccessor = "no-successor"
        /// The act is not signed by the root and by the one that it had committed to.
        case notSigned = "not-signed"
    }

    /// Decides.
    ///
    /// - Parameters:
    ///   - origin: the name of the new log.
    ///   - entry: its entry after the shared ones, proven to stand there.
    ///   - shared: the predecessor's head at the number of entries that both logs begin with,
    ///     as the copy here has it.
    ///   - state: the fold of the predecessor's entries below that size.
    ///   - goodSize: what may not be dropped of the predecessor: what a quorum has seen, or, if
    ///     it is frozen, what both histories share.
    ///   - isFrozen: whether a proof of a fork of the predecessor is kept here.
    public static func judge(
        _ origin: String, entry: [UInt8], after shared: TreeHead, state: LogState,
        goodSize: UInt64, isFrozen: Bool
    ) -> Succession {
        guard let entry = try? RegistryEntry(parsing: entry), entry.envelope.origin == origin,
            case .successor(let act) = entry.act, act.predecessor == shared.origin,
            act.log.name == origin,
            let new = LogOrigin(parsing: origin), let old = LogOrigin(parsing: shared.origin),
            new.follows(old), new.generation == old.generation + 1
        else { return .refused(.noSuccessor) }
        guard act.size == shared.size, act.treeRoot == shared.root else {
            return .refused(.otherHistory)
        }
        guard isFrozen || act.cause == .dead else { return .refused(.predecessorSound) }
        guard act.size >= goodSize else { return .refused(.dropsEntries) }
        guard
            HashValue(of: act.root.description.utf8) == state.committedNextRoot,
            entry.note.isSigned(by: act.root),
            let root = state.rootKey(at: act.size), root.holder == entry.envelope.author,
            entry.note.isSigned(by: root.key)
        else { return .refused(.notSigned) }
        return .adopted(
            state.pin.succeeded(by: origin, at: act.size), firstLogKey: act.log)
    }
}

extension Succession.Refusal: CustomStringConvertible {
    public var description: String {
        switch self {
        case .predecessorSound:
            "the log before it is sound here, and was not stated dead"
        case .dropsEntries: "it drops entries that a quorum of witnesses has seen"
        case .otherHistory: "it does not begin with the entries of the log before it"
        case .noSuccessor: "its first own entry is no successor act"
        case .notSigned:
            "its successor act is not signed by the root and by the next root that was committed to"
        }
    }
}
