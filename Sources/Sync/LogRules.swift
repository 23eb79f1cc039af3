public import Cryptography
internal import Encoding
public import Registry
public import Storage
public import TransparencyLog

/// What the anchor and the logs' roots have said about whom to believe, asked when needed.
public struct LogRules: Sendable {
    /// The keys that the log's root named for a checkpoint of that size; none for a log that
    /// is not known.
    public var keys: @Sendable (_ origin: String, _ size: UInt64) -> [NoteKey]
    /// Whose cosignatures suffice for the log; nil for a log that is not known.
    public var policy: @Sendable (_ origin: String) -> WitnessPolicy?
    /// The other logs that the anchor names.
    public var origins: @Sendable () -> [String] = { [] }
    /// The generations that the anchor's root, or a pin, says follow others.
    public var successions: @Sendable () -> [SuccessionRecord] = { [] }
    /// Every key that the log's root ever named for its checkpoints, ended ones too.
    public var everyKey: @Sendable (_ origin: String) -> [NoteKey] = { _ in [] }
    /// The roots of the log, the first and those that took over.
    public var roots: @Sendable (_ origin: String) -> [NoteKey] = { _ in [] }
    /// The fold of what shapes the log below a size; nil for a log that is not known.
    public var state: @Sendable (_ origin: String, _ size: UInt64) -> LogState? = { _, _ in nil }
    /// The keys that the anchor's root named for extracts, ended ones too.
    public var extractKeys: @Sendable () -> [NoteKey] = { [] }
    /// What the entry will be found by.
    public var entry: @Sendable (_ bytes: [UInt8]) -> NewEntry = { NewEntry(reading: $0) }
    /// The blobs that an entry names.
    public var blobs: @Sendable (_ entry: NewEntry) -> [HashValue] = { $0.namedBlobs }

    /// Nobody is believed: for reading and passing on what is here already.
    public static let unbound = LogRules(keys: { _, _ in [] }, policy: { _ in nil })

    public init(
        keys: @escaping @Sendable (_ origin: String, _ size: UInt64) -> [NoteKey],
        policy: @escaping @Sendable (_ origin: String) -> WitnessPolicy?
    ) {
        self.keys = keys
        self.policy = policy
    }
}

extension NewEntry {
    /// Reads what the entry says of itself. Bytes that are no entry of a known form are kept
    /// all the same: they are the log's.
    public init(reading bytes: [UInt8]) {
        if let entry = try? RegistryEntry(parsing: bytes) {
            self.init(
                bytes: bytes, identity: entry.identity, kind: entry.envelope.kind,
                subjects: entry.envelope.subjects)
        } else {
            let text = (try? SignedNote(parsing: bytes)).map { Array($0.text.utf8) }
            self.init(
                bytes: bytes, identity: HashValue(of: text ?? bytes), kind: nil, subjects: [])
        }
    }

    /// The status list that the entry publishes, if it does.
    var namedBlobs: [HashValue] {
        guard kind == "status-list", let entry = try? RegistryEntry(parsing: bytes),
            case .statusList(let list) = entry.act
        else { return [] }
        return [list.hash]
    }
}

extension LogRules {
    /// The note as a checkpoint of that log, opened with a key in force at its size.
    func open(
        _ note: SignedNote, of origin: String, from peer: PeerAddress
    ) throws(SyncError) -> Checkpoint {
        try open(note, of: origin, from: peer) { keys(origin, $0) }
    }

    /// The note as a checkpoint of the log that it names; nil if no key in force there opens it.
    func checkpoint(_ note: SignedNote) -> Checkpoint? {
        guard let head = try? TreeHead(parsing: note.text) else { return nil }
        return keys(head.origin, head.size).lazy
            .compactMap { try? Checkpoint(opening: note, signedBy: $0) }.first
    }

    /// The same for several notes, whose keys are asked for once where that suffices.
    func open(
        _ notes: [SignedNote], of origin: String, from peer: PeerAddress
    ) throws(SyncError) -> [Checkpoint] {
        let sizes = notes.compactMap { try? TreeHead(parsing: $0.text).size }
        guard let least = sizes.min(), let largest = sizes.max() else { return [] }
        let ends = (keys(origin, least), keys(origin, largest))
        var checkpoints: [Checkpoint] = []
        for note in notes {
            do throws(SyncError) {
                checkpoints.append(
                    try open(note, of: origin, from: peer) { size in
                        // A key is in force from one size to another: one at both ends is one.
                        ends.0 == ends.1 ? ends.0 : keys(origin, size)
                    })
            } catch .wrongKey {
                // A key that was voided takes only its own checkpoints with it.
                continue
            }
        }
        return checkpoints
    }

    /// The size of the first of some stored notes that no key opens which the log's root ever
    /// named for its size, or that is of another log; nil if there is none.
    public func unopened(_ notes: [SignedNote], of origin: String) -> UInt64? {
        let heads = notes.map { try? TreeHead(parsing: $0.text) }
        let sizes = heads.compactMap { $0?.size }
        guard let least = sizes.min(), let largest = sizes.max() else { return nil }
        // A key that was voided since opens what was stored before.
        let known = keys(origin, largest) + keys(origin, least) + everyKey(origin)
        for (note, head) in zip(notes, heads) {
            guard let head, head.origin.utf8.elementsEqual(origin.utf8) else { return 0 }
            let isOpened = (known + keys(origin, head.size)).contains {
                (try? Checkpoint(opening: note, signedBy: $0)) != nil
            }
            if !isOpened { return head.size }
        }
        return nil
    }

    private func open(
        _ note: SignedNote, of origin: String, from peer: PeerAddress,
        keys: (_ size: UInt64) -> [NoteKey]
    ) throws(SyncError) -> Checkpoint {
        guard let head = try? TreeHead(parsing: note.text) else {
            throw .notWhatWasAsked(
                peer, path: PeerPath.checkpoint(origin), expected: "a checkpoint")
        }
        guard head.origin.utf8.elementsEqual(origin.utf8) else {
            throw .wrongLog(peer, expected: origin)
        }
        for key in keys(head.size) {
            if let checkpoint = try? Checkpoint(opening: note, signedBy: key) {
                return checkpoint
            }
        }
        throw .wrongKey(peer, origin: origin, size: head.size)
    }

    /// The checkpoint with nothing under it but the newest valid line of each witness of the
    /// policy, and the quorum time if they suffice.
    func record(_ checkpoint: Checkpoint, adding lines: [NoteSignature] = []) -> CheckpointRecord {
        record(checkpoint, adding: lines, under: policy(checkpoint.head.origin))
    }

    func record(
        _ checkpoint: Checkpoint, adding lines: [NoteSignature] = [],
        under policy: WitnessPolicy?
    ) -> CheckpointRecord {
        guard let policy else { return CheckpointRecord(checkpoint.withoutCosignatures) }
        // Lines that do not verify are not kept: one forged line would block the policy.
        let valid = policy.valid(checkpoint.note.signatures + lines, for: checkpoint)
        let newest = policy.witnesses.compactMap { witness in
            valid.compactMap { line -> (Int64, NoteSignature)? in
                let single = try? SignedNote(text: checkpoint.note.text, signatures: [line])
                return single?.cosignatureTime(by: witness.key).map { ($0.seconds, line) }
            }.max { $0.0 < $1.0 }
        }
        // SPEC: no note is kept with more lines than that, the newest ones if there are more.
        let own = checkpoint.withoutCosignatures
        let room = max(0, LogRules.lineLimit - own.note.signatures.count)
        let kept = newest.sorted { $0.0 > $1.0 }.prefix(room).map(\.1)
        return CheckpointRecord(
            own.adding(newest.map(\.1).filter(kept.contains)), under: policy)
    }

    /// The signature lines that are kept under a stored note.
    public static let lineLimit = 16
}
