import Encoding
import Testing

@Suite struct TimestampTests {
    @Test func readsWhatItWritesOnEveryDayFrom1600To2400() {
        for day in Int64(-135_140)..<157_420 {
            let date = CalendarDate(daysSince1970: day)
            // Another second of the day each day, so that all of them come up.
            let second = (day * 7_919).magnitude % 86_400
            let moment = Timestamp(seconds: day * 86_400 + Int64(second))
            let text = moment.description
            if moment.day != date || !text.hasPrefix("\(date)T")
                || Timestamp(parsing: text) != moment
            {
                Issue.record("\(text) is not second \(second) of \(date)")
            }
        }
    }

    @Test func agreesWithAClockThatCountsEverySecondOfADay() {
        var seconds = Int64(1_795_392_000)
        for hour in 0..<24 {
            for minute in 0..<60 {
                for second in 0..<60 {
                    let text = "2026-11-23T\(two(hour)):\(two(minute)):\(two(second))Z"
                    if Timestamp(seconds: seconds).description != text {
                        Issue.record("\(seconds) is not written as \(text)")
                    }
                    seconds += 1
                }
            }
        }
    }

    private func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

    @Test(arguments: [
        "", "2026-11-23", "2026-11-23T20:45:00", "2026-11-23t20:45:00Z", "2026-11-23T20:45:00z",
        "2026-11-23 20:45:00Z", "2026-11-23T24:00:00Z", "2026-11-23T23:60:00Z",
        "2026-11-23T23:59:60Z", "2026-11-23T20:45:00.0Z", "2026-11-23T20:45:00+00:00",
        "2026-02-30T00:00:00Z", "2026-11-23T+1:45:00Z", "2026-11-23T20:45:0 Z",
    ])
    func refuses(_ text: String) {
        #expect(Timestamp(parsing: text) == nil)
    }

    @Test func neverWrapsAround() {
        let last = Timestamp(seconds: .max)
        let first = Timestamp(seconds: .min)
        #expect(last + 1 == last)
        #expect(first + -1 == first)
        #expect(last.seconds(since: first) == .max)
        #expect(first.seconds(since: last) == .min)
        #expect(last.seconds(since: last) == 0)
        #expect(Timestamp(seconds: 0).seconds(since: first) == .max)
    }

    @Test func writesMomentsOutsideTheCalendarAsTheNearestInside() {
        #expect(Timestamp(seconds: .max).description == "9999-12-31T23:59:59Z")
        #expect(Timestamp(seconds: .min).description == "0001-01-01T00:00:00Z")
        #expect(Timestamp(seconds: .max).day == .latest)
        #expect(Timestamp(seconds: -1).description == "1969-12-31T23:59:59Z")
    }
}
