/// A day of the proleptic Gregorian calendar, without a time zone: `2026-11-23`.
public struct CalendarDate: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01.
    public let daysSince1970: Int64

    /// 0001-01-01.
    public static let earliest = CalendarDate(daysSince1970: -719_162)
    /// 9999-12-31.
    public static let latest = CalendarDate(daysSince1970: 2_932_896)

    /// The day so many days after 1970-01-01; outside the years 1 to 9999 the nearest inside.
    public init(daysSince1970: Int64) {
        self.daysSince1970 = Swift.min(Swift.max(daysSince1970, -719_162), 2_932_896)
    }

    /// The day of that year (1 to 9999), month and day, or nil if there is none.
    public init?(year: Int64, month: Int64, day: Int64) {
        guard (1...9_999).contains(year), (1...12).contains(month), day >= 1,
            day <= CalendarDate.days(inMonth: month, of: year)
        else { return nil }
        // Counting from 1 March makes the leap day the last of its year.
        let shifted = month > 2 ? year : year - 1
        let era = shifted.flooredDivision(by: 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.init(daysSince1970: era * 146_097 + dayOfEra - 719_468)
    }

    /// Reads `YYYY-MM-DD`; nil for anything else.
    public init?(parsing text: String) {
        guard text.utf8.count == 10 else { return nil }
        var (year, month, day): (Int64, Int64, Int64) = (0, 0, 0)
        for (place, byte) in text.utf8.enumerated() {
            if place == 4 || place == 7 {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard (0x30...0x39).contains(byte) else { return nil }
            let digit = Int64(byte - 0x30)
            switch place {
            case ..<4: year = year * 10 + digit
            case ..<7: month = month * 10 + digit
            default: day = day * 10 + digit
            }
        }
        self.init(year: year, month: month, day: day)
    }

    public static func < (left: Self, right: Self) -> Bool {
        left.daysSince1970 < right.daysSince1970
    }

    /// The day that many days later; outside the years 1 to 9999 the nearest inside.
    public func adding(days: Int64) -> Self {
        Self(daysSince1970: daysSince1970.addingClamped(days))
    }

    /// The same day that many months later, or the last day of that month; outside the years
    /// 1 to 9999 the nearest day inside.
    public func adding(months: Int64) -> Self {
        let (year, month, day) = components
        let total = (year * 12 + month - 1).addingClamped(months)
        let newYear = total.flooredDivision(by: 12)
        let newMonth = total - newYear * 12 + 1
        let last = CalendarDate.days(inMonth: newMonth, of: newYear)
        return CalendarDate(year: newYear, month: newMonth, day: Swift.min(day, last))
            ?? (months < 0 ? .earliest : .latest)
    }

    /// The first moment of the day in UTC.
    public var start: Timestamp { Timestamp(seconds: daysSince1970 * 86_400) }

    public var year: Int64 { components.year }

    public var components: (year: Int64, month: Int64, day: Int64) {
        let shifted = daysSince1970 + 719_468
        let era = shifted.flooredDivision(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let march = (5 * dayOfYear + 2) / 153
        let month = march < 10 ? march + 3 : march - 9
        let day = dayOfYear - (153 * march + 2) / 5 + 1
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    private static func days(inMonth month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension CalendarDate: CustomStringConvertible {
    public var description: String {
        let (year, month, day) = components
        func padded(_ value: Int64, to width: Int) -> String {
            let text = String(value)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        return "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
    }
}
