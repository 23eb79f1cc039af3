import ArgumentParser
import Encoding
import Foundation
import Node
import Registrar
import Storage
import Sync

/// `concord pack export`: write logs and what belongs to them into one file.
struct PackExportCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write logs, status lists and proofs of forks into one file.",
        discussion: """
            The file needs no protection on its way: whoever imports it believes nothing of it but
            what verifies. The same logs at the same checkpoints make the same bytes.
              concord pack export --node ./ph --out corridor.pack \\
                --log sample.concord.example/ph/1 --log sample.concord.example/de/1
            Only what is new since an earlier pack, or since a position in each log:
              concord pack export --node ./ph --out november.pack --since october.pack
              concord pack export --node ./ph --out rest.pack --since 1024
            """)

    @Option(help: "The node's folder.")
    var node: String?

    @Option(help: "The folder of a verifier's copies.")
    var data: String?

    @Option(help: "The file to write.")
    var out: String

    @Option(help: "The origin of a log to pack; default: every log that is here.")
    var log: [String] = []

    @Option(help: "A position in each log, or an earlier pack: what is before it is left out.")
    var since: String?

    func validate() throws {
        guard node == nil || data == nil else {
            throw ValidationError("expected --node or --data, found both")
        }
    }

    func perform() async throws {
        let database = try CopiesFolder.logs(copies: data, node: node)
        let start = try start()
        let report = try PackExport(of: database, rules: LogRules.unbound).write(
            log.isEmpty ? nil : log, since: start, to: out)
        for stretch in report.logs {
            Console.print("\(stretch.origin)  entries \(stretch.start) to \(stretch.end)")
        }
        Console.print("\(out)  \(report.parts) parts, \(report.bytes) bytes")
        for hash in report.missingBlobs {
            Console.complain("a list that an entry names is not here and not in it: \(hash)")
        }
    }

    /// The entries that the reader has of each log.
    private func start() throws -> (String) -> UInt64 {
        guard let since else { return { _ in 0 } }
        if let position = UInt64(since) { return { _ in position } }
        let sizes = try Pack(opening: since).sizes()
        return { sizes[$0] ?? 0 }
    }
}
