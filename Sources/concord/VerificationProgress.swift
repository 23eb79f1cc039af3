import Foundation
import Synchronization

/// How far a long verification is, on standard error: one line that is written over on a
/// terminal, plain lines otherwise; nothing for what takes less than a second.
///
/// Files are counted as they are looked through, on every core.
final class VerificationProgress: Sendable {
    private let total: Int
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let clock = ContinuousClock()
    private let start = ContinuousClock().now
    private let state = Mutex(State())

    private struct State {
        var done = 0
        var shown: ContinuousClock.Instant?
    }

    init(total: Int) { self.total = total }

    /// One more file was looked through.
    func advance() {
        let now = clock.now
        state.withLock { state in
            state.done += 1
            let last = state.shown ?? start
            let pause = VerificationProgress.pause(
                isTerminal: isTerminal, isFirst: state.shown == nil)
            guard last.duration(to: now) >= pause, state.done < total else { return }
            state.shown = now
            let line = VerificationLine(
                done: state.done, of: total, seconds: start.duration(to: now).seconds)
            Console.tell(isTerminal ? "\r\u{1B}[K\(line.text)" : "concord: \(line.text)\n")
        }
    }

    /// Between two lines; the first comes after a second.
    static func pause(isTerminal: Bool, isFirst: Bool) -> Duration {
        isFirst ? .seconds(1) : isTerminal ? .milliseconds(500) : .seconds(10)
    }

    /// Takes the line away, for answers to begin one.
    func finish() {
        state.withLock { state in
            if state.shown != nil, isTerminal { Console.tell("\r\u{1B}[K") }
        }
    }
}

/// How many files were looked through, how fast, how long still.
struct VerificationLine {
    let text: String

    init(done: Int, of total: Int, seconds: Double) {
        let rate = Double(done) / max(seconds, 0.001)
        let left = Int((Double(total - done) / max(rate, 0.001)).rounded(.up))
        // Of pictures a core reads about one a second.
        let speed =
            rate >= 10 ? "\(Int(rate)) a second" : "\((rate * 10).rounded() / 10) a second"
        text =
            "verified \(done) of \(total), \(speed), "
            + (left < 60 ? "\(left) s" : "\(left / 60) min \(left % 60) s") + " left"
    }
}
