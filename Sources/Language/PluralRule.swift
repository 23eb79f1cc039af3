/// The form of a text that goes with a number: the six categories of Unicode's CLDR.
public enum PluralCategory: String, CaseIterable, Hashable, Sendable {
    case zero, one, two, few, many, other
}

/// Which category a whole number has in a language, as CLDR's table of cardinals says.
///
/// `Protocol/language.md § Plurals`. Digits after the point do not occur.
public enum PluralRule: Hashable, Sendable {
    /// No number changes the text: Indonesian.
    case invariable
    /// 1 is apart: English, German, Swahili.
    case singular
    /// 1 is apart, and so are whole millions: Spanish.
    case singularAndMillions
    /// 0 and 1 are apart, and so are whole millions: French.
    case zeroSingularAndMillions
    /// 0 and 1 are apart: Hindi, Bengali.
    case zeroSingular
    /// 1, 2, 3 and what does not end in 4, 6 or 9 are apart: Filipino.
    case filipino
    case arabic

    /// The rule of a language; nil for one that is not in the table.
    public init?(tag: String) {
        switch tag {
        case "id": self = .invariable
        case "en", "de", "sw": self = .singular
        case "es": self = .singularAndMillions
        case "fr": self = .zeroSingularAndMillions
        case "hi", "bn": self = .zeroSingular
        case "fil": self = .filipino
        case "ar": self = .arabic
        default: return nil
        }
    }

    /// The categories that whole numbers have in it.
    public var categories: [PluralCategory] {
        switch self {
        case .invariable: [.other]
        case .singular, .zeroSingular, .filipino: [.one, .other]
        case .singularAndMillions, .zeroSingularAndMillions: [.one, .many, .other]
        case .arabic: PluralCategory.allCases
        }
    }

    public func category(of number: Int64) -> PluralCategory {
        let number = number.magnitude
        let isMillions = number != 0 && number % 1_000_000 == 0
        switch self {
        case .invariable: return .other
        case .singular: return number == 1 ? .one : .other
        case .singularAndMillions: return number == 1 ? .one : isMillions ? .many : .other
        case .zeroSingularAndMillions: return number < 2 ? .one : isMillions ? .many : .other
        case .zeroSingular: return number < 2 ? .one : .other
        case .filipino:
            return (1...3).contains(number) || ![4, 6, 9].contains(number % 10) ? .one : .other
        case .arabic:
            switch (number, number % 100) {
            case (0, _): return .zero
            case (1, _): return .one
            case (2, _): return .two
            case (_, 3...10): return .few
            case (_, 11...99): return .many
            default: return .other
            }
        }
    }
}
