internal import GRDB

/// Tells whether the logs of a database have changed since one last looked.
///
/// What was read before a mark was taken anew, and found the same, is what would be read now. A
/// connection of its own, which changes nothing, so that it sees the changes of every other one,
/// of this process and of others.
public final class ChangeWatch: Sendable {
    private let connection: DatabaseQueue
    private let path: String

    /// - Throws: for a file that cannot be opened for reading.
    public init(_ database: LogDatabase) throws(StorageError) {
        path = database.path
        var configuration = Configuration()
        configuration.readonly = true
        // Order: whoever cannot be told at once asks the logs themselves.
        configuration.busyMode = .immediateError
        configuration.label = "Concord changes"
        do { connection = try DatabaseQueue(path: path, configuration: configuration) } catch {
            throw StorageError(error, path: database.path, task: "watch the database")
        }
    }

    /// A number that is another one after each change that was committed; it says nothing else,
    /// and nothing to another watch.
    ///
    /// Costs a few microseconds, whatever the database holds.
    public func mark() throws(StorageError) -> Int64 {
        do {
            return try connection.unsafeReentrantRead { db in
                try BulkStatement("PRAGMA data_version", db).number() ?? 0
            }
        } catch {
            throw StorageError(error, path: path, task: "look for changes")
        }
    }
}
