import Encoding
import Registry

/// Months of experience that fit a predicate, each counted once.
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
        var start = predicate.members["since"]?.string.flatMap(CalendarDate.init(parsing:))
        if let window = predicate.members["within_months"]?.integer {
            let first = situation.day.adding(months: -window)
            start = start.map { max($0, first) } ?? first
        }
        months = situation.work.months(
            WorkHistory.Choice(
                occupation: predicate.members["occ"]?.string, places: predicate.names("jur"),
                isLawful: predicate.members["lawful"]?.bool ?? false, start: start))
    }

    var isEnough: Bool {
        months.reduce(Int64(0)) { $0 + $1.upperBound - $1.lowerBound } >= needed
    }
}
