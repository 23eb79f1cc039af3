internal import Encoding

/// A named part of a policy: a witness, or a group of earlier parts.
enum PolicyRule: Hashable {
    case witness(Int)
    case group(threshold: Int, members: [Int])

    /// The time of each rule, in their order: the newest t such that the cosignatures from t
    /// on satisfy it, or nil. Members come before their groups, so one pass suffices.
    static func times(of rules: [PolicyRule], witnesses: [Timestamp?]) -> [Timestamp?] {
        var times: [Timestamp?] = []
        for rule in rules {
            switch rule {
            case .witness(let index): times.append(witnesses[index])
            case .group(let threshold, let members):
                let reached = members.compactMap { times[$0] }.sorted(by: >)
                times.append(reached.count < threshold ? nil : reached[threshold - 1])
            }
        }
        return times
    }
}
