internal import Cryptography
internal import Storage
internal import TransparencyLog

/// Whether a package of entries, and all that is here before it, is under a checkpoint.
///
/// Its proof names every complete subtree to the left of the package: if each of them is ours,
/// our whole tree is a prefix of the checkpoint's.
struct PackageProof {
    enum Judgement {
        case proven
        /// The hashes do not lead to the checkpoint's root: nothing is said about the log.
        case unproven
        /// They do, and our tree is no prefix of that one.
        case otherHistory
    }

    let database: LogDatabase
    let head: TreeHead
    let place: (start: UInt64, first: UInt64, end: UInt64)
    let hashes: [HashValue]

    /// - Parameter leaves: the leaf hashes of those entries of the package that are not here.
    func judge(_ leaves: [HashValue], size: UInt64) throws(SyncError) -> Judgement {
        guard
            let proof = try? SubtreeProof(
                range: place.start..<place.end, size: head.size, hashes: hashes)
        else { return .unproven }
        return try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in
                let stored = try snapshot.leafHashes(head.origin, place.start..<size)
                let siblings: [SubtreeProof.Sibling]
                do throws(LogError) {
                    siblings = try proof.verify(
                        subtree: MerkleTree.root(of: stored + leaves), root: head.root)
                } catch {
                    return .unproven
                }
                for sibling in siblings {
                    let ours = try snapshot.subtree(
                        head.origin, level: sibling.level, index: sibling.index)
                    guard ours == sibling.hash else { return .otherHistory }
                }
                return .proven
            }
        }
    }
}
