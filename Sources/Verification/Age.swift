/// Ages for people: "2 min", "3 h", "5 days".
public enum Age {
    /// Rounded down; a negative age reads as none.
    public static func text(_ seconds: Int64) -> String {
        switch seconds {
        case ..<1: "0 s"
        case ..<120: "\(seconds) s"
        case ..<7_200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3_600) h"
        default: "\(seconds / 86_400) days"
        }
    }
}
