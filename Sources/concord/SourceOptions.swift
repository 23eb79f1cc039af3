import ArgumentParser
import Foundation

/// Where a verifier's knowledge comes from: a node's copies, its own copies, or a dossier.
struct SourceOptions: ParsableArguments {
    @Option(help: "Answer from the copies of the node in this folder.")
    var node: String?

    @Option(help: "The anchor: the file that the destination's ministry hands out.")
    var anchor: String?

    @Option(help: "Where a verifier without a node keeps its copies.")
    var data: String = SourceOptions.defaultData

    static var defaultData: String {
        let environment = Environment.values
        if let base = environment["XDG_DATA_HOME"], !base.isEmpty { return "\(base)/concord" }
        return "\(environment["HOME"] ?? ".")/.local/share/concord"
    }
}

/// The process's environment; only the standard places of files and the locale are
/// read from it.
enum Environment {
    static var values: [String: String] { ProcessInfo.processInfo.environment }
}
