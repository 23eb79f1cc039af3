import Encoding
import Foundation
public import Records

/// The ids of records that were erased, as a file says them: an audit trail, or a line each.
///
/// `Protocol/operation.md § Restore`.
public enum ErasedRecords {
    /// - Throws: `unreadable`, with the line that is neither.
    public static func read(_ path: String) throws(OperationError) -> [RecordID] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .cannotRead(path: path)
        }
        var ids: [RecordID] = []
        for (number, line) in data.split(separator: 0x0A).enumerated() {
            let text = String(decoding: line, as: UTF8.self)
                .trimmingCharacters(in: .whitespaces)
            if text.isEmpty { continue }
            if text.hasPrefix("{") {
                ids += try trail(Array(line), path, number + 1)
            } else if let id = RecordID(parsing: text) {
                ids.append(id)
            } else {
                throw .unreadable(
                    path: path, reason: "expected the id of a record in line \(number + 1)")
            }
        }
        return ids
    }

    /// The id of an erasure; nothing of what else was done.
    private static func trail(
        _ line: [UInt8], _ path: String, _ number: Int
    ) throws(OperationError) -> [RecordID] {
        do throws(ParsingError) {
            let outer = try JSONValue(parsing: line).object
            let text = outer?["text"]?.string ?? ""
            let act = try JSONValue(parsing: Array(text.utf8)).object
            guard act?["act"]?.string == "erase" else { return [] }
            let about = act?["about"]?.object
            let ids =
                about?["record"]?.string.map { [$0] }
                ?? about?["records"]?.array?.compactMap(\.string) ?? []
            return ids.compactMap { RecordID(parsing: $0) }
        } catch {
            throw .unreadable(path: path, reason: "line \(number): \(error.description)")
        }
    }
}
