public import Encoding
public import Registry
internal import TransparencyLog

/// An act that ends, given once more as it stands: from the day after its end, for as many days.
///
/// Every member but the period is that of the act, whatever it says of keys, roots, names or
/// terms. It decides nothing: the log judges the draft like any other.
public struct ActRenewal: Sendable {
    public let draft: ActDraft

    /// - Parameter until: the last day; nil: as many days as before.
    /// - Returns: nil if the entry is no mandate or accreditation with an end.
    public init?(of entry: RegistryEntry, until: CalendarDate? = nil) {
        let period: Period
        switch entry.act {
        case .mandate(let act): period = act.period
        case .accreditation(let act): period = act.period
        default: return nil
        }
        guard let end = period.until,
            let text = try? JSONValue(
                parsing: Array(entry.note.text.utf8),
                limits: JSONLimits(size: RegistryEntry.byteLimit, depth: 12)),
            var act = text.object?["act"]?.object
        else { return nil }
        let first = end.adding(days: 1)
        let days = end.daysSince1970 - period.from.daysSince1970
        act["from"] = .string(first.description)
        act["until"] = .string((until ?? first.adding(days: days)).description)
        draft = ActDraft(
            kind: entry.envelope.kind, author: entry.envelope.author,
            subjects: entry.envelope.subjects, act: act)
    }
}
