/// A moment: whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX).
public struct Timestamp: Hashable, Comparable, Sendable {
    public var seconds: Int64

    public init(seconds: Int64) { self.seconds = seconds }

    public static func < (left: Self, right: Self) -> Bool { left.seconds < right.seconds }

    /// The moment so many seconds later, or the last one there is.
    public static func + (moment: Self, seconds: Int64) -> Self {
        Self(seconds: moment.seconds.addingClamped(seconds))
    }

    /// The time that passed from `earlier` to this moment, in seconds; clamped to 64 bits.
    public func seconds(since earlier: Self) -> Int64 {
        let (difference, overflows) = seconds.subtractingReportingOverflow(earlier.seconds)
        return overflows ? (seconds < 0 ? .min : .max) : difference
    }

    /// The calendar day in UTC; for a moment outside the years 1 to 9999 the nearest day inside.
    public var day: CalendarDate {
        CalendarDate(daysSince1970: seconds.flooredDivision(by: 86_400))
    }
}

extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC: `2026-11-23T20:45:00Z`; a moment outside the years 1 to 9999, which
    /// cannot be written so, is written as the nearest one inside.
    public var description: String {
        let last = CalendarDate.latest.start.seconds + 86_399
        let seconds = Swift.min(Swift.max(seconds, CalendarDate.earliest.start.seconds), last)
        let second = seconds - day.daysSince1970 * 86_400
        func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(day)T\(two(second / 3_600)):\(two(second / 60 % 60)):\(two(second % 60))Z"
    }

    /// Reads RFC 3339 in UTC, whole seconds, upper case letters; nil for anything else.
    public init?(parsing text: String) {
        guard text.utf8.count == 20 else { return nil }
        let bytes = Array(text.utf8)
        guard bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), bytes[19] == UInt8(ascii: "Z"),
            let day = CalendarDate(parsing: String(decoding: bytes[..<10], as: UTF8.self)),
            let hour = CalendarDate.number(bytes[11..<13]), hour < 24,
            let minute = CalendarDate.number(bytes[14..<16]), minute < 60,
            let second = CalendarDate.number(bytes[17..<19]), second < 60
        else { return nil }
        self.init(seconds: day.daysSince1970 * 86_400 + hour * 3_600 + minute * 60 + second)
    }
}

extension Int64 {
    func flooredDivision(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// The sum, or the bound that it would pass.
    func addingClamped(_ other: Int64) -> Int64 {
        let (sum, overflows) = addingReportingOverflow(other)
        return overflows ? (other < 0 ? .min : .max) : sum
    }
}
