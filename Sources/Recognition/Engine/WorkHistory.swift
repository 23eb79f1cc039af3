import Encoding
import Registry

/// When the person worked: unbroken periods, by occupation, place and whether it was lawful.
///
/// `Protocol/recognition.md § Predicates`. Built once a question, so that each of many measures
/// costs no more than the periods that fit it.
final class WorkHistory {
    private struct Circumstance: Hashable {
        let jurisdiction: String?
        let isLawful: Bool
    }

    /// What a measure asks of the months that it counts.
    struct Choice: Hashable {
        let occupation: String?
        let places: [String]
        let isLawful: Bool
        let start: CalendarDate?
    }

    private typealias Periods = [Circumstance: [ClosedRange<CalendarDate>]]

    private var periods: [String: Periods] = [:]
    /// Of whatever occupation.
    private var all: Periods = [:]
    private var known: [Choice: [Range<Int64>]] = [:]

    /// - Parameter day: the last one that counts.
    init(_ evidence: [Evidence], until day: CalendarDate) {
        for item in evidence {
            let last = min(item.until ?? day, day)
            guard item.begins <= last else { continue }
            let circumstance = Circumstance(
                jurisdiction: item.jurisdiction, isLawful: item.isLawful)
            all[circumstance, default: []].append(item.begins...last)
            guard let occupation = item.occupation else { continue }
            periods[occupation, default: [:]][circumstance, default: []].append(
                item.begins...last)
        }
        periods = periods.mapValues { $0.mapValues(WorkHistory.joined) }
        all = all.mapValues(WorkHistory.joined)
    }

    /// The whole months that fit, each as the number of the calendar month in which it begins, as
    /// ranges that neither overlap nor touch.
    func months(_ choice: Choice) -> [Range<Int64>] {
        if let months = known[choice] { return months }
        let groups = choice.occupation.map { periods[$0] ?? [:] } ?? all
        let fitting = groups.filter { circumstance, _ in
            (circumstance.isLawful || !choice.isLawful)
                && (choice.places.isEmpty
                    || circumstance.jurisdiction.map {
                        Jurisdiction.anyCovers(choice.places, $0)
                    } ?? false)
        }.values.joined().compactMap { period -> ClosedRange<CalendarDate>? in
            let first = max(period.lowerBound, choice.start ?? .earliest)
            return first <= period.upperBound ? first...period.upperBound : nil
        }
        var months: [Range<Int64>] = []
        for period in WorkHistory.joined(fitting) {
            let range = WorkHistory.months(in: period)
            if range.isEmpty { continue }
            if let last = months.last, range.lowerBound <= last.upperBound {
                months[months.count - 1] =
                    last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                months.append(range)
            }
        }
        known[choice] = months
        return months
    }

    /// Periods that overlap, or of which one begins on the day after another's last, are one.
    private static func joined(
        _ periods: [ClosedRange<CalendarDate>]
    ) -> [ClosedRange<CalendarDate>] {
        var joined: [ClosedRange<CalendarDate>] = []
        for period in periods.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = joined.last, period.lowerBound <= last.upperBound.adding(days: 1) {
                joined[joined.count - 1] =
                    last.lowerBound...max(last.upperBound, period.upperBound)
            } else {
                joined.append(period)
            }
        }
        return joined
    }

    /// The whole months of a period whose last day counts.
    private static func months(in period: ClosedRange<CalendarDate>) -> Range<Int64> {
        let first = period.lowerBound.components
        let next = period.upperBound.adding(days: 1).components
        let start = first.year * 12 + first.month
        let whole = next.year * 12 + next.month - start - (next.day < first.day ? 1 : 0)
        return start..<(start + max(whole, 0))
    }
}
