internal import Metrics
internal import Synchronization

/// The node's numbers, by name and labels, behind the interface of swift-metrics.
///
/// `Protocol/operation.md § Metrics`. A table of its own for each node: two in one process do not
/// mix. The labels are of bounded variety, such as routes, never what somebody asked for.
final class MetricsTable: MetricsFactory {
    struct Name: Hashable, Sendable {
        let label: String
        let labels: [Label]

        struct Label: Hashable, Sendable {
            let name: String
            let value: String
        }

        init(_ label: String, _ dimensions: [(String, String)]) {
            self.label = label
            labels = dimensions.map { Label(name: $0.0, value: $0.1) }
        }
    }

    enum Value: Hashable, Sendable {
        case counter(Int64)
        case gauge(Double)
        case histogram(MetricsHistogram)
    }

    /// The upper bounds of how long an answer took, in seconds.
    static let bounds = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10]

    private let cells = Mutex<[Name: MetricsCell]>([:])

    /// The numbers that have been written so far.
    var snapshot: [Name: Value] { cells.withLock { $0 }.compactMapValues(\.value) }

    /// The one cell of that name: whoever keeps it writes without looking for it again.
    private func cell(_ label: String, _ dimensions: [(String, String)]) -> MetricsCell {
        let name = Name(label, dimensions)
        return cells.withLock { cells in
            if let known = cells[name] { return known }
            let cell = MetricsCell(name)
            cells[name] = cell
            return cell
        }
    }

    private func remove(_ handler: AnyObject) {
        guard let cell = handler as? MetricsCell else { return }
        cells.withLock { _ = $0.removeValue(forKey: cell.name) }
    }

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        cell(label, dimensions)
    }

    func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        cell(label, dimensions)
    }

    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        cell(label, dimensions)
    }

    func destroyCounter(_ handler: any CounterHandler) { remove(handler) }
    func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }
    func destroyTimer(_ handler: any TimerHandler) { remove(handler) }
}

/// How often something took up to so many seconds.
struct MetricsHistogram: Hashable, Sendable {
    /// One more than bounds: the last counts what is above all of them.
    var counts = [Int64](repeating: 0, count: MetricsTable.bounds.count + 1)
    var sum = 0.0

    mutating func add(_ seconds: Double) {
        let place = MetricsTable.bounds.firstIndex { seconds <= $0 } ?? MetricsTable.bounds.count
        counts[place] += 1
        sum += seconds
    }
}

/// One number of the table, as swift-metrics writes to it.
private final class MetricsCell: CounterHandler, RecorderHandler, TimerHandler {
    let name: MetricsTable.Name
    private let content = Mutex<MetricsTable.Value?>(nil)

    init(_ name: MetricsTable.Name) { self.name = name }

    /// nil: nothing was written.
    var value: MetricsTable.Value? { content.withLock { $0 } }

    func increment(by amount: Int64) {
        content.withLock { content in
            guard case .counter(let count) = content ?? .counter(0) else { return }
            content = .counter(count &+ amount)
        }
    }

    func reset() { content.withLock { $0 = .counter(0) } }
    func record(_ value: Int64) { record(Double(value)) }
    func record(_ value: Double) { content.withLock { $0 = .gauge(value) } }

    func recordNanoseconds(_ duration: Int64) {
        content.withLock { content in
            guard case .histogram(var histogram) = content ?? .histogram(MetricsHistogram()) else {
                return
            }
            // Order: let go of, so that its counts are changed in place.
            content = nil
            histogram.add(Double(duration) / 1e9)
            content = .histogram(histogram)
        }
    }
}
