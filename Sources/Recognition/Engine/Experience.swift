import Encoding
import Registry

/// Months of experience that fit a predicate, counted as calendar months, each once.
///
/// `Protocol/recognition.md § Predicates`. Which months exclusive measures share is for
/// `MonthBudget` to say (C7).
struct Experience {
    let needed: Int64
    /// Numbers of calendar months that fit, as ranges that neither overlap nor touch.
    let months: [Range<Int64>]

    init(_ predicate: Predicate, _ situation: Situation) {
        // No life has so many, and ten of them are still a number.
        needed = min(predicate.members["min_months"]?.integer ?? .max, 1_000_000)
        let occupation = predicate.members["occ"]?.string
        let places = predicate.names("jur")
        let isLawful = predicate.members["lawful"]?.bool ?? false
        var start = predicate.members["since"]?.string.flatMap(CalendarDate.init(parsing:))
        if let window = predicate.members["within_months"]?.integer {
            let first = situation.day.adding(months: -window)
            start = start.map { max($0, first) } ?? first
        }
        var found: [Range<Int64>] = []
        for evidence in situation.evidence[.experience] ?? [] {
            guard occupation == nil || evidence.occupation == occupation,
                places.isEmpty
                    || evidence.jurisdiction.map({ Jurisdiction.anyCovers(places, $0) }) ?? false,
                evidence.isLawful || !isLawful
            else { continue }
            let from = max(evidence.begins, start ?? .earliest)
            let until = min(evidence.until ?? situation.day, situation.day)
            found.append(Experience.months(from: from, until: until))
        }
        months = Experience.merged(found)
    }

    private static func merged(_ ranges: [Range<Int64>]) -> [Range<Int64>] {
        var merged: [Range<Int64>] = []
        for range in ranges.filter({ !$0.isEmpty }).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] =
                    last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged
    }

    var isEnough: Bool {
        months.reduce(Int64(0)) { $0 + $1.upperBound - $1.lowerBound } >= needed
    }

    /// The whole months between two days, each as the number of the calendar month in which it
    /// begins.
    static func months(from: CalendarDate, until: CalendarDate) -> Range<Int64> {
        guard from < until else { return 0..<0 }
        let (first, last) = (from.components, until.components)
        let start = first.year * 12 + first.month
        let whole = last.year * 12 + last.month - start - (last.day < first.day ? 1 : 0)
        return start..<(start + max(whole, 0))
    }
}
