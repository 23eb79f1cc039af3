public import Cryptography
public import TransparencyLog

/// A root computed again from the entries on the disk, before it is signed.
///
/// Shares no code with the routine that made the stored hashes: a fault of memory or disk
/// between accepting an entry and signing it shows here (`Protocol/log.md § Publishing`).
struct SecondLook {
    /// Complete subtrees, the largest first, each with its height.
    private var stack: [(height: Int, hash: HashValue)] = []

    static func leaf(_ entry: UnsafeRawBufferPointer) -> HashValue {
        var leaf = HashFunction()
        leaf.update(byte: 0)
        leaf.update(entry)
        return leaf.finalized
    }

    /// Appends the entries of a bundle: at once where it is whole, else one by one.
    mutating func append(
        _ bundle: HashedBundle, tiled: (_ level: Int, _ hash: HashValue) -> Void = { _, _ in }
    ) {
        guard let root = bundle.root else {
            for leaf in bundle.leaves {
                tiled(0, leaf)
                push(leaf, height: 0, tiled: tiled)
            }
            return
        }
        for leaf in bundle.leaves { tiled(0, leaf) }
        tiled(1, root)
        push(root, height: 8, tiled: tiled)
    }

    /// - Parameter tiled: what is a hash of a tile, with the level of the tile.
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
        node.update(left)
        node.update(right)
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
        try forEachBundle(of: log, in: start..<size) { look.append($0) }
        return look.root
    }
}
