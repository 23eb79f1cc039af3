import Encoding

/// Whether a predicate holds: true, false, or not known from what was shown (X7).
enum PredicateValue: Hashable {
    case holds, fails
    /// The name of the fact that is missing.
    case unknown(String)

    init(_ truth: Bool) { self = truth ? .holds : .fails }

    /// All of several: false beats unknown, unknown beats true.
    init(all values: [PredicateValue]) {
        if values.contains(.fails) {
            self = .fails
        } else {
            self = values.first { $0 != .holds } ?? .holds
        }
    }

    /// Whether the day lies in the window that `from` and `to` state; a bound of another form
    /// is not known.
    init(_ day: CalendarDate, within members: JSONObject, fact: String) {
        for (name, isLower) in [("from", true), ("to", false)] {
            guard let value = members[name] else { continue }
            guard let bound = value.string.flatMap(CalendarDate.init(parsing:)) else {
                self = .unknown(fact)
                return
            }
            if isLower ? day < bound : bound < day {
                self = .fails
                return
            }
        }
        self = .holds
    }

    var missingFact: String? { if case .unknown(let fact) = self { fact } else { nil } }
}
