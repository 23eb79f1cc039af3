public import Cryptography
public import TransparencyLog

/// A key, who holds it, and for which stretch of the log its signatures count.
///
/// The end or compromise of a key is stated by whoever granted it, never by the key alone.
public struct KeyGrant: Hashable, Sendable {
    public enum Role: String, Sendable { case root, log, extract, authority, body }

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
    /// The first index from which its signatures are void, however they look.
    public internal(set) var voidFrom: UInt64?

    public func signs(at index: UInt64) -> Bool {
        grantedAt <= index && index < min(endedAt ?? .max, voidFrom ?? .max)
    }
}
