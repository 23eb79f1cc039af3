public import Cryptography
public import TransparencyLog

/// The addresses below a node's (`Protocol/sync.md § Addresses`).
public enum PeerPath {
    public static let heads = "/heads"
    public static let card = "/card"
    public static let splitViews = "/split-views"
    public static let addCheckpoint = "/add-checkpoint"
    public static let seen = "/seen"
    public static let grant = "/grant"
    public static let extract = "/extract"
    public static let entries = "/entries"

    /// A log's own folder: the lowercase hexadecimal SHA-256 of its origin.
    public static func log(_ origin: String) -> String {
        "/\(HashValue(of: origin.utf8).hexadecimal)"
    }

    public static func checkpoint(_ origin: String) -> String { log(origin) + "/checkpoint" }

    /// Where lines are delivered by who followed the log itself.
    public static func cosignature(_ origin: String) -> String { log(origin) + "/cosignature" }

    /// The kept checkpoints above a size.
    public static func checkpoints(_ origin: String, above size: UInt64) -> String {
        log(origin) + "/checkpoints/\(size)"
    }

    public static func tile(_ origin: String, _ tile: Tile) -> String {
        log(origin) + "/" + tile.path
    }

    /// - Precondition: the width is 1 to 256.
    public static func bundle(_ origin: String, index: UInt64, width: Int) -> String {
        log(origin) + "/" + EntryBundle.path(index: index, width: width)
    }

    public static func blob(_ hash: HashValue) -> String { "/blob/\(hash.hexadecimal)" }

    public static func splitView(_ identity: HashValue) -> String {
        "/split-views/\(identity.hexadecimal)"
    }
}
