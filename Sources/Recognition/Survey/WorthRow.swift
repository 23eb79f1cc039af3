import Encoding
public import Registry

/// One line of what awards are worth: in a place, for a purpose, compared with a target.
public struct WorthRow: Hashable, Sendable {
    /// ISO 3166-1 or -2.
    public let destination: String
    public let purpose: Purpose
    public let target: Target
    public let verdict: RecognitionVerdict

    /// The best for the holder first; of equals by place, purpose and target.
    public static func precedes(_ left: WorthRow, _ right: WorthRow) -> Bool {
        let leftRank = left.verdict.word.surveyRank
        let rightRank = right.verdict.word.surveyRank
        if leftRank != rightRank { return leftRank > rightRank }
        if left.destination != right.destination { return left.destination < right.destination }
        if left.purpose != right.purpose { return left.purpose.rawValue < right.purpose.rawValue }
        return left.targetKey.lexicographicallyPrecedes(right.targetKey)
    }

    private var targetKey: [String] {
        target.values.map { "\($0.key):\($0.value)" }.sorted()
    }
}

extension RecognitionWord {
    /// Where a line stands among others: what is free is used at once, what nobody has decided
    /// comes before what somebody refused.
    fileprivate var surveyRank: Int {
        switch self {
        case .granted: 20
        case .free: 19
        case .undetermined: 5
        case .conflict: 4
        case .refused: 3
        case .barred: 2
        case .invalid: 1
        default: 10 + favour
        }
    }
}
