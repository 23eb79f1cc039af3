/// One measurement and the limit it is held against, taken in the same run.
///
/// The machine's speed cancels out: what is kept is the ratio.
public struct Benchmark: Sendable {
    /// What one iteration found: both in `unit`.
    public struct Sample: Sendable {
        public let measured: Double
        public let limit: Double

        public init(measured: Double, limit: Double) {
            self.measured = measured
            self.limit = limit
        }
    }

    public let id: String
    public let what: String
    public let unit: String
    /// Whether more of the unit is better.
    public let moreIsBetter: Bool
    /// The least ratio that is good enough; nil: none is set yet.
    public let goal: Double?
    /// How often it is measured: once where one measurement takes minutes.
    let runs: Int
    /// Prepares what the iterations share, then gives the function that measures once.
    let prepare: @Sendable () async throws -> (@Sendable () async throws -> Sample)

    public init(
        id: String, what: String, unit: String, moreIsBetter: Bool, goal: Double? = nil,
        runs: Int = 5,
        prepare: @escaping @Sendable () async throws -> (@Sendable () async throws -> Sample)
    ) {
        self.id = id
        self.what = what
        self.unit = unit
        self.moreIsBetter = moreIsBetter
        self.goal = goal
        self.runs = runs
        self.prepare = prepare
    }

    /// The median of the interleaved runs.
    public func row() async throws -> BenchmarkRow {
        let measure = try await prepare()
        var samples: [Sample] = []
        for _ in 0..<runs { samples.append(try await measure()) }
        func ratio(_ sample: Sample) -> Double {
            moreIsBetter ? sample.measured / sample.limit : sample.limit / sample.measured
        }
        let median = samples.sorted { ratio($0) < ratio($1) }[samples.count / 2]
        return BenchmarkRow(
            id: id, what: what, measured: median.measured, limit: median.limit, unit: unit,
            ratio: ratio(median), goal: goal)
    }
}
