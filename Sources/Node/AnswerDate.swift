internal import Encoding
internal import Synchronization

/// The moment of an answer as HTTP writes it (RFC 9110 § 5.6.7), made once a second.
final class AnswerDate: Sendable {
    private let now: @Sendable () -> Timestamp
    private let last = Mutex<(time: Timestamp, text: String)?>(nil)

    init(now: @escaping @Sendable () -> Timestamp) { self.now = now }

    var text: String {
        let time = now()
        return last.withLock { last in
            if let last, last.time == time { return last.text }
            let text = AnswerDate.text(time)
            last = (time, text)
            return text
        }
    }

    static func text(_ time: Timestamp) -> String {
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let day = time.day
        // 2026-11-26T18:10:00Z
        let words = "\(time)".split { "-T:Z".contains($0) }
        let number = Int((day.daysSince1970 % 7 + 7) % 7)
        return "\(days[number]), \(words[2]) \(months[(Int(words[1]) ?? 1) - 1]) \(words[0]) "
            + "\(words[3]):\(words[4]):\(words[5]) GMT"
    }
}
