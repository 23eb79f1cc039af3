/// What the answer is for; recognition is always recognition for something.
///
/// `Protocol/recognition.md § Purposes`.
public enum Purpose: String, CaseIterable, Hashable, Sendable {
    case level, title, employ, practise, task
    case studyAccess = "study-access"
    case studyCredit = "study-credit"
    case practiseTemporary = "practise-temporary"
    case visaSkill = "visa-skill"

    /// Whether an award that has lapsed at home does not serve it as it is.
    public var needsCurrentAward: Bool {
        switch self {
        case .employ, .practise, .practiseTemporary, .visaSkill, .task: true
        case .level, .title, .studyAccess, .studyCredit: false
        }
    }

    /// Whether a wrong yes can hurt somebody: never decided from data older than a day.
    public var isSafety: Bool {
        switch self {
        case .practise, .practiseTemporary, .visaSkill, .task: true
        default: false
        }
    }

    /// Whether it is about doing the work, so that it is free where nothing regulates it.
    var isActivity: Bool {
        switch self {
        case .employ, .practise, .practiseTemporary: true
        default: false
        }
    }

    /// Those of the stated purposes that serve it (X6): itself, and `practise` for
    /// `practise-temporary` and `employ`. Nothing else is borrowed.
    func served(by stated: [String]) -> [String] {
        stated.filter(isServed)
    }

    /// Whether one of the stated purposes serves it.
    func isServed(byOneOf stated: [String]) -> Bool { stated.contains(where: isServed) }

    private func isServed(by stated: String) -> Bool {
        stated == rawValue
            || (self == .practiseTemporary || self == .employ)
                && stated == Purpose.practise.rawValue
    }
}
