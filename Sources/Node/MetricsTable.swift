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

    private let values = Mutex<[Name: Value]>([:])

    var snapshot: [Name: Value] { values.withLock { $0 } }

    fileprivate func change(_ name: Name, from standard: Value, _ body: (inout Value) -> Void) {
        values.withLock { body(&$0[name, default: standard]) }
    }

    fileprivate func remove(_ name: Name) { values.withLock { _ = $0.removeValue(forKey: name) } }

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        MetricsCell(table: self, name: Name(label, dimensions))
    }

    func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        MetricsCell(table: self, name: Name(label, dimensions))
    }

    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        MetricsCell(table: self, name: Name(label, dimensions))
    }

    func destroyCounter(_ handler: any CounterHandler) { (handler as? MetricsCell)?.remove() }
    func destroyRecorder(_ handler: any RecorderHandler) { (handler as? MetricsCell)?.remove() }
    func destroyTimer(_ handler: any TimerHandler) { (handler as? MetricsCell)?.remove() }
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
    private let table: MetricsTable
    private let name: MetricsTable.Name

    init(table: MetricsTable, name: MetricsTable.Name) {
        self.table = table
        self.name = name
    }

    func increment(by amount: Int64) {
        table.change(name, from: .counter(0)) { value in
            if case .counter(let count) = value { value = .counter(count &+ amount) }
        }
    }

    func reset() { table.change(name, from: .counter(0)) { $0 = .counter(0) } }
    func record(_ value: Int64) { record(Double(value)) }
    func record(_ value: Double) { table.change(name, from: .gauge(0)) { $0 = .gauge(value) } }

    func recordNanoseconds(_ duration: Int64) {
        table.change(name, from: .histogram(MetricsHistogram())) { value in
            guard case .histogram(var histogram) = value else { return }
            histogram.add(Double(duration) / 1e9)
            value = .histogram(histogram)
        }
    }

    func remove() { table.remove(name) }
}
