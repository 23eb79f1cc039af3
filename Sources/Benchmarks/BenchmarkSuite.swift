/// All rows, in the order of the table.
public enum BenchmarkSuite {
    /// - Parameter loadSeconds: of `http.memory`; nil: those of the scale.
    public static func all(_ scale: BenchmarkScale, loadSeconds: Int? = nil) -> [Benchmark] {
        let worlds = SampleWorlds()
        return PrimitiveBenchmarks.all(scale) + [
            CredentialBenchmarks.verify(scale), CredentialBenchmarks.verifyOnTwo(scale),
            PythonBenchmarks.verify(scale),
            CredentialBenchmarks.issue(scale),
            ImportBenchmarks.speed(scale), ImportBenchmarks.memory(scale),
            ImportBenchmarks.verifyingMemory(scale),
            StatusBenchmarks.check(scale), PaperBenchmarks.bytes(),
            LogBenchmarks.append(scale), LogBenchmarks.publish(scale),
            LogBenchmarks.sync(scale),
            WireBenchmarks.news(scale), WireBenchmarks.poll(scale), NewsBenchmarks.one(scale),
            NewsBenchmarks.growth(scale), StoreBenchmarks.check(scale),
            StoreBenchmarks.storage(scale), RestartBenchmarks.restart(scale),
            WitnessBenchmarks.add(scale),
            ProcessBenchmarks.verify(scale), ProcessBenchmarks.worth(scale, worlds),
        ] + RecognitionBenchmarks.all(scale, worlds) + [NetworkBenchmarks.spread(scale)]
            + NodeBenchmarks.all(scale, loadSeconds: loadSeconds)
    }
}

/// A tool of the system that a row compares with, and that is not here.
public struct MissingTool: Error, Sendable {
    public let name: String

    public init(_ name: String) { self.name = name }
}
