internal import Cryptography
internal import Foundation
internal import GRDB

extension Row {
    /// The bytes of a blob, copied once.
    func bytes(at index: Int) throws -> [UInt8] {
        try withUnsafeData(atIndex: index) { $0.map(Array.init) ?? [] }
    }
}

extension HashValue {
    var data: Data { Data(bytes) }

    init(row: Row, at index: Int, table: String) throws {
        guard let hash = HashValue(bytes: try row.bytes(at: index)) else {
            throw StorageError.unreadable(table: table, reason: "a hash has 32 bytes")
        }
        self = hash
    }

    /// The first eight bytes as an integer of SQLite.
    var prefix: Int64 {
        withBytes { Int64(bigEndian: $0.loadUnaligned(as: Int64.self)) }
    }
}

extension LogRecord {
    /// The place of an entry in the table of all entries.
    func position(_ index: UInt64) -> Int64 { id << Int64(Schema.indexBits) | Int64(index) }

    /// The places of the entries below a size.
    func positions(_ range: Range<UInt64>) -> (first: Int64, last: Int64) {
        (position(range.lowerBound), position(range.lowerBound) + Int64(range.count) - 1)
    }

    /// The log of a place.
    static func log(of position: Int64) -> Int64 { position >> Int64(Schema.indexBits) }

    static func index(of position: Int64) -> UInt64 {
        UInt64(position & (1 << Int64(Schema.indexBits) - 1))
    }
}
