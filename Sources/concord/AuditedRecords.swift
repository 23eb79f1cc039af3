import Encoding
import Records

/// Records as lines of the audit trail tell of them: a line names a thousand at most, so that it can
/// be read again, and more are named in parts.
///
/// `Protocol/records.md § Audit trail`.
enum AuditedRecords {
    private static let limit = 1_000

    /// The records in parts of which a line can name each.
    static func parts(_ ids: [RecordID]) -> [[RecordID]] {
        stride(from: 0, to: ids.count, by: limit).map { start in
            Array(ids[start..<min(start + limit, ids.count)])
        }
    }

    /// The same where they were named; all of them where a batch or a node was.
    static func parts(_ ids: [RecordID], named: Bool) -> [[RecordID]] {
        named ? parts(ids) : [ids]
    }

    static func names(_ ids: [RecordID]) -> JSONValue {
        .array(ids.map { .string($0.description) })
    }

    /// What a line says of one part.
    static func selection(_ part: [RecordID], named: Bool, entry: UInt64?) -> JSONObject {
        var about: JSONObject = ["count": .integer(Int64(part.count))]
        if named { about["records"] = names(part) }
        about["batch"] = entry.map { .integer(Int64(clamping: $0)) }
        return about
    }
}
