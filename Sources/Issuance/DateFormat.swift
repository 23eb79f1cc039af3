public import Encoding

/// How the dates of a spreadsheet are written: `YYYY-MM-DD`, `DD/MM/YYYY`, `D.M.YYYY`.
///
/// `Protocol/template.md § Dates`. `YYYY`, one of `MM` and `M`, one of `DD` and `D`, with at most
/// one of `- . /` and space between them. `MM` and `DD` are two digits, `M` and `D` one or two;
/// a year always has four. Days are of the Gregorian calendar.
public struct DateFormat: Hashable, Sendable {
    private enum Part: Hashable {
        case year
        case month(isPadded: Bool)
        case day(isPadded: Bool)
        case separator(UInt8)
    }

    public let description: String
    private let parts: [Part]

    /// The form of RFC 3339.
    public static let standard = DateFormat(
        description: "YYYY-MM-DD",
        parts: [
            .year, .separator(0x2D), .month(isPadded: true), .separator(0x2D),
            .day(isPadded: true),
        ])

    private init(description: String, parts: [Part]) {
        self.description = description
        self.parts = parts
    }

    /// Reads a format; nil if it is none.
    public init?(parsing text: String) {
        var parts: [Part] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.first {
            let run = rest.prefix { $0 == byte }.count
            switch (byte, run) {
            case (UInt8(ascii: "Y"), 4): parts.append(.year)
            case (UInt8(ascii: "M"), 1...2): parts.append(.month(isPadded: run == 2))
            case (UInt8(ascii: "D"), 1...2): parts.append(.day(isPadded: run == 2))
            case (0x20, 1), (0x2D...0x2F, 1): parts.append(.separator(byte))
            default: return nil
            }
            rest = rest.dropFirst(run)
        }
        var kinds: [Int] = []
        for (place, part) in parts.enumerated() {
            let isLast = place == parts.count - 1
            let isFollowedBySeparator =
                if !isLast, case .separator = parts[place + 1] { true } else { false }
            switch part {
            case .year: kinds.append(0)
            case .month(let isPadded), .day(let isPadded):
                // One digit or two can be told only where something ends them.
                guard isPadded || isLast || isFollowedBySeparator else { return nil }
                if case .month = part { kinds.append(1) } else { kinds.append(2) }
            case .separator:
                guard place > 0, !isLast, !isFollowedBySeparator else { return nil }
            }
        }
        guard kinds.sorted() == [0, 1, 2] else { return nil }
        self.init(description: text, parts: parts)
    }

    /// The day that a text names in this format, or nil.
    public func date(_ text: String) -> CalendarDate? {
        var rest = Array(text.utf8)[...]
        var year: Int64 = 0
        var month: Int64 = 0
        var day: Int64 = 0
        for part in parts {
            switch part {
            case .separator(let byte):
                guard rest.first == byte else { return nil }
                rest = rest.dropFirst()
            case .year:
                guard let number = DateFormat.number(&rest, 4...4) else { return nil }
                year = number
            case .month(let isPadded):
                guard let number = DateFormat.number(&rest, isPadded ? 2...2 : 1...2) else {
                    return nil
                }
                month = number
            case .day(let isPadded):
                guard let number = DateFormat.number(&rest, isPadded ? 2...2 : 1...2) else {
                    return nil
                }
                day = number
            }
        }
        return rest.isEmpty ? CalendarDate(year: year, month: month, day: day) : nil
    }

    private static func number(
        _ text: inout ArraySlice<UInt8>, _ width: ClosedRange<Int>
    ) -> Int64? {
        let digits = text.prefix(width.upperBound).prefix { (0x30...0x39).contains($0) }
        guard width.contains(digits.count) else { return nil }
        text = text.dropFirst(digits.count)
        return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }
}

extension DateFormat: CustomStringConvertible {}
