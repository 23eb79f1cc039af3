import Foundation

/// How far a long verification is, on standard error: one line that is written over on a
/// terminal, plain lines otherwise; nothing for a handful of files.
struct VerificationProgress {
    private let total: Int
    private let start: Date
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private var last: Date
    private var isShown = false

    init(total: Int) {
        self.total = total
        start = Date()
        last = start
    }

    mutating func advance(to count: Int) {
        let now = Date()
        let pause = isTerminal ? 0.5 : 10
        guard total > 100, now.timeIntervalSince(last) >= pause, count < total else { return }
        last = now
        let elapsed = max(0.001, now.timeIntervalSince(start))
        let rate = Double(count) / elapsed
        let left = Int(Double(total - count) / max(rate, 0.001))
        let text =
            "verified \(count) of \(total), \(Int(rate)) a second, \(left / 60) min \(left % 60) s "
            + "left"
        isShown = true
        Console.tell(isTerminal ? "\r\u{1B}[K\(text)" : "concord: \(text)\n")
    }

    /// Takes the line away.
    func finish() {
        if isShown, isTerminal { Console.tell("\r\u{1B}[K") }
    }
}
