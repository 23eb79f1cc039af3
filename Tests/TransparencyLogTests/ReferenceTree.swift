import Cryptography
import TransparencyLog

/// RFC 6962 § 2.1 word for word: recursive, slow, without any of the code under test.
struct ReferenceTree {
    let leaves: [HashValue]

    init(_ leaves: [HashValue]) { self.leaves = leaves }

    var root: HashValue { root(0, leaves.count) }

    func root(_ from: Int, _ to: Int) -> HashValue {
        if from == to { return HashValue(of: []) }
        if to - from == 1 { return leaves[from] }
        let middle = from + split(to - from)
        return HashValue(of: [1] + root(from, middle).bytes + root(middle, to).bytes)
    }

    /// PATH(m, D[n]).
    func path(_ index: Int) -> [HashValue] { path(index, 0, leaves.count) }

    private func path(_ index: Int, _ from: Int, _ to: Int) -> [HashValue] {
        if to - from == 1 { return [] }
        let middle = from + split(to - from)
        return index < middle
            ? path(index, from, middle) + [root(middle, to)]
            : path(index, middle, to) + [root(from, middle)]
    }

    /// PROOF(m, D[n]).
    func proof(_ old: Int) -> [HashValue] { subproof(old, 0, leaves.count, true) }

    private func subproof(_ old: Int, _ from: Int, _ to: Int, _ isWhole: Bool) -> [HashValue] {
        if old == to { return isWhole ? [] : [root(from, to)] }
        let middle = from + split(to - from)
        return old <= middle
            ? subproof(old, from, middle, isWhole) + [root(middle, to)]
            : subproof(old, middle, to, false) + [root(from, middle)]
    }

    /// The hash of a complete subtree, as builders ask for it.
    func subtree(_ level: Int, _ index: UInt64) -> HashValue {
        let from = Int(index) << level
        precondition(from + 1 << level <= leaves.count, "only complete subtrees are asked for")
        return root(from, from + 1 << level)
    }

    private func split(_ count: Int) -> Int {
        var split = 1
        while split * 2 < count { split *= 2 }
        return split
    }
}
