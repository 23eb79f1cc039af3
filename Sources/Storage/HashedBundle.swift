internal import Cryptography
internal import Foundation
internal import Synchronization
internal import TransparencyLog

/// Entries that lie in one bundle, as the hashes that follow from their bytes.
struct HashedBundle: Sendable {
    let start: UInt64
    let leaves: [HashValue]
    /// The root over them if they are a whole bundle.
    let root: HashValue?

    var end: UInt64 { start + UInt64(leaves.count) }
}

extension LogSnapshot {
    /// Hands over the entries of a range bundle by bundle, hashed by the routine of `SecondLook` on
    /// another core while the next ones are read.
    func forEachBundle(
        of log: LogRecord, in range: Range<UInt64>, _ body: (HashedBundle) throws -> Void
    ) throws(StorageError) {
        var filling = BundleBytes(start: range.lowerBound)
        var hashing: [BundleHashing] = []
        try forEachRow(of: log, in: range) { index, bytes in
            filling.append(bytes)
            guard (index + 1).isMultiple(of: UInt64(Tile.fullWidth)) else { return }
            hashing.append(BundleHashing(filling))
            filling = BundleBytes(start: index + 1)
            // So many are in memory at most.
            if hashing.count == 16 { try body(hashing.removeFirst().result) }
        }
        try attempt("hash entries") {
            for each in hashing { try body(each.result) }
            if !filling.isEmpty { try body(filling.hashed) }
        }
    }
}

/// The bytes of entries that lie in one bundle, in one piece.
private struct BundleBytes: Sendable {
    private let start: UInt64
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    init(start: UInt64) {
        self.start = start
        ends.reserveCapacity(Tile.fullWidth)
    }

    var isEmpty: Bool { ends.isEmpty }

    mutating func append(_ entry: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: entry)
        ends.append(bytes.count)
    }

    var hashed: HashedBundle {
        var look = SecondLook()
        var leaves: [HashValue] = []
        leaves.reserveCapacity(ends.count)
        bytes.withUnsafeBytes { bytes in
            var from = 0
            for end in ends {
                let leaf = SecondLook.leaf(UnsafeRawBufferPointer(rebasing: bytes[from..<end]))
                leaves.append(leaf)
                look.push(leaf, height: 0)
                from = end
            }
        }
        return HashedBundle(
            start: start, leaves: leaves, root: ends.count == Tile.fullWidth ? look.root : nil)
    }
}

/// A bundle that some core hashes: whichever has time, at the latest the one that needs it.
private final class BundleHashing: Sendable {
    private enum State {
        case waiting(BundleBytes)
        case begun
        case done(HashedBundle)
    }

    private let state: Mutex<State>
    private let isDone = DispatchSemaphore(value: 0)

    init(_ bytes: BundleBytes) {
        state = Mutex(.waiting(bytes))
        DispatchQueue.global().async {
            guard let bytes = self.claim() else { return }
            let hashed = bytes.hashed
            self.state.withLock { $0 = .done(hashed) }
            self.isDone.signal()
        }
    }

    /// The bytes, for the one who asks first.
    private func claim() -> BundleBytes? {
        state.withLock { state in
            guard case .waiting(let bytes) = state else { return nil }
            state = .begun
            return bytes
        }
    }

    /// Taken once.
    var result: HashedBundle {
        if let bytes = claim() { return bytes.hashed }
        isDone.wait()
        return state.withLock { state in
            guard case .done(let hashed) = state else {
                preconditionFailure("what is signalled is done")
            }
            return hashed
        }
    }
}
