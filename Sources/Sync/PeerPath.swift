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
    public static let addEntries = "/add-entries"

    /// A log's own folder: the lowercase hexadecimal SHA-256 of its origin.
    public static func log(_ origin: String) -> String {
        "/\(HashValue(of: origin.utf8).hexadecimal)"
    }

    public static func checkpoint(_ origin: String) -> String { log(origin) + "/checkpoint" }

    /// Where cosignatures under a checkpoint are brought.
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

    /// The entries of a bundle from one of them on, as a bundle of their own.
    ///
    /// - Precondition: `first` is below the width.
    public static func tail(
        _ origin: String, index: UInt64, width: Int, from first: Int
    ) -> String {
        bundle(origin, index: index, width: width) + tailMark + "\(first)"
    }

    /// What stands between the path of a bundle and the first entry that is wanted of it.
    public static let tailMark = "/from/"

    public static func blob(_ hash: HashValue) -> String { "/blob/\(hash.hexadecimal)" }

    /// Where plain files hold a proof: none can lie below the file of the list.
    public static func proof(_ identity: HashValue) -> String {
        "/proofs/\(identity.hexadecimal)"
    }

    public static func splitView(_ identity: HashValue) -> String {
        "/split-views/\(identity.hexadecimal)"
    }
}
