internal import Foundation
internal import GRDB

/// An address at which a log, own or copied, can be fetched.
public struct PeerRecord: Hashable, Sendable {
    /// In place of an address: the peer can only dial out and is never asked.
    public static let outbound = "outbound"

    public let origin: String
    public let url: String
    /// The peer's card as it was taken over, if one was.
    public let card: [UInt8]?

    public init(origin: String, url: String, card: [UInt8]? = nil) {
        self.origin = origin
        self.url = url
        self.card = card
    }

    /// Whether the peer has an address.
    public var isReachable: Bool { url != PeerRecord.outbound }
}

extension LogDatabase {
    /// Adds an address or replaces its card.
    public func store(_ peer: PeerRecord) throws(StorageError) {
        try write(to: "store a peer") { db in
            try db.run(
                """
                INSERT INTO peer (origin, url, card) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET card = excluded.card
                """, [peer.origin, peer.url, peer.card.map { Data($0) }])
        }
    }

    public func removePeer(origin: String, url: String) throws(StorageError) {
        try write(to: "remove a peer") { db in
            try db.run("DELETE FROM peer WHERE origin = ? AND url = ?", [origin, url])
        }
    }
}

extension LogSnapshot {
    public func peers() throws(StorageError) -> [PeerRecord] {
        try attempt("list the peers") {
            try Row.fetchAll(
                db.cachedStatement(sql: "SELECT origin, url, card FROM peer ORDER BY origin, url")
            )
            .map { row in
                PeerRecord(
                    origin: row[0], url: row[1],
                    card: (row[2] as Data?).map { Array($0) })
            }
        }
    }
}
