internal import Cryptography
internal import Storage
internal import TransparencyLog

/// Finds out whether a checkpoint that does not fit is garbage or a second history.
///
/// `Protocol/sync.md § Forks`. A split view is stored only once its hashes prove it.
struct ForkInquiry {
    let follower: Follower
    let offer: Follower.Offer
    /// The peer whose hashes are asked for.
    let client: PeerClient

    private var origin: String { offer.head.origin }

    /// A checkpoint above our size, to which the peer's entries do not lead: the outcome if
    /// its tree contradicts a note of ours, nil if only the entries were wrong.
    func outcomeOfNewer(_ state: Follower.State) async throws(SyncError) -> FollowOutcome? {
        var tree = RemoteTree(client, origin, size: offer.head.size)
        for ours in [state.witnessed, state.head, state.pending].compactMap(\.self)
        where ours.head.size > 0 && ours.head.size < offer.head.size {
            let prefix = (size: ours.head.size, root: ours.head.root)
            if try await tree.begins(with: prefix, root: offer.head.root) { continue }
            let hashes = try await tree.subtrees(
                MerkleTree.subtrees(covering: 0..<ours.head.size)
                    + MerkleTree.subtrees(covering: ours.head.size..<offer.head.size))
            let splitView = try splitView(older: ours.note, newer: offer.checkpoint.note) {
                level, index throws(SyncError) in
                guard let hash = hashes[RemoteTree.Node(level: level, index: index)] else {
                    throw .wrongTiles(client.address, origin: origin, size: offer.head.size)
                }
                return hash
            }
            let common = await commonSize(&tree, below: min(ours.head.size, state.log.size))
            return try store(
                splitView, state, common: common,
                haveQuorum: ours.head.size <= state.witnessed?.head.size ?? 0)
        }
        return nil
    }

    /// A checkpoint of a size that is here, with another root than our entries have.
    func outcomeOfOlder(_ state: Follower.State) async throws(SyncError) -> FollowOutcome {
        let notes = [state.witnessed, state.head].compactMap(\.self)
            .filter { $0.head.size >= offer.head.size }
        guard let ours = notes.min(by: { $0.head.size < $1.head.size }) else {
            throw .unreconciled(client.address, origin: origin, size: offer.head.size)
        }
        let splitView: SplitView
        if ours.head.size == offer.head.size {
            splitView = SplitView(sameSize: ours.note, offer.checkpoint.note)
        } else {
            splitView = try self.splitView(older: offer.checkpoint.note, newer: ours.note) {
                level, index throws(SyncError) in try ourSubtree(level, index)
            }
        }
        var tree = RemoteTree(client, origin, size: offer.head.size)
        let whole = (size: offer.head.size, root: offer.head.root)
        // A peer that shows no more than the note leaves open where the histories part.
        let isWhole = (try? await tree.begins(with: whole, root: offer.head.root)) ?? false
        let common = isWhole ? await commonSize(&tree, below: offer.head.size) : nil
        let witnessed = state.witnessed?.head.size ?? 0
        return try store(
            splitView, state, common: common,
            haveQuorum: witnessed >= offer.head.size
                || (common.map { witnessed > $0 } ?? false))
    }

    private func splitView(
        older: SignedNote, newer: SignedNote,
        subtree: (_ level: Int, _ index: UInt64) throws(SyncError) -> HashValue
    ) throws(SyncError) -> SplitView {
        var hashes: [HashValue] = []
        guard let old = try? TreeHead(parsing: older.text),
            let new = try? TreeHead(parsing: newer.text)
        else { throw .unreconciled(client.address, origin: origin, size: offer.head.size) }
        for node in MerkleTree.subtrees(covering: 0..<old.size)
            + MerkleTree.subtrees(covering: old.size..<new.size)
        {
            hashes.append(try subtree(node.level, node.index))
        }
        return SplitView(.inconsistent(older: older, newer: newer, subtrees: hashes))
    }

    /// Stores the proof, if it is one, and marks the log.
    ///
    /// - Parameter common: nil: the peer does not show it; it is asked of others later.
    private func store(
        _ splitView: SplitView, _ state: Follower.State, common: UInt64?, haveQuorum: Bool
    ) throws(SyncError) -> FollowOutcome {
        let keys = [splitView.notes.0, splitView.notes.1]
            .compactMap { try? TreeHead(parsing: $0.text).size }
            .flatMap { follower.rules.keys(origin, $0) }
        guard splitView.judge(keys: keys) else {
            throw .unreconciled(client.address, origin: origin, size: offer.head.size)
        }
        // Without witnesses every signed note is the last word.
        let isUnwitnessed = follower.rules.policy(origin)?.isUnwitnessed ?? true
        let theyHave = offer.record.quorumTime != nil
        let standing: LogStanding =
            isUnwitnessed || (theyHave && haveQuorum)
            ? .frozen(commonSize: common ?? 0)
            : .keyMisused(goodSize: state.witnessed?.head.size ?? 0)
        let isKnown = try SyncError.storing { () throws(StorageError) in
            try follower.database.read { snapshot throws(StorageError) in
                try snapshot.fault(splitView.identity) != nil
            }
        }
        try SyncError.storing { () throws(StorageError) in
            try follower.database.store(
                splitView, of: origin, standing: standing, isExact: common != nil)
        }
        // A peer that still shows the other branch says nothing new.
        if isKnown, state.log.standing.worse(of: standing) == state.log.standing {
            return .halted(state.log.standing)
        }
        try SplitViewExchange(database: follower.database, rules: follower.rules)
            .accuseCosigners(of: splitView, origin)
        return .splitView(splitView.identity, standing)
    }

    /// What both histories begin with, if the peer's hashes prove it.
    private func commonSize(_ tree: inout RemoteTree, below size: UInt64) async -> UInt64? {
        do throws(SyncError) {
            return try await tree.commonSize(with: size) { level, index throws(SyncError) in
                try ourSubtree(level, index)
            }
        } catch {
            return nil
        }
    }

    private func ourSubtree(_ level: Int, _ index: UInt64) throws(SyncError) -> HashValue {
        try SyncError.storing { () throws(StorageError) in
            try follower.database.read { snapshot throws(StorageError) in
                try snapshot.subtree(origin, level: level, index: index)
            }
        }
    }
}
