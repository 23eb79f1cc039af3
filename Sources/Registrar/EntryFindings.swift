public import Encoding
public import Recognition
public import Registry
public import Storage
import TransparencyLog

/// What entries of a log are good for here, and why some are good for less or for nothing.
///
/// `Protocol/entry.md § Effect`. Judged as for any question: each at its place, with what later acts
/// void known. A log keeps what has no effect; this says why it has none.
public struct EntryFindings: Sendable {
    public enum Finding: Hashable, Sendable {
        case effective
        /// Withdrawn by the entry at that index, from that day on.
        case ended(by: UInt64, from: CalendarDate)
        /// Kept, and advice at most.
        case advice(Objection, MandateGap?)
        /// With the member that is not understood, where that is why.
        case withoutEffect(Objection, member: String?)
        /// It had effect when it was logged; what a later act says of its author's key took it.
        case overturned
        /// What it touches is undetermined here.
        case notUnderstood(ProvisionFault)
        /// The same author says the opposite in that entry: no side is taken (P6).
        case contradicts(UInt64)
    }

    /// Folding up to each of more entries without effect than this would take too long.
    private static let reasonLimit = 100

    private var findings: [UInt64: Finding] = [:]

    public subscript(_ index: UInt64) -> Finding? { findings[index] }

    /// - Parameters:
    ///   - indexes: the entries that are asked about.
    ///   - witnessedSize: how much of the log a quorum has seen.
    public init(
        of indexes: Set<UInt64>, in pin: LogPin, witnessedSize: UInt64, database: LogDatabase,
        at now: Timestamp
    ) throws {
        let entries = try database.reading { snapshot -> [LoggedEntry] in
            let size = try snapshot.log(pin.origin)?.size ?? 0
            var subjects: Set<String> = []
            for index in indexes where index < size {
                for stored in try snapshot.entries(pin.origin, index..<(index + 1)) {
                    guard let entry = try? RegistryEntry(parsing: stored.bytes) else { continue }
                    subjects.formUnion(entry.envelope.subjects)
                }
            }
            return try LogReader(snapshot: snapshot, now: now).entries(
                pin.origin, about: subjects, at: indexes, below: size,
                witnessedSize: witnessedSize)
        }
        let state = LogState(pin: pin, folding: entries)
        let standing = Dictionary(
            state.acts.map { ($0.logged.index, $0) }, uniquingKeysWith: { first, _ in first })
        var unexplained = EntryFindings.reasonLimit
        for logged in entries where indexes.contains(logged.index) {
            if let act = standing[logged.index], act.isMandated {
                findings[logged.index] = EntryFindings.finding(act, among: state.acts)
            } else if unexplained > 0 {
                unexplained -= 1
                findings[logged.index] = EntryFindings.objection(to: logged, pin, entries)
            }
        }
    }

    private static func finding(_ act: StandingAct, among acts: [StandingAct]) -> Finding {
        if let end = act.end { return .ended(by: end.index, from: end.effective) }
        switch act.act {
        case .instrument(let instrument):
            return ProvisionFault(in: instrument.provision).map { .notUnderstood($0) }
                ?? .effective
        case .equivalence(let equivalence):
            if let fault = ProvisionFault(in: equivalence.provision) {
                return .notUnderstood(fault)
            }
            let author = act.logged.entry.envelope.author
            let own = GeneralGround(equivalence, Authorship(id: "", author: author))
            let other = acts.first { other in
                guard case .equivalence(let stated) = other.act, other.isMandated,
                    other.end == nil, other.logged.index != act.logged.index,
                    other.logged.entry.envelope.author == author,
                    stated.supersedes != act.logged.entry.identity,
                    equivalence.supersedes != other.logged.entry.identity
                else { return false }
                return Contradiction.isBetween(
                    own, GeneralGround(stated, Authorship(id: "", author: author)))
            }
            return other.map { .contradicts($0.logged.index) } ?? .effective
        default: return .effective
        }
    }

    /// As the log stood when it came.
    private static func objection(
        to logged: LoggedEntry, _ pin: LogPin, _ entries: [LoggedEntry]
    ) -> Finding {
        let before = LogState(pin: pin, folding: entries.filter { $0.index < logged.index })
        switch before.judge(logged) {
        case .effective: return .overturned
        case .advisory(let objection):
            return .advice(objection, before.mandateGap(of: logged))
        case .void(let objection):
            return .withoutEffect(
                objection, member: objection == .unknownKind ? fault(in: logged.entry) : nil)
        }
    }

    /// What of an act is not understood, told as its author would be told.
    private static func fault(in entry: RegistryEntry) -> String? {
        let limits = JSONLimits(size: RegistryEntry.byteLimit, depth: 12)
        guard let value = try? JSONValue(parsing: entry.note.text, limits: limits),
            let members = value.object?["act"]?.object
        else { return nil }
        do throws(ParsingError) {
            switch try Act(draft: members, kind: entry.envelope.kind, at: "act") {
            case .equivalence(let act):
                return ProvisionFault(in: act.provision).map { "\($0)" }
            case .instrument(let act):
                return ProvisionFault(in: act.provision).map { "\($0)" }
            default: return nil
            }
        } catch { return "\(error)" }
    }
}

extension Office {
    /// What entries of a log that this node keeps or copies are good for; nil where it names no
    /// peer with that log.
    public func findings(
        of indexes: Set<UInt64>, in origin: String, at now: Timestamp
    ) throws -> EntryFindings? {
        let (size, witnessed) = try database.reading { snapshot in
            (
                try snapshot.log(origin)?.size ?? 0,
                try snapshot.witnessedHead(origin)?.head.size ?? 0
            )
        }
        if origin == card.pin.origin {
            return try EntryFindings(
                of: indexes, in: card.pin, witnessedSize: size, database: database, at: now)
        }
        let trusted = TrustedLogs(database: database, anchor: try anchor(at: now), at: now)
        guard let peer = try trusted.peers().values.first(where: { $0.pin.origin == origin })
        else { return nil }
        return try EntryFindings(
            of: indexes, in: peer.pin, witnessedSize: peer.policy.isUnwitnessed ? size : witnessed,
            database: database, at: now)
    }
}

extension EntryFindings.Finding: CustomStringConvertible {
    public var description: String {
        switch self {
        case .effective: "counts"
        case .ended(let index, let day): "ended on \(day) by entry \(index)"
        case .advice(let objection, let gap):
            "advice at most: \(objection) [\(objection.rawValue)]"
                + (gap.map { "; \($0)" } ?? "")
        case .withoutEffect(let objection, let member):
            "no effect: \(objection) [\(objection.rawValue)]" + (member.map { "; \($0)" } ?? "")
        case .overturned:
            "no effect: what a later act says of its author or key took it away"
        case .notUnderstood(let fault): "what it touches is undetermined here: \(fault)"
        case .contradicts(let index):
            "contradicts entry \(index) of the same author: no side is taken (P6)"
        }
    }
}
