import Encoding
import Testing

@Suite struct CalendarDateTests {
    @Test func agreesWithAWalkThroughEveryDayFrom1600To2400() {
        var number = Int64(-135_140)  // 1600-01-01, 370 years and 90 leap days before 1970
        for year in Int64(1_600)...2_400 {
            for month in Int64(1)...12 {
                for day in 1...slowDays(inMonth: month, of: year) {
                    check(number, is: (year, month, day))
                    number += 1
                }
            }
        }
        #expect(number == 157_420)  // 2401-01-01
    }

    private func check(_ number: Int64, is expected: (year: Int64, month: Int64, day: Int64)) {
        let date = CalendarDate(daysSince1970: number)
        let text = slowText(expected)
        if date.components != expected
            || CalendarDate(year: expected.year, month: expected.month, day: expected.day) != date
            || date.description != text || CalendarDate(parsing: text) != date
        {
            Issue.record("\(text) is read as \(date), day \(number)")
        }
    }

    private func slowDays(inMonth month: Int64, of year: Int64) -> Int64 {
        let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Int(month - 1)]
    }

    private func slowText(_ date: (year: Int64, month: Int64, day: Int64)) -> String {
        let month = date.month < 10 ? "0\(date.month)" : "\(date.month)"
        let day = date.day < 10 ? "0\(date.day)" : "\(date.day)"
        return "\(date.year)-\(month)-\(day)"
    }

    @Test func knowsSomeDays() {
        #expect(CalendarDate(parsing: "1970-01-01")?.daysSince1970 == 0)
        #expect(CalendarDate(parsing: "2000-03-01")?.daysSince1970 == 11_017)
        #expect(CalendarDate.earliest.description == "0001-01-01")
        #expect(CalendarDate.latest.description == "9999-12-31")
        #expect(CalendarDate(parsing: "0001-01-01") == .earliest)
        #expect(CalendarDate(parsing: "9999-12-31") == .latest)
    }

    @Test(arguments: [
        "", "2026", "2026-1-1", "2026-02-29", "1900-02-29", "2026-04-31", "2026-00-10",
        "2026-13-10",
        "2026-01-00", "2026-01-32", "0000-01-01", "-001-01-01", "+026-01-01", "2026/01/01",
        "2026-01-01Z", " 2026-01-01", "2026-01-1 ", "20260101", "2026-0١-01", "10000-01-01",
    ])
    func refuses(_ text: String) {
        #expect(CalendarDate(parsing: text) == nil)
    }

    @Test(arguments: [
        ("2024-01-31", 1, "2024-02-29"), ("2023-01-31", 1, "2023-02-28"),
        ("2024-02-29", 12, "2025-02-28"), ("2024-02-29", 48, "2028-02-29"),
        ("2019-12-15", 60, "2024-12-15"), ("2024-03-31", -1, "2024-02-29"),
        ("2024-01-15", -13, "2022-12-15"), ("9999-12-01", 1, "9999-12-31"),
        ("2024-01-01", Int64.max, "9999-12-31"), ("2024-01-01", Int64.min, "0001-01-01"),
    ])
    func addsMonths(_ start: String, _ months: Int64, _ end: String) {
        #expect(CalendarDate(parsing: start)?.adding(months: months).description == end)
    }

    @Test func staysWithinTheYears1To9999() {
        #expect(CalendarDate(daysSince1970: .max) == .latest)
        #expect(CalendarDate(daysSince1970: .min) == .earliest)
        #expect(CalendarDate.latest.adding(days: 1) == .latest)
        #expect(CalendarDate.latest.adding(days: .max) == .latest)
        #expect(CalendarDate.earliest.adding(days: .min) == .earliest)
        #expect(CalendarDate.earliest.adding(days: 1).description == "0001-01-02")
        #expect(CalendarDate.earliest < .latest)
        #expect(CalendarDate(year: 10_000, month: 1, day: 1) == nil)
        #expect(CalendarDate(year: .max, month: .max, day: .max) == nil)
        #expect(CalendarDate(year: .min, month: .min, day: .min) == nil)
    }
}
