internal import GRDB

extension Database {
    /// Runs one statement, which a connection compiles the first time only: compiling takes longer
    /// than what most of them do.
    func run(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }
}
