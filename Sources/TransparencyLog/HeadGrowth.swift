internal import Cryptography

/// Whether a head extends the newest one that somebody remembers, by a consistency proof.
enum HeadGrowth: Hashable {
    case extends
    case oldSizeTooLarge
    /// The old size is not that of the remembered head, or its size has another root.
    case conflict(size: UInt64)
    case inconsistent

    static func judge(
        _ head: TreeHead, oldSize: UInt64, proof: [HashValue], latest: TreeHead?
    ) -> HeadGrowth {
        guard oldSize <= head.size else { return .oldSizeTooLarge }
        let known = latest?.size ?? 0
        guard oldSize == known else { return .conflict(size: known) }
        // SPEC: equal sizes with different roots are a conflict, whatever the proof says.
        if let latest, latest.size == head.size, latest.root != head.root {
            return .conflict(size: known)
        }
        return isConsistent(head, proof, with: latest) ? .extends : .inconsistent
    }

    private static func isConsistent(
        _ head: TreeHead, _ proof: [HashValue], with latest: TreeHead?
    ) -> Bool {
        guard let latest, latest.size > 0 else {
            // SPEC: the proof must be empty if the old size is zero.
            return proof.isEmpty && (head.size > 0 || head.root == MerkleTree.emptyRoot)
        }
        let proof = ConsistencyProof(oldSize: latest.size, newSize: head.size, hashes: proof)
        do throws(LogError) {
            try proof.verify(oldRoot: latest.root, newRoot: head.root)
            return true
        } catch {
            return false
        }
    }
}
