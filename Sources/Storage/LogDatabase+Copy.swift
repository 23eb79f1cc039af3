internal import Foundation
internal import GRDB

extension LogDatabase {
    /// Writes one state of the database to a new file, while others read and write.
    ///
    /// The copy is a whole database as it was at one moment, without what was deleted. The life
    /// mark's file does not go with it: whoever opens the copy elsewhere finds it sealed.
    ///
    /// - Parameter target: a path at which there is nothing.
    public func copy(to target: String) throws(StorageError) {
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(5)
            // Order: a connection of its own, so that neither readers nor the writer wait for it.
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? queue.close() }
            try queue.inDatabase { try $0.execute(sql: "VACUUM INTO ?", arguments: [target]) }
        } catch { throw StorageError(error, path: path, task: "copy the database") }
    }

    /// Looks whether SQLite finds the file in order; takes as long as reading it does.
    public func checkPages() throws(StorageError) {
        let path = path
        try read { snapshot throws(StorageError) in
            let finding = try snapshot.attempt("check the database") {
                try String.fetchOne(snapshot.db, sql: "PRAGMA quick_check(1)")
            }
            guard finding == "ok" else {
                throw .damaged(path: path, reason: finding ?? "no answer")
            }
        }
    }
}
