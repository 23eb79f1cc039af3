/// What two histories of one log mean (`Protocol/sync.md § Forks`).
public enum SplitViewGrade: String, Hashable, Sendable {
    /// Both have a quorum, or nobody witnesses the log: it is frozen where they part.
    case fork
    /// One of them has no quorum: the log's key was misused. What is cosigned stays good.
    case keyMisused = "key-misused"
    /// One of them is signed by a key that the root had ended for its size: it was stolen.
    case theft

    /// Grades a split view; nil if it proves nothing.
    ///
    /// - Parameters:
    ///   - keys: the keys that the root named for a checkpoint of that size.
    ///   - former: keys that the root named for other sizes, and ended.
    ///   - policy: whose cosignatures suffice; nil if that is not known.
    public init?(
        _ splitView: SplitView, keys: (UInt64) -> [NoteKey], former: [NoteKey],
        policy: WitnessPolicy?
    ) {
        let notes = [splitView.notes.0, splitView.notes.1]
        let keysOfNotes = notes.map { note in
            (try? TreeHead(parsing: note.text)).map { keys($0.size) } ?? []
        }
        guard splitView.judge(keys: keysOfNotes.flatMap(\.self) + former) else { return nil }
        // Each note by a key of its own size, or somebody signed with a key that had ended.
        let areInForce = zip(notes, keysOfNotes).allSatisfy { note, keys in
            keys.contains(where: note.isSignedByAnyRule(of:))
        }
        guard areInForce else {
            self = .theft
            return
        }
        guard let policy, !policy.isUnwitnessed else {
            self = .fork
            return
        }
        let haveQuorum = zip(notes, keysOfNotes).allSatisfy { note, keys in
            keys.contains { key in
                guard let checkpoint = try? Checkpoint(opening: note, signedBy: key) else {
                    return false
                }
                // A forged line, added by whoever passed it on, takes no quorum away.
                let lines = policy.valid(note.signatures, for: checkpoint)
                return policy.open(checkpoint.withoutCosignatures.adding(lines)) != nil
            }
        }
        self = haveQuorum ? .fork : .keyMisused
    }
}

extension SplitView {
    /// The witnesses that cosigned both histories: each broke its one promise.
    public func cosignersOfBoth(among witnesses: [NoteKey]) -> [NoteKey] {
        witnesses.filter { witness in
            witness.algorithm == .cosignature
                && notes.0.cosignatureTime(by: witness) != nil
                && notes.1.cosignatureTime(by: witness) != nil
        }
    }
}
