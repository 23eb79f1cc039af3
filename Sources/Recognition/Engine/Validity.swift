import Encoding

/// C6: the last day on which all that an answer rests on is in force, as known.
///
/// `Protocol/recognition.md § Composition`. nil: nothing that it rests on has a known end.
struct Validity {
    private(set) var until: CalendarDate?

    init(_ until: CalendarDate? = nil) { self.until = until }

    /// It rests on this too.
    mutating func limit(_ day: CalendarDate?) {
        guard let day else { return }
        until = until.map { min($0, day) } ?? day
    }

    /// It rests on one of several that would each do: the end of the longest.
    mutating func limit(byLongest ends: [CalendarDate?]) {
        guard !ends.isEmpty, !ends.contains(nil) else { return }
        limit(ends.compactMap { $0 }.max())
    }
}
