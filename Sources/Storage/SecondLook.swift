public import Cryptography
public import TransparencyLog

/// A root computed again from the entries on the disk, before it is signed.
///
/// Shares no code with the routine that made the stored hashes: a fault of memory or disk
/// between accepting an entry and signing it shows here (`Protocol/log.md § Publishing`).
struct SecondLook {
    /// Complete subtrees, the largest first, each with its height.
    private var stack: [(height: Int, hash: HashValue)] = []

    /// - Parameter tiled: what is a hash of a tile, with the level of the tile.
    mutating func append(
        _ entry: [UInt8], tiled: (_ level: Int, _ hash: HashValue) -> Void = { _, _ in }
    ) {
        var leaf = HashFunction()
        leaf.update(byte: 0)
        leaf.update(entry)
        let hash = leaf.finalized
        tiled(0, hash)
        push(hash, height: 0, tiled: tiled)
    }

    mutating func push(
        _ hash: HashValue, height: Int,
        tiled: (_ level: Int, _ hash: HashValue) -> Void = { _, _ in }
    ) {
        stack.append((height, hash))
        while stack.count > 1, stack[stack.count - 2].height == stack[stack.count - 1].height {
            let right = stack.removeLast()
            let left = stack.removeLast()
            let node = SecondLook.node(left.hash, right.hash)
            if (left.height + 1).isMultiple(of: 8) { tiled((left.height + 1) / 8, node) }
            stack.append((left.height + 1, node))
        }
    }

    var root: HashValue {
        var rest = stack
        guard var root = rest.popLast()?.hash else { return HashFunction().finalized }
        while let left = rest.popLast() { root = SecondLook.node(left.hash, root) }
        return root
    }

    private static func node(_ left: HashValue, _ right: HashValue) -> HashValue {
        var node = HashFunction()
        node.update(byte: 1)
        node.update(left.bytes)
        node.update(right.bytes)
        return node.finalized
    }
}

extension LogSnapshot {
    /// The root over the first `size` entries, computed from the bytes of the entries.
    ///
    /// With `since`, a head that was signed before, only the entries after it are read: what
    /// lies below is taken from stored hashes, if they lead to that head's root.
    public func independentRoot(
        _ origin: String, size: UInt64, since: TreeHead? = nil
    ) throws(StorageError) -> HashValue {
        let log = try known(origin)
        guard size <= log.size else {
            throw .beyondTree(origin: origin, size: log.size, found: size)
        }
        var look = SecondLook()
        var start: UInt64 = 0
        if let since, since.size <= size {
            for node in MerkleTree.subtrees(covering: 0..<since.size) {
                look.push(try subtree(of: log, node.level, node.index), height: node.level)
            }
            guard look.root == since.root else {
                throw .rootConflict(origin: origin, size: since.size)
            }
            start = since.size
        }
        try forEachEntry(of: log, in: start..<size) { look.append($1) }
        return look.root
    }
}
