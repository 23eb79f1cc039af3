internal import Foundation
internal import GRDB

extension RecordStore {
    /// The name of the file of the records' keys in a node's folder.
    public static let keyFileName = "record-keys.sqlite"

    /// Whether there are records in a folder.
    public static func exists(in folder: String) -> Bool {
        FileManager.default.fileExists(atPath: "\(folder)/\(fileName)")
    }

    /// Writes one state of the records to another folder, while others read and write; nothing is
    /// opened.
    ///
    /// Order: the records first, then their keys, as they are written the other way round: every
    /// record in the copy has its key in it, unless it was erased meanwhile.
    public static func copy(from folder: String, to target: String) throws(RecordsError) {
        for (name, id, version) in [
            (fileName, applicationID, version),
            (keyFileName, RecordKeys.applicationID, RecordKeys.version),
        ] {
            let file = try DatabaseFile(
                opening: "\(folder)/\(name)", applicationID: id, version: version)
            try file.copy(to: "\(target)/\(name)")
        }
    }

    /// Erases records of a store that nobody has opened: what a restored backup still holds of
    /// those that were erased after it was made.
    ///
    /// `Protocol/operation.md § Restore`. No key is needed. Ids that are not there are passed over.
    ///
    /// - Returns: how many were there.
    public static func erase(
        _ ids: [RecordID], inClosed folder: String
    ) throws(RecordsError) -> Int {
        let records = try DatabaseFile(
            opening: "\(folder)/\(fileName)", applicationID: applicationID, version: version)
        let keys = try DatabaseFile(
            opening: "\(folder)/\(keyFileName)", applicationID: RecordKeys.applicationID,
            version: RecordKeys.version)
        guard !records.isNew, !keys.isNew else { throw .filesDoNotBelongTogether }
        var found: [(number: Int64, id: RecordID)] = []
        for id in ids {
            // What was issued on paper for the same award goes with it.
            var next = id
            while let number = try records.read({ db in
                try Int64.fetchOne(
                    db, sql: "SELECT number FROM record WHERE id = ?",
                    arguments: [Blob(next.bytes)])
            }) {
                found.append((number, next))
                next = next.paper
            }
        }
        // Order: the keys are gone on the disk before anything says so.
        try RecordKeys.destroy(found, in: keys)
        try records.write { db in
            for record in found {
                try db.execute(
                    sql: "UPDATE record SET sealed = NULL WHERE number = ?",
                    arguments: [record.number])
            }
        }
        try records.truncateLog()
        return found.count
    }
}
