/// The exclusive measures of months that one ground has found met (C7): each month counts for one
/// of them, and it does not matter which are taken for which.
///
/// `Protocol/recognition.md § Conditions`. By Hall's theorem months can be found for all of several
/// measures if, for every choice among them, as many months fit one of the chosen as all the chosen
/// need together.
struct MonthBudget {
    /// More measures than any ground has asked for; what comes after them is not met.
    private static let limit = 10

    private var measures: [Experience] = []

    var isEmpty: Bool { measures.isEmpty }

    /// Whether months can be found for it and for all that were taken before.
    func admits(_ measure: Experience) -> Bool {
        guard measure.isEnough, measures.count < MonthBudget.limit else { return false }
        guard !measures.isEmpty else { return true }
        let all = measures + [measure]
        let months = MonthBudget.months(fitting: all)
        let own = 1 << measures.count
        // Those without the new one were admitted before.
        return (0..<own).allSatisfy { others in
            let chosen = others | own
            let needed = all.indices.filter { chosen & 1 << $0 != 0 }
                .reduce(Int64(0)) { $0 + all[$1].needed }
            let available = months.filter { $0.key & chosen != 0 }
                .reduce(Int64(0)) { $0 + $1.value }
            return needed <= available
        }
    }

    mutating func take(_ measure: Experience) { measures.append(measure) }

    /// How many months fit exactly the measures whose bits are set.
    private static func months(fitting measures: [Experience]) -> [Int: Int64] {
        var edges: [(month: Int64, bit: Int)] = []
        for (index, measure) in measures.enumerated() {
            for range in measure.months {
                edges.append((range.lowerBound, 1 << index))
                edges.append((range.upperBound, 1 << index))
            }
        }
        var found: [Int: Int64] = [:]
        var fitting = 0
        var last: Int64 = 0
        for edge in edges.sorted(by: { $0.month < $1.month }) {
            if fitting != 0 { found[fitting, default: 0] += edge.month - last }
            // The ranges of one measure do not overlap: an edge begins one or ends one.
            fitting ^= edge.bit
            last = edge.month
        }
        return found
    }
}
