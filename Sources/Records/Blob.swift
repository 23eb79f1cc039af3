internal import Foundation
internal import GRDB

/// Bytes on their way into and out of SQLite.
struct Blob: DatabaseValueConvertible {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var databaseValue: DatabaseValue { Data(bytes).databaseValue }

    static func fromDatabaseValue(_ value: DatabaseValue) -> Blob? {
        Data.fromDatabaseValue(value).map { Blob(Array($0)) }
    }

    /// The bytes of a column that is never null.
    static func bytes(_ row: Row, _ column: Int) -> [UInt8] {
        let data: Data = row[column]
        return Array(data)
    }
}
