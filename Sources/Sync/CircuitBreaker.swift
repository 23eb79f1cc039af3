internal import Synchronization

/// Which peers are asked later, or left alone for a while, for what they did in earlier rounds.
///
/// `Protocol/sync.md § A round`. A peer that was silent once is read from no more in that round;
/// in the next one it is asked again, after the second silence in a row it rests for one round,
/// then for three, and never for more than seven. A peer that refuses a connection costs no time
/// and does not rest; one whose answers do not verify is asked after the others. In memory
/// alone: a restart forgives.
public final class CircuitBreaker: Sendable {
    private struct Record {
        /// The rounds in a row in which the peer failed.
        var faults = 0
        /// The rounds that it still rests.
        var rest = 0
        /// Whether it was silent in this round.
        var isOpen = false
        var hasFailed = false
        /// Whether it is asked in this round.
        var isTested = true
    }

    /// The most rounds that a peer rests.
    public static let restLimit = 7
    /// The most peers that are remembered.
    private static let countLimit = 1_024

    private let records = Mutex<[PeerAddress: Record]>([:])

    public init() {}

    /// Begins a round: whoever was asked in the last one and did not fail starts anew.
    ///
    /// - Returns: those that are asked, those last that failed most often.
    public func beginRound(with peers: [PeerAddress]) -> [PeerAddress] {
        records.withLock { records in
            var resting: Set<PeerAddress> = []
            for (address, record) in records {
                if record.isTested, !record.hasFailed {
                    records[address] = nil
                    continue
                }
                var next = record
                (next.isOpen, next.hasFailed) = (false, false)
                next.isTested = record.rest == 0 && peers.contains(address)
                if record.rest > 0 {
                    next.rest -= 1
                    resting.insert(address)
                }
                records[address] = next
            }
            // Somebody who is slow is better than nobody.
            let awake = peers.filter { !resting.contains($0) }
            let asked = awake.isEmpty ? peers : awake
            let faults = records.mapValues(\.faults)
            return asked.enumerated().sorted { one, other in
                let (first, second) = (faults[one.element] ?? 0, faults[other.element] ?? 0)
                return (first, one.offset) < (second, other.offset)
            }.map(\.element)
        }
    }

    /// Whether a peer was silent in this round.
    public func isOpen(_ address: PeerAddress) -> Bool {
        records.withLock { $0[address]?.isOpen ?? false }
    }

    /// Notes that a peer kept the round waiting.
    public func trip(_ address: PeerAddress) {
        change(address) { record in
            guard !record.isOpen else { return }
            record.isOpen = true
            if !record.hasFailed { record.faults += 1 }
            record.rest = min(CircuitBreaker.restLimit, (1 << min(8, record.faults - 1)) - 1)
        }
    }

    /// Notes that what a peer gave did not verify.
    public func blame(_ address: PeerAddress) {
        change(address) { record in if !record.hasFailed { record.faults += 1 } }
    }

    private func change(_ address: PeerAddress, _ body: (inout Record) -> Void) {
        records.withLock { records in
            if records[address] == nil, records.count >= CircuitBreaker.countLimit { records = [:] }
            var record = records[address] ?? Record()
            body(&record)
            (record.hasFailed, record.isTested) = (true, true)
            records[address] = record
        }
    }
}

extension SyncError {
    /// The peer whose answer did not verify, or was not what an honest one gives.
    var liar: PeerAddress? {
        switch self {
        case .tooLarge(let peer, _, _), .notWhatWasAsked(let peer, _, _), .wrongLog(let peer, _),
            .wrongKey(let peer, _, _), .wrongEntries(let peer, _, _), .wrongTiles(let peer, _, _),
            .wrongBlob(let peer, _):
            peer
        default: nil
        }
    }
}
