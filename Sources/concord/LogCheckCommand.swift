import ArgumentParser
import Registrar
import Storage
import Sync
import Verification

/// `concord log check`: every log against its own entries.
struct LogCheckCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Recompute every log from its entries and compare with what is stored.",
        discussion: """
            Compared are every hash, every checkpoint with its root and signature, that by which
            entries are found with its order, and the status lists. Without --country every log
            that is here: the node's own and its copies of the others. Exits with 1 if something
            was found.
              concord log check --node ./de
              concord log check --node ./de --country PH
            """)

    @OptionGroup var log: LogOptions

    @Option(help: "With --data: the anchor, whose log says which keys sign checkpoints.")
    var anchor: String?

    func perform() async throws {
        let database = try log.database()
        let rules = try rules()
        var isSound = true
        let records = try log.logs(in: database)
        let tallies = try database.read { try $0.indexTallies(of: records) }
        for record in records {
            let problem =
                try LogInspection.problem(record, in: database)
                ?? LogInspection.indexProblem(
                    record, tally: tallies[record] ?? IndexTally(), in: database, rules: .unbound)
                ?? rules.flatMap {
                    try LogInspection.noteProblem(record, in: database, rules: $0)
                }
            let size = "\(record.size) entries"
            Console.print("\(record.origin)  \(size)  \(problem ?? "sound")")
            if problem != nil { isSound = false }
        }
        let ofAll =
            log.country == nil
            ? [
                try LogInspection.orderProblem(in: database),
                try LogInspection.blobProblem(in: database),
            ] : []
        for problem in ofAll.compactMap({ $0 }) {
            Console.print(problem)
            isSound = false
        }
        if !isSound { throw ExitCode(1) }
    }

    /// Who says which keys sign; nil for copies without their anchor.
    private func rules() throws -> LogRules? {
        guard let data = log.data else {
            let office = try Office(
                opening: NodeDirectory(log.node ?? "./concord-node"), passphrase: nil)
            return office.rules { Clock.now }
        }
        guard let anchor else { return nil }
        let database = try CopiesFolder.logs(copies: data, node: nil)
        return TrustedLogs(
            database: database,
            anchor: try Anchor(parsing: InputFile.read(anchor, limit: 1 << 20)), at: Clock.now
        ).rules
    }
}
