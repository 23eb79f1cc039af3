public import Cryptography
public import Encoding
import Foundation

/// What a node notes of its newest backup, in `backup.json` in its folder.
///
/// `Protocol/operation.md § Backup`.
public struct BackupRecord: Hashable, Sendable {
    static let fileName = "backup.json"

    public let time: Timestamp
    /// The entries of the own log that are in it.
    public let entries: UInt64
    /// The fingerprint of the recovery key that opens it.
    public let recovery: Fingerprint
    /// Whether the keys were saved beside it: without them nothing is restored.
    public let hasKeys: Bool

    /// The note in a folder; nil: no backup was ever made of it.
    init?(inFolder folder: String) throws(OperationError) {
        let path = "\(folder)/\(BackupRecord.fileName)"
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        do throws(ParsingError) {
            var reader = try MemberReader(JSONValue(parsing: Array(data)), at: "")
            _ = try reader.integer("version", in: 1...1)
            guard let time = Timestamp(parsing: try reader.string("time")) else {
                throw .wrongForm(path: "time", expected: "a moment in UTC")
            }
            guard let recovery = Fingerprint(parsing: try reader.string("recovery")) else {
                throw .wrongForm(path: "recovery", expected: "a fingerprint")
            }
            self.init(
                time: time, entries: UInt64(try reader.integer("entries", in: 0...(1 << 40))),
                recovery: recovery, hasKeys: try reader.optionalBool("keys") ?? false)
            try reader.finish()
        } catch { throw .unreadable(path: path, reason: error.description) }
    }

    init(time: Timestamp, entries: UInt64, recovery: Fingerprint, hasKeys: Bool) {
        self.time = time
        self.entries = entries
        self.recovery = recovery
        self.hasKeys = hasKeys
    }

    func write(inFolder folder: String) throws(OperationError) {
        let value: JSONValue = [
            "version": 1, "time": .string("\(time)"), "entries": .integer(Int64(entries)),
            "recovery": .string("\(recovery)"), "keys": .bool(hasKeys),
        ]
        let path = "\(folder)/\(BackupRecord.fileName)"
        do {
            try Data(value.indented.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch { throw .cannotWrite(path: path) }
    }
}
