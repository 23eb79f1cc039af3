import Cryptography
import Encoding
import Foundation
import Storage
import Sync
import TestSupport
import TransparencyLog

/// A country's log as a peer serves it, in memory, true to the format and perhaps to nothing
/// else.
struct SamplePeer: Sendable {
    let country: SampleCountry
    var entries: [[UInt8]]
    var note: SignedNote
    var kept: [SignedNote] = []
    var blobs: [String: [UInt8]] = [:]

    init(_ country: SampleCountry, _ entries: [[UInt8]], note: SignedNote? = nil) throws {
        self.country = country
        self.entries = entries
        self.note = try note ?? country.checkpoint(entries).note
    }

    /// The answer of an honest peer.
    func answer(_ request: RawRequest) -> RawAnswer {
        let log = PeerPath.log(country.origin)
        switch request.path {
        case PeerPath.heads:
            let head = HeadList.Head(
                origin: country.origin, size: UInt64(entries.count), note: note)
            return .bytes(200, HeadList([head]).serialized)
        case log + "/checkpoint": return .bytes(200, note.serialized)
        case PeerPath.splitViews: return .bytes(200, HashList([]).serialized)
        case let path where path.hasPrefix(log + "/checkpoints/"):
            let above = UInt64(path.dropFirst(log.count + 13)) ?? 0
            let notes = kept.filter { (try? TreeHead(parsing: $0.text))?.size ?? 0 > above }
            return .bytes(200, NoteList(notes).serialized)
        case let path where path.hasPrefix(log + "/tile/"):
            return tile(String(path.dropFirst(log.count + 1))).map { .bytes(200, $0) }
                ?? .text(404, "")
        case let path where path.hasPrefix("/blob/"):
            return blobs[String(path.dropFirst(6))].map { .bytes(200, $0) } ?? .text(404, "")
        default: return .text(404, "")
        }
    }

    func tile(_ path: String) -> [UInt8]? {
        if let (index, width) = try? EntryBundle.position(parsing: path) {
            let start = Int(index) * 256
            guard start + width <= entries.count else { return nil }
            return try? EntryBundle(Array(entries[start..<(start + width)])).serialized
        }
        guard let tile = try? Tile(parsing: path) else { return nil }
        let span = 1 << (8 * tile.level)
        let start = Int(tile.index) * 256 * span
        guard start + tile.width * span <= entries.count else { return nil }
        let leaves = entries.map(MerkleTree.leafHash)
        return (0..<tile.width).flatMap { offset in
            let from = start + offset * span
            return MerkleTree.root(of: Array(leaves[from..<(from + span)])).bytes
        }
    }

    func server() throws -> RawServer { try RawServer { answer($0) } }
}

/// A node that follows one country's log: its database and whom it believes.
struct SampleFollower: Sendable {
    let folder: TemporaryFolder
    let database: LogDatabase
    let country: SampleCountry
    var rules: LogRules
    var limits = FollowLimits()

    init(_ country: SampleCountry, policy: WitnessPolicy? = nil) throws {
        self.country = country
        folder = try TemporaryFolder()
        database = try LogDatabase(inFolder: folder.path)
        try database.addLog(country.origin, isOwn: false)
        let policy = try policy ?? SampleCountry.policy(0, of: [])
        rules = LogRules(
            keys: { origin, _ in origin == country.origin ? [country.log.verifier] : [] },
            policy: { origin in origin == country.origin ? policy : nil })
    }

    /// Follows once, with short limits.
    func follow(_ urls: [String]) async throws -> FollowReport {
        var peerLimits = PeerLimits()
        peerLimits.connectSeconds = 10
        peerLimits.idleSeconds = 4
        peerLimits.totalSeconds = 6
        return try await PeerNetwork.with(limits: peerLimits) { network in
            let clients = try urls.map { network.client(try PeerAddress(parsing: $0)) }
            return await Follower(database: database, rules: rules, limits: limits)
                .follow(country.origin, from: clients)
        }
    }

    var size: UInt64 {
        get throws { try database.read { try $0.log(country.origin)?.size ?? 0 } }
    }

    var head: StoredCheckpoint? {
        get throws { try database.read { try $0.head(country.origin) } }
    }

    var standing: LogStanding? {
        get throws { try database.read { try $0.log(country.origin)?.standing } }
    }

    func entries() throws -> [[UInt8]] {
        let size = try size
        return try database.read { try $0.entries(country.origin, 0..<size).map(\.bytes) }
    }
}
