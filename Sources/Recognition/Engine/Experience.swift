import Encoding
import Registry

/// Months of experience that fit a predicate, counted as calendar months, each once.
///
/// `Protocol/recognition.md § Predicates`. Months that were spent on an exclusive measure do not
/// count for another one (C7).
struct Experience {
    /// Numbers of calendar months that count, in order.
    let months: [Int64]
    let needed: Int64

    init(_ predicate: Predicate, _ situation: Situation, spent: Set<Int64> = []) {
        needed = predicate.members["min_months"]?.integer ?? .max
        let occupation = predicate.members["occ"]?.string
        let places = predicate.names("jur")
        let isLawful = predicate.members["lawful"]?.bool ?? false
        var start = predicate.members["since"]?.string.flatMap(CalendarDate.init(parsing:))
        if let window = predicate.members["within_months"]?.integer {
            let first = situation.day.adding(months: -window)
            start = start.map { max($0, first) } ?? first
        }
        var found: Set<Int64> = []
        for evidence in situation.statements.evidence
        where evidence.kind == .experience && situation.counts(evidence) {
            guard occupation == nil || evidence.occupation == occupation,
                places.isEmpty
                    || evidence.jurisdiction.map({ Jurisdiction.anyCovers(places, $0) }) ?? false,
                evidence.isLawful || !isLawful
            else { continue }
            let from = max(evidence.begins, start ?? .earliest)
            let until = min(evidence.until ?? situation.day, situation.day)
            found.formUnion(Experience.months(from: from, until: until))
        }
        months = found.subtracting(spent).sorted()
    }

    var isEnough: Bool { Int64(months.count) >= needed }

    /// The months that the measure takes.
    var taken: [Int64] { Array(months.prefix(Int(clamping: needed))) }

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
