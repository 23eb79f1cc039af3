import Encoding
import Registry
import Storage
import TransparencyLog

/// Reads the acts of a log that count for a question: as the last fold found them, or, where an
/// act since could have changed them, by folding anew.
struct ActReader {
    /// The acts, and what a new fold found, to be kept for the next question.
    struct Reading {
        let acts: [StandingAct]
        let found: [StandingRecord]
        let mark: Int64
    }

    let snapshot: LogSnapshot
    let now: Timestamp
    let cache: EntryCache

    /// What is asked of one log.
    struct Asked: Sendable {
        let log: LogRecord
        let pin: LogPin
        let selection: EntrySelection
        /// How much of it may be believed.
        let size: UInt64
        /// How much of it a quorum has seen.
        let witnessedSize: UInt64
    }

    func acts(_ asked: Asked) throws -> Reading {
        let entries = try entries(asked)
        return try acts(asked, entries, kept: ActReader.kept(entries, asked, cache))
    }

    /// The entries that are selected, with what became of them as far as that is kept.
    func entries(_ asked: Asked) throws -> [FoldedEntry] {
        try snapshot.foldedEntries(asked.log, selecting: asked.selection, below: asked.size)
    }

    /// - Parameter kept: the acts of the entries, where they need no new fold.
    func acts(
        _ asked: Asked, _ entries: [FoldedEntry], kept: [StandingAct]?
    ) throws -> Reading {
        if let kept { return Reading(acts: kept, found: [], mark: 0) }
        let (pin, selection, size) = (asked.pin, asked.selection, asked.size)
        let witnessedSize = asked.witnessedSize
        let state = try LogReader(snapshot: snapshot, now: now).state(
            pin, about: selection.subjects, places: selection.places, below: size,
            witnessedSize: witnessedSize)
        let wanted = Set(entries.map(\.index))
        let standing = state.acts.filter { wanted.contains($0.logged.index) }
        let byIndex = Dictionary(
            standing.map { ($0.logged.index, $0) }, uniquingKeysWith: { first, _ in first })
        let found = entries.compactMap { entry -> StandingRecord? in
            // What no quorum has seen is read again once one has.
            guard entry.index < witnessedSize,
                let time = try? snapshot.loggedTime(pin.origin, entry.index) ?? now,
                !state.blocking.contains(where: { $0.index == entry.index })
            else { return nil }
            return StandingRecord(index: entry.index, byIndex[entry.index], loggedTime: time)
        }
        return Reading(
            acts: standing, found: found, mark: try snapshot.mark(pin.origin, below: size))
    }

    /// The acts as kept; nil if one is not. Nothing is read for it but the entries.
    static func kept(
        _ entries: [FoldedEntry], _ asked: Asked, _ cache: EntryCache
    ) throws -> [StandingAct]? {
        var acts: [StandingAct] = []
        acts.reserveCapacity(entries.count)
        for entry in entries {
            guard let record = entry.standing, entry.index < asked.witnessedSize else {
                return nil
            }
            guard record.outcome != .void else { continue }
            let parsed = try cache.entry(parsing: entry.bytes, at: entry.position)
            let logged = LoggedEntry(
                entry: parsed, index: entry.index, loggedTime: record.loggedTime,
                isWitnessed: true)
            let end = record.end.map {
                StandingAct.End(
                    index: $0.index, stated: $0.stated, effective: $0.effective,
                    isAnnulment: $0.isAnnulment)
            }
            acts.append(
                StandingAct(logged: logged, isMandated: record.outcome == .effective, end: end))
        }
        return acts
    }
}

extension StandingRecord {
    /// - Parameter act: what the fold found; nil: the entry has no effect.
    fileprivate init(index: UInt64, _ act: StandingAct?, loggedTime: Timestamp) {
        self.init(
            index: index,
            outcome: act.map { $0.isMandated ? .effective : .advice } ?? .void,
            loggedTime: act?.logged.loggedTime ?? loggedTime,
            end: act?.end.map {
                End(
                    index: $0.index, stated: $0.stated, effective: $0.effective,
                    isAnnulment: $0.isAnnulment)
            })
    }
}
