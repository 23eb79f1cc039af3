internal import Cryptography
internal import Foundation
internal import Synchronization

/// An entry as its row has it.
struct DescribedRow: Sendable {
    let position: Int64
    let kind: Int64?
    let identity: [UInt8]
    let bytes: [UInt8]
}

/// Tallies the index rows that entries call for, many entries at once.
final class DescriptionReader: Sendable {
    private struct Result {
        var tally = IndexTally()
        var isSound = true
    }

    private let kinds: [String: Int64]
    private let reading: @Sendable ([UInt8]) -> NewEntry
    private let result = Mutex(Result())
    private static let rowsAtOnce = 256

    init(kinds: [String: Int64], reading: @escaping @Sendable ([UInt8]) -> NewEntry) {
        self.kinds = kinds
        self.reading = reading
    }

    var tally: IndexTally { result.withLock(\.tally) }

    /// Whether every row's own columns say what its bytes say.
    var isSound: Bool { result.withLock(\.isSound) }

    func add(_ rows: [DescribedRow]) {
        let size = DescriptionReader.rowsAtOnce
        DispatchQueue.concurrentPerform(iterations: (rows.count + size - 1) / size) { number in
            var part = Result()
            for row in rows[number * size..<min(rows.count, (number + 1) * size)] {
                add(row, to: &part)
            }
            result.withLock { result in
                result.tally.add(part.tally)
                if !part.isSound { result.isSound = false }
            }
        }
    }

    private func add(_ row: DescribedRow, to part: inout Result) {
        let entry = reading(row.bytes)
        let kind = entry.kind.flatMap { kinds[$0] }
        // A kind without a number is one by which the entry cannot be found.
        let isKnown = entry.kind == nil || kind != nil
        let isSame = entry.identity.withBytes { $0.elementsEqual(row.identity) }
        guard isKnown, row.kind == kind, isSame else {
            part.isSound = false
            return
        }
        part.tally.addIdentity(entry.identity.prefix, row.position)
        guard let kind else { return }
        part.tally.addPosting(kind, row.position)
        // An entry that lists a subject twice is found once.
        let subjects = entry.subjects.count > 1 ? Array(Set(entry.subjects)) : entry.subjects
        for subject in subjects {
            part.tally.addMention(IndexTally.topic(subject, kind: kind), row.position)
        }
    }
}
