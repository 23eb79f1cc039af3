/// A moment: whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX).
public struct Timestamp: Hashable, Comparable, Sendable {
    public var seconds: Int64

    public init(seconds: Int64) { self.seconds = seconds }

    public static func < (left: Self, right: Self) -> Bool { left.seconds < right.seconds }

    public static func + (moment: Self, seconds: Int64) -> Self {
        Self(seconds: moment.seconds.addingReportingOverflow(seconds).partialValue)
    }

    /// The time that passed from `earlier` to this moment, in seconds.
    public func seconds(since earlier: Self) -> Int64 {
        seconds.subtractingReportingOverflow(earlier.seconds).partialValue
    }

    /// The calendar day in UTC.
    public var day: CalendarDate {
        CalendarDate(daysSince1970: seconds.flooredDivision(by: 86_400))
    }
}

extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC: `2026-11-23T20:45:00Z`.
    public var description: String {
        let second = seconds - day.daysSince1970 * 86_400
        func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(day)T\(two(second / 3_600)):\(two(second / 60 % 60)):\(two(second % 60))Z"
    }

    /// Reads RFC 3339 in UTC, whole seconds, upper case letters; nil for anything else.
    public init?(parsing text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 20, bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
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
}
