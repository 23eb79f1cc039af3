internal import Cryptography
internal import TransparencyLog

/// The hashes of a peer's tree, fetched tile by tile; believed only once a root follows.
struct RemoteTree {
    let client: PeerClient
    let origin: String
    let size: UInt64
    private var tiles: [Tile: [HashValue]] = [:]

    init(_ client: PeerClient, _ origin: String, size: UInt64) {
        self.client = client
        self.origin = origin
        self.size = size
    }

    /// The hash over entries `index << level ..< (index + 1) << level`, as the peer says.
    ///
    /// - Precondition: the subtree lies within the size.
    mutating func subtree(_ level: Int, _ index: UInt64) async throws(SyncError) -> HashValue {
        let place = Tile.covering(level: level, index: index, size: size)
        let hashes: [HashValue]
        if let known = tiles[place.tile] {
            hashes = known
        } else {
            hashes = try await client.tile(origin, place.tile)
            tiles[place.tile] = hashes
        }
        return MerkleTree.root(of: Array(hashes[place.hashes]))
    }

    /// Fetches those subtrees, for a builder of proofs that does not wait.
    mutating func subtrees(
        _ nodes: [(level: Int, index: UInt64)]
    ) async throws(SyncError) -> [Node: HashValue] {
        var hashes: [Node: HashValue] = [:]
        for node in nodes {
            hashes[Node(level: node.level, index: node.index)] = try await subtree(
                node.level, node.index)
        }
        return hashes
    }

    struct Node: Hashable {
        let level: Int
        let index: UInt64
    }

    /// Whether a prefix with that root is the beginning of the peer's tree with `root`.
    ///
    /// - Throws: `wrongTiles` if the hashes do not lead to `root`: then nothing is said.
    mutating func begins(
        with prefix: (size: UInt64, root: HashValue), root: HashValue
    ) async throws(SyncError) -> Bool {
        let cover = MerkleTree.subtrees(covering: 0..<prefix.size)
        let rest = MerkleTree.subtrees(covering: prefix.size..<size)
        var frontier = Frontier()
        var prefixRoot = frontier.root
        for (position, node) in (cover + rest).enumerated() {
            if position == cover.count { prefixRoot = frontier.root }
            let hash = try await subtree(node.level, node.index)
            guard (try? frontier.append(subtree: hash, level: node.level)) != nil else {
                throw .wrongTiles(client.address, origin: origin, size: size)
            }
        }
        if rest.isEmpty { prefixRoot = frontier.root }
        guard frontier.root == root else {
            throw .wrongTiles(client.address, origin: origin, size: size)
        }
        return prefixRoot == prefix.root
    }

    /// The number of entries that the peer's tree and ours have in common at their beginning.
    ///
    /// The peer's hashes must have led to its root (`begins`); on the way down each pair is
    /// compared with its parent.
    mutating func commonSize(
        with ourSize: UInt64, ours: (_ level: Int, _ index: UInt64) throws(SyncError) -> HashValue
    ) async throws(SyncError) -> UInt64 {
        let limit = min(size, ourSize)
        for node in MerkleTree.subtrees(covering: 0..<limit) {
            var (level, index) = (node.level, node.index)
            var hash = try await subtree(level, index)
            guard try ours(level, index) != hash else { continue }
            while level > 0 {
                let left = try await subtree(level - 1, 2 * index)
                let right = try await subtree(level - 1, 2 * index + 1)
                guard MerkleTree.nodeHash(left, right) == hash else {
                    throw .wrongTiles(client.address, origin: origin, size: size)
                }
                let isLeft = try ours(level - 1, 2 * index) != left
                (level, index, hash) = (
                    level - 1, 2 * index + (isLeft ? 0 : 1), isLeft ? left : right
                )
            }
            return index
        }
        return limit
    }
}
