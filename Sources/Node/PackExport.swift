public import Cryptography
internal import Foundation
public import Storage
public import Sync
internal import TransparencyLog

/// Writes logs, with what belongs to them, into one file that somebody carries on.
///
/// `Protocol/pack.md § Making`. The bytes are those that the node itself answers with, in a
/// fixed order: the same logs at the same checkpoints make the same file.
public struct PackExport: Sendable {
    /// What was written, and what entries name that is not here.
    public struct Report: Hashable, Sendable {
        public var logs: [Stretch] = []
        public var parts = 0
        public var bytes: UInt64 = 0
        public var missingBlobs: [HashValue] = []
    }

    /// The entries of a log that the pack has, and what they are the rest of.
    public struct Stretch: Hashable, Sendable {
        public let origin: String
        public let start: UInt64
        public let end: UInt64
    }

    private let database: LogDatabase
    private let rules: LogRules

    public init(of database: LogDatabase, rules: LogRules) {
        self.database = database
        self.rules = rules
    }

    /// - Parameters:
    ///   - origins: the logs; nil for all that are here.
    ///   - start: the entries of a log that the reader has already.
    /// - Throws: `unknownLog` for a log without a checkpoint here.
    public func write(
        _ origins: [String]?, since start: (String) -> UInt64, to path: String
    ) throws -> Report {
        let plan = try plan(origins)
        let aside = "\(path).part"
        do {
            let report = try write(plan, start, to: aside)
            guard rename(aside, path) == 0 else { throw NodeError.cannotWrite(path: path) }
            return report
        } catch {
            unlink(aside)
            throw error
        }
    }

    /// What is here, as one read found it.
    private struct Plan {
        var heads: [HeadList.Head] = []
        var kept: [String: [SignedNote]] = [:]
        var splitViews: [SplitView] = []
    }

    private func plan(_ origins: [String]?) throws -> Plan {
        try database.read { snapshot throws(StorageError) in
            var plan = Plan()
            let known = try snapshot.logs().map(\.origin)
            for origin in Set(origins ?? known).sorted(by: Self.precedes) {
                guard known.contains(origin) else { throw .unknownLog(origin: origin) }
                guard let head = try snapshot.head(origin) else {
                    if origins == nil { continue }
                    throw .unknownLog(origin: origin)
                }
                let witnessed = try snapshot.witnessedHead(origin)
                plan.heads.append(
                    HeadList.Head(
                        origin: origin, size: head.head.size, note: head.note,
                        witnessed: witnessed?.note == head.note ? nil : witnessed?.note))
                var size: UInt64 = 0
                while true {
                    let page = try snapshot.checkpoints(
                        origin, above: size, limit: NoteList.countLimit)
                    plan.kept[origin, default: []] += page.filter {
                        $0.head.size <= head.head.size
                    }.map(\.note)
                    guard let last = page.last?.head.size, last < head.head.size else { break }
                    size = last
                }
                for identity in try snapshot.splitViews(origin) {
                    if let splitView = try snapshot.splitView(identity) {
                        plan.splitViews.append(splitView)
                    }
                }
            }
            return plan
        }
    }

    /// Bytes order names, not any language's alphabet.
    private static func precedes(_ one: String, _ other: String) -> Bool {
        one.utf8.lexicographicallyPrecedes(other.utf8)
    }

    private func write(
        _ plan: Plan, _ start: (String) -> UInt64, to path: String
    ) throws -> Report {
        let output = try PackOutput(path)
        var report = Report()
        try output.add(PeerPath.heads, HeadList(plan.heads).serialized)
        let proofs = plan.splitViews.sorted {
            Self.precedes($0.identity.hexadecimal, $1.identity.hexadecimal)
        }
        try output.add(PeerPath.splitViews, HashList(proofs.map(\.identity)).serialized)
        for proof in proofs { try output.add(PeerPath.splitView(proof.identity), proof.serialized) }
        var blobs: Set<HashValue> = []
        for head in plan.heads {
            let first = min(start(head.origin), head.size)
            try add(head, from: first, kept: plan.kept[head.origin] ?? [], to: output, &blobs)
            report.logs.append(Stretch(origin: head.origin, start: first, end: head.size))
        }
        for hash in blobs.sorted(by: { Self.precedes($0.hexadecimal, $1.hexadecimal) }) {
            let bytes = try database.read { snapshot throws(StorageError) in
                try snapshot.blob(hash)
            }
            guard let bytes else {
                report.missingBlobs.append(hash)
                continue
            }
            try output.add(PeerPath.blob(hash), bytes)
        }
        (report.parts, report.bytes) = try output.finish()
        return report
    }

    /// One log: its note, its kept notes, the upper tiles, its bundles; and which blobs it names.
    private func add(
        _ head: HeadList.Head, from start: UInt64, kept: [SignedNote], to output: PackOutput,
        _ blobs: inout Set<HashValue>
    ) throws {
        let log = PeerPath.log(head.origin)
        try output.add(PeerPath.checkpoint(head.origin), head.note.serialized)
        var above: UInt64 = 0
        var rest = kept[...]
        while !rest.isEmpty {
            let page = Array(rest.prefix(NoteList.countLimit))
            try output.add(
                PeerPath.checkpoints(head.origin, above: above), NoteList(page).serialized)
            above = page.last.flatMap { try? TreeHead(parsing: $0.text).size } ?? above
            rest = rest.dropFirst(page.count)
        }
        let desk = LogDesk(database: database)
        let hash = HashValue(of: head.origin.utf8)
        // The leaf hashes follow from the entries; the last of them proves any prefix.
        for tile in Tile.tiles(for: head.size)
        where tile.level > 0 || tile.width < Tile.fullWidth {
            try output.add("\(log)/\(tile.path)", try answer(desk.tile(hash, path: tile.path)))
        }
        guard start < head.size else { return }
        for (index, width) in EntryBundle.positions(for: head.size, since: start) {
            let path = EntryBundle.path(index: index, width: width)
            let bytes = try answer(desk.tile(hash, path: path))
            try output.add("\(log)/\(path)", bytes)
            for entry in try EntryBundle(parsing: bytes).entries {
                blobs.formUnion(rules.blobs(rules.entry(entry)))
            }
        }
    }

    private func answer(_ answer: NodeAnswer) throws -> [UInt8] {
        guard answer.status == 200 else {
            throw StorageError.unreadable(table: "entry", reason: "a part of the log is not here")
        }
        return answer.body
    }
}
