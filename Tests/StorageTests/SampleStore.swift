import Cryptography
import Encoding
import Storage
import TestSupport
import TransparencyLog

extension NewEntry {
    /// An entry of one kind about two subjects.
    init(_ bytes: [UInt8], kind: String = "batch", subjects: [String] = ["body", "list"]) {
        self.init(
            bytes: bytes, identity: HashValue(of: bytes), kind: kind, subjects: subjects)
    }
}

/// A database in a folder of its own with one log in it.
struct SampleStore {
    let folder: TemporaryFolder
    let country: SampleCountry
    let database: LogDatabase

    init(isOwn: Bool = true) throws {
        folder = try TemporaryFolder()
        country = try SampleCountry("XA", 1)
        database = try LogDatabase(inFolder: folder.path)
        try database.addLog(country.origin, isOwn: isOwn)
    }

    var origin: String { country.origin }

    var size: UInt64 { get throws { try database.read { try $0.log(origin)?.size ?? 0 } } }

    func append(_ range: Range<Int>) throws {
        try database.append(
            SampleCountry.entries(range).map { NewEntry($0) }, to: origin,
            expecting: UInt64(range.lowerBound))
    }

    func witnessed(_ size: Int, at seconds: Int64) throws -> CheckpointRecord {
        let other = try SampleCountry("XB", 2)
        let checkpoint = try country.checkpoint(
            SampleCountry.entries(0..<size), cosignedBy: [other], at: Timestamp(seconds: seconds))
        return CheckpointRecord(checkpoint, under: try SampleCountry.policy(1, of: [other]))
    }
}

/// RFC 6962 § 2.1 word for word: recursive and slow.
struct ReferenceTree {
    let leaves: [HashValue]

    init(_ entries: [[UInt8]]) { leaves = entries.map { HashValue(of: [0] + $0) } }

    var root: HashValue { root(0, leaves.count) }

    func root(_ from: Int, _ to: Int) -> HashValue {
        if from == to { return HashValue(of: []) }
        if to - from == 1 { return leaves[from] }
        let middle = from + split(to - from)
        return HashValue(of: [1] + root(from, middle).bytes + root(middle, to).bytes)
    }

    func path(_ index: Int, _ from: Int, _ to: Int) -> [HashValue] {
        if to - from == 1 { return [] }
        let middle = from + split(to - from)
        return index < middle
            ? path(index, from, middle) + [root(middle, to)]
            : path(index, middle, to) + [root(from, middle)]
    }

    func proof(_ old: Int, _ from: Int, _ to: Int, _ isWhole: Bool = true) -> [HashValue] {
        if old == to { return isWhole ? [] : [root(from, to)] }
        let middle = from + split(to - from)
        return old <= middle
            ? proof(old, from, middle, isWhole) + [root(middle, to)]
            : proof(old, middle, to, false) + [root(from, middle)]
    }

    private func split(_ count: Int) -> Int {
        var split = 1
        while split * 2 < count { split *= 2 }
        return split
    }
}
