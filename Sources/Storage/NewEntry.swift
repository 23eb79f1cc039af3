public import Cryptography
internal import TransparencyLog

/// The bytes of an entry on its way into the database, with what it will be found by.
///
/// The caller has read them: identity, kind and subjects are what the entry itself says, or
/// empty for bytes that this version cannot read and keeps all the same.
public struct NewEntry: Hashable, Sendable {
    public let bytes: [UInt8]
    /// SHA-256 of the note's text without its signature lines.
    public let identity: HashValue
    public let kind: String?
    public let subjects: [String]
    /// The leaf of the log's tree, computed here.
    public let leafHash: HashValue

    /// - Precondition: at most `EntryBundle.entryByteLimit` bytes.
    public init(bytes: [UInt8], identity: HashValue, kind: String?, subjects: [String]) {
        precondition(bytes.count <= EntryBundle.entryByteLimit, "an entry of up to 65,535 bytes")
        self.bytes = bytes
        self.identity = identity
        self.kind = kind
        self.subjects = subjects
        leafHash = MerkleTree.leafHash(bytes)
    }
}

/// An entry at its place in a log, as it was stored.
public struct StoredEntry: Hashable, Sendable {
    public let index: UInt64
    public let bytes: [UInt8]
}
