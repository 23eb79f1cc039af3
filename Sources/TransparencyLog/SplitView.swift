public import Cryptography

/// The proof of a fork: two checkpoints of one log that cannot both be honest.
///
/// `Protocol/log.md § Split views`. Anybody with the log's public keys can judge it; nothing
/// else is needed. That it parses proves nothing.
public struct SplitView: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// One size, two roots. The text with the smaller bytes comes first.
        case sameSize(SignedNote, SignedNote)
        /// Two sizes, and the larger tree does not begin with the smaller one. `subtrees` are
        /// the hashes of the complete subtrees of the newer tree that cover `0 ..< older.size`
        /// and then `older.size ..< newer.size`, each the largest that fits, in order.
        case inconsistent(older: SignedNote, newer: SignedNote, subtrees: [HashValue])
    }

    public let kind: Kind

    public init(_ kind: Kind) { self.kind = kind }

    /// The split view of two notes of one size, in the order that the format asks for.
    public init(sameSize one: SignedNote, _ other: SignedNote) {
        let isInOrder = one.text.utf8.lexicographicallyPrecedes(other.text.utf8)
        kind = isInOrder ? .sameSize(one, other) : .sameSize(other, one)
    }

    /// The split view of two sizes, from the hashes of complete subtrees of the newer tree.
    ///
    /// - Throws: if a note is no checkpoint or the sizes do not ascend, and what `subtree`
    ///   throws. Whether it proves a fork is for `judge(keys:)` to say.
    public init(
        older: SignedNote, newer: SignedNote,
        subtree: (_ level: Int, _ index: UInt64) throws(LogError) -> HashValue
    ) throws(LogError) {
        let (old, new) = (try TreeHead(parsing: older.text), try TreeHead(parsing: newer.text))
        guard old.size < new.size else { throw .sizesReversed(old: old.size, new: new.size) }
        var subtrees: [HashValue] = []
        for node in SplitView.cover(old.size, new.size) {
            subtrees.append(try subtree(node.level, node.index))
        }
        kind = .inconsistent(older: older, newer: newer, subtrees: subtrees)
    }

    /// The two notes in their order.
    public var notes: (SignedNote, SignedNote) {
        switch kind {
        case .sameSize(let first, let second): (first, second)
        case .inconsistent(let older, let newer, _): (older, newer)
        }
    }

    /// The origin that the first note names.
    public var origin: String? { try? TreeHead(parsing: notes.0.text).origin }

    /// The SHA-256 of both texts with an empty line between them: lines under the notes, which
    /// anybody can add, do not change it. A forged proof can bear the identity of a true one:
    /// judge before storing.
    public var identity: HashValue {
        var hasher = HashFunction()
        hasher.update(notes.0.text.utf8)
        hasher.update(byte: 0x0A)
        hasher.update(notes.1.text.utf8)
        return hasher.finalized
    }

    /// Whether it proves that the holder of `keys` signed two histories.
    ///
    /// - Parameter keys: keys of the log; those of another name or type are left out. Which
    ///   sizes a key was named for is for the caller to know.
    public func judge(keys: [NoteKey]) -> Bool {
        let (first, second) = notes
        guard let old = try? TreeHead(parsing: first.text),
            let new = try? TreeHead(parsing: second.text), old.origin.hasSameBytes(as: new.origin)
        else { return false }
        let keys = keys.filter {
            $0.algorithm == .ed25519 && $0.name.hasSameBytes(as: old.origin)
        }
        guard keys.contains(where: first.isSignedByAnyRule(of:)),
            keys.contains(where: second.isSignedByAnyRule(of:))
        else { return false }
        return isContradiction
    }

    /// Whether the two texts are histories of one log of which none extends the other, whoever
    /// signed them.
    public var isContradiction: Bool {
        let (first, second) = notes
        guard let old = try? TreeHead(parsing: first.text),
            let new = try? TreeHead(parsing: second.text), old.origin.hasSameBytes(as: new.origin)
        else { return false }
        return switch kind {
        case .sameSize:
            old.size == new.size && old.root != new.root
                && first.text.utf8.lexicographicallyPrecedes(second.text.utf8)
        case .inconsistent(_, _, let subtrees):
            SplitView.contradicts(old, new, subtrees)
        }
    }

    /// Whether the hashes make up the newer tree and not, in their first part, the older one.
    private static func contradicts(
        _ old: TreeHead, _ new: TreeHead, _ subtrees: [HashValue]
    ) -> Bool {
        guard old.size < new.size else { return false }
        let cover = SplitView.cover(old.size, new.size)
        guard cover.count == subtrees.count else { return false }
        var frontier = Frontier()
        var root = frontier.root
        for (node, hash) in zip(cover, subtrees) {
            guard (try? frontier.append(subtree: hash, level: node.level)) != nil else {
                return false
            }
            if frontier.size == old.size { root = frontier.root }
        }
        return frontier.root == new.root && root != old.root
    }

    static func cover(_ old: UInt64, _ new: UInt64) -> [(level: Int, index: UInt64)] {
        MerkleTree.subtrees(covering: 0..<old) + MerkleTree.subtrees(covering: old..<new)
    }
}

extension SignedNote {
    /// Whether the key signed, by libsodium's rule or by another that RFC 8032 permits: who
    /// signs two histories does not get away with a signature on which libraries differ.
    func isSignedByAnyRule(of key: NoteKey) -> Bool {
        let text = Array(text.utf8)
        return signatures.contains {
            key.isNamed(by: $0) && key.key.isValidByAnyRule($0.signature, for: text)
        }
    }
}
