internal import Language

/// The logs as lines: a mark for the state, a bar for the length, words for both.
struct LogDrawing {
    private let logs: [LogHealth]
    private let context: PageContext

    init(_ logs: [LogHealth], in context: PageContext) {
        self.logs = logs
        self.context = context
    }

    private static let rowHeight = 34
    private static let barStart = 120
    private static let barWidth = 300

    /// Lengths differ by powers of ten: the bar shows the number of binary digits.
    private static func digits(_ size: UInt64) -> Int { UInt64.bitWidth - size.leadingZeroBitCount }

    var svg: HTML {
        let longest = max(1, logs.map { LogDrawing.digits($0.size) }.max() ?? 1)
        let height = logs.count * LogDrawing.rowHeight + 8
        let rows = logs.enumerated().flatMap { position, log -> [HTML] in
            let y = position * LogDrawing.rowHeight + 22
            let state = log.state(at: context.now)
            let width = LogDrawing.digits(log.size) * LogDrawing.barWidth / longest
            let words = context.text(log.message(at: context.now))
            return Mark.shape(state.tone, x: 18, y: y) + [
                HTML(
                    "text", ["x": "40", "y": "\(y + 5)", "font-weight": "600"],
                    [HTML(log.country ?? "?")]),
                HTML(
                    "rect",
                    [
                        "class": "bar-fill", "x": "\(LogDrawing.barStart)", "y": "\(y - 9)",
                        "width": "\(max(2, width))", "height": "18", "rx": "3",
                    ]),
                HTML(
                    "text",
                    ["x": "\(LogDrawing.barStart + max(2, width) + 8)", "y": "\(y + 5)"],
                    [
                        HTML("\(log.size)"),
                        HTML("tspan", ["class": "soft", "dx": "10"], [HTML(words)]),
                    ]),
            ]
        }
        return HTML(
            "svg",
            [
                "viewBox": "0 0 760 \(height)", "role": "img", "direction": "ltr",
                "aria-label": context.text(.networkDrawing),
            ], rows)
    }
}
