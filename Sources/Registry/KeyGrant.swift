public import Cryptography
public import TransparencyLog

/// A key, who holds it, and for which stretch of the log its signatures count.
///
/// The end or compromise of a key is stated by whoever granted it, never by the key alone.
public struct KeyGrant: Hashable, Sendable {
    public enum Role: String, Sendable { case root, log, extract, authority, body, buddy }

    public let role: Role
    public let holder: String
    public let key: NoteKey
    /// Who may end it: the author of the act that granted it.
    public let grantor: String
    /// The identity of the act that granted it; nil for the pinned root.
    public let act: HashValue?
    public let grantedAt: UInt64
    /// `log`: the tree size from which it signs checkpoints.
    public let fromSize: UInt64
    public internal(set) var endedAt: UInt64?
    /// The first index from which its signatures are void, however they look. For a log key:
    /// it signs no tree larger than that.
    public internal(set) var voidFrom: UInt64?
    /// The same, by statements alone that a quorum has seen.
    var witnessedVoidFrom: UInt64?

    public func signs(at index: UInt64) -> Bool {
        grantedAt <= index && index < min(endedAt ?? .max, voidFrom ?? .max)
    }

    /// Whether it signed bad news there: only what a quorum has seen can undo bad news.
    func signsBadNews(at index: UInt64) -> Bool {
        grantedAt <= index && index < min(endedAt ?? .max, witnessedVoidFrom ?? .max)
    }

    /// Whether it was in force there but for a later statement that it was compromised.
    func signedUnvoided(at index: UInt64) -> Bool {
        grantedAt <= index && index < endedAt ?? .max
    }
}
