import ArgumentParser
import Benchmarks
import Encoding

/// `concord bench`: speed, as ratios to a limit measured in the same run.
struct BenchCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure speed as ratios to limits of the same run; 1 is the limit.",
        discussion: """
            Without an id all rows are measured. Exits with 1 if one cannot be.
              concord bench verify.process --scale small
            Whether the memory of a node stays where it is shows after an hour of load:
              concord bench http.memory --load-seconds 3600
            """)

    @Argument(help: "Rows to measure, such as verify.process.")
    var ids: [String] = []

    @Option(help: "full, or small: the same work on fewer items.")
    var scale = "full"

    @Option(help: "The seconds for which http.memory loads a node, up to a day.")
    var loadSeconds: Int?

    @Flag(help: "Print an array for machines.")
    var json = false

    func validate() throws {
        guard BenchmarkScale(rawValue: scale) != nil else {
            throw ValidationError("expected a scale out of full and small, found \(scale)")
        }
        if let loadSeconds, !(1...86_400).contains(loadSeconds) {
            throw ValidationError("expected 1 to 86400 seconds of load, found \(loadSeconds)")
        }
        let known = BenchmarkSuite.all(.small).map(\.id)
        for id in ids where !known.contains(id) {
            throw ValidationError(
                "expected rows out of \(known.joined(separator: ", ")), found \(id)")
        }
    }

    func perform() async throws {
        let all = BenchmarkSuite.all(
            BenchmarkScale(rawValue: scale) ?? .full, loadSeconds: loadSeconds)
        let wanted = ids.isEmpty ? all : all.filter { ids.contains($0.id) }
        var rows: [BenchmarkRow] = []
        var isComplete = true
        if !json { Console.print(BenchmarkRow.heading) }
        for benchmark in wanted {
            do {
                let row = try await benchmark.row()
                rows.append(row)
                if !json { Console.print(row.line) }
            } catch let missing as MissingTool {
                Console.complain("\(benchmark.id) skipped: \(missing.name) is not installed")
            } catch {
                isComplete = false
                Console.complain("\(benchmark.id) could not be measured: \(error)")
            }
        }
        if json { Console.print(JSONValue.array(rows.map(\.value)).indented, terminator: "") }
        if !isComplete { throw ExitCode(1) }
    }
}
