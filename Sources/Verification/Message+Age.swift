public import Language

extension Message {
    /// An age for people, rounded down: "2 min", "3 h", "5 days"; a negative one reads as none.
    public static func age(_ seconds: Int64) -> Message {
        switch seconds {
        case ..<120: Message(.ageSeconds, ["number": .number(max(seconds, 0))])
        case ..<7_200: Message(.ageMinutes, ["number": .number(seconds / 60)])
        case ..<172_800: Message(.ageHours, ["number": .number(seconds / 3_600)])
        default: Message(.countDays, ["count": .number(seconds / 86_400)])
        }
    }
}
