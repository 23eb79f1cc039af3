import Foundation
import Registrar

/// Shows how far long work has come: a bar on a terminal, a plain line now and then elsewhere.
///
/// On standard error, so that answers stay alone on standard output.
final class ProgressDisplay {
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let clock = ContinuousClock()
    private var stage: ImportProgress.Stage?
    private var started = ContinuousClock().now
    private var shown = ContinuousClock().now
    private var isLineOpen = false

    /// Between two bars, and between two lines of a log.
    private static let pauses: (bar: Duration, line: Duration) = (.milliseconds(100), .seconds(5))

    func show(_ progress: ImportProgress) {
        let now = clock.now
        if progress.stage != stage {
            end()
            (stage, started, shown) = (progress.stage, now, now)
        }
        let pause = isTerminal ? ProgressDisplay.pauses.bar : ProgressDisplay.pauses.line
        guard shown.duration(to: now) >= pause else { return }
        shown = now
        let line = ProgressLine(progress, seconds: started.duration(to: now).seconds)
        if isTerminal {
            Console.tell("\r\(line.bar)\u{1B}[K")
            isLineOpen = true
        } else {
            Console.tell("\(line.plain)\n")
        }
    }

    /// Ends the bar, so that what follows begins a line.
    func end() {
        if isLineOpen { Console.tell("\r\u{1B}[K") }
        isLineOpen = false
    }
}

/// How far a stage has come, in words: done, of how much, how fast, how long still.
struct ProgressLine {
    private let progress: ImportProgress
    private let seconds: Double

    /// - Parameter seconds: since the stage began.
    init(_ progress: ImportProgress, seconds: Double) {
        self.progress = progress
        self.seconds = seconds
    }

    private var share: Double {
        progress.total > 0 ? min(1, Double(progress.done) / Double(progress.total)) : 0
    }

    private var words: String {
        var words = "\(ProgressLine.grouped(progress.rows)) rows"
        if seconds > 0 {
            words += ", \(ProgressLine.grouped(Int(Double(progress.rows) / seconds))) a second"
        }
        if share > 0 {
            words += ", \(ProgressLine.span(seconds * (1 - share) / share)) left"
        }
        return words
    }

    /// For a log: `signing: 42 %, 42,000 rows, 8,000 a second, 7 s left`.
    var plain: String { "\(progress.stage.rawValue): \(Int(share * 100)) %, \(words)" }

    /// For a terminal.
    var bar: String {
        let filled = Int(share * 24)
        return "\(progress.stage.rawValue) [" + String(repeating: "#", count: filled)
            + String(repeating: ".", count: 24 - filled) + "] \(Int(share * 100)) %, \(words)"
    }

    private static func grouped(_ number: Int) -> String {
        var text = ""
        for (place, digit) in String(number).reversed().enumerated() {
            if place > 0, place % 3 == 0 { text = "," + text }
            text = String(digit) + text
        }
        return text
    }

    private static func span(_ seconds: Double) -> String {
        let seconds = Int(seconds.rounded(.up))
        return seconds < 120 ? "\(seconds) s" : "\((seconds + 59) / 60) min"
    }
}

extension Duration {
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
