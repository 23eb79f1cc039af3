import Cryptography
import Encoding
import Registry
import Storage
import TransparencyLog

/// Reads acts of the local copies as a fold needs them: with index, logged time, and whether
/// a quorum has seen them.
struct LogReader {
    let snapshot: LogSnapshot
    let now: Timestamp

    /// The acts that shape a log, those about the subjects, and the entries at the indexes.
    ///
    /// Batches are left out unless their index is asked for, and so are all status lists but
    /// the newest of each id and the newest witnessed one of the subjects asked about: there
    /// may be thousands. A regulation shapes no log: it is read where it is asked about, and for a
    /// subject among `places` only if its occupation is asked about too.
    func entries(
        _ origin: String, about subjects: Set<String>, places: Set<String> = [],
        at indexes: Set<UInt64> = [], below size: UInt64, witnessedSize: UInt64
    ) throws -> [LoggedEntry] {
        // What ends or voids an act that shapes the log lists one of that act's subjects.
        let kinds = Set(Act.governanceKinds)
        let governance = try snapshot.entries(
            origin, selecting: EntrySelection(kinds: kinds), below: size
        ).compactMap { try? RegistryEntry(parsing: $0.bytes) }
        let shaping = EntrySelection(
            kinds: kinds, subjects: Set(governance.flatMap(\.envelope.subjects)),
            excludedKinds: ["batch", "status-list", "regulation"])
        var stored = try snapshot.entries(origin, selecting: shaping, below: size)
        var known = Set(stored.map(\.index))
        func add(_ subjects: Set<String>) throws {
            let asked = EntrySelection(
                subjects: subjects, excludedKinds: ["batch"], places: places)
            stored += try snapshot.entries(origin, selecting: asked, below: size).filter {
                known.insert($0.index).inserted
            }
        }
        try add(subjects)
        // What happens to a body concerns the campus to which it delegated.
        var parsed: [UInt64: RegistryEntry] = [:]
        var accreditors: Set<String> = []
        for item in stored {
            guard let entry = try? RegistryEntry(parsing: item.bytes) else { continue }
            parsed[item.index] = entry
            if case .accreditation(let act) = entry.act, subjects.contains(act.body) {
                accreditors.insert(entry.envelope.author)
            }
        }
        let bodies = accreditors.subtracting(shaping.subjects).subtracting(subjects)
        if !bodies.isEmpty { try add(bodies) }
        for index in indexes.subtracting(known) where index < size {
            stored += try snapshot.entries(origin, index..<(index + 1))
        }
        var kept: [(stored: StoredEntry, entry: RegistryEntry)] = []
        // A list belongs to its body: another body's entry under the same id pushes none out.
        var lists: [[String]: [(stored: StoredEntry, entry: RegistryEntry)]] = [:]
        for item in stored.sorted(by: { $0.index < $1.index }) {
            // What does not parse here has no effect anywhere.
            guard let entry = parsed[item.index] ?? (try? RegistryEntry(parsing: item.bytes))
            else { continue }
            switch entry.act {
            case .batch where !indexes.contains(item.index): continue
            case .statusList(let list):
                lists[[list.body, list.list], default: []].append((item, entry))
            default: kept.append((item, entry))
            }
        }
        for list in lists.values {
            let witnessed = list.filter { $0.stored.index < witnessedSize }
            kept += Set([list, witnessed].compactMap(\.last?.stored.index)).compactMap { index in
                list.first { $0.stored.index == index }
            }
        }
        return try kept.map { item in
            let time = try snapshot.loggedTime(origin, item.stored.index)
            return LoggedEntry(
                entry: item.entry, index: item.stored.index, loggedTime: time ?? now,
                isWitnessed: item.stored.index < witnessedSize)
        }.sorted { $0.index < $1.index }
    }

    /// The state of a log for some subjects, at a size.
    func state(
        _ pin: LogPin, about subjects: Set<String>, places: Set<String> = [],
        at indexes: Set<UInt64> = [], below size: UInt64, witnessedSize: UInt64
    ) throws -> LogState {
        LogState(
            pin: pin,
            folding: try entries(
                pin.origin, about: subjects, places: places, at: indexes, below: size,
                witnessedSize: witnessedSize))
    }
}
