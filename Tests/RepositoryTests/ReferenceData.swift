import Encoding
import Foundation
import Testing

/// The reference data beside the checkout, where it is at hand.
enum ReferenceData {
    private static let folder = Checkout.root.appending(path: "../shared/data").standardizedFileURL

    static let isPresent = FileManager.default.fileExists(atPath: folder.path)

    static func bytes(_ file: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: file)))
    }

    /// The rows of a table in CSV (RFC 4180), by the names of its first row.
    static func table(_ file: String) throws -> [[String: String]] {
        var rows: [[String]] = [[]]
        var cell: [UInt8] = []
        var isQuoted = false
        func endCell() {
            rows[rows.count - 1].append(String(decoding: cell, as: UTF8.self))
            cell = []
        }
        let bytes = try bytes(file)
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "\""):
                if !isQuoted, index > 0, bytes[index - 1] == byte { cell.append(byte) }
                isQuoted.toggle()
            case UInt8(ascii: ",") where !isQuoted: endCell()
            case 0x0A where !isQuoted:
                endCell()
                rows.append([])
            case 0x0D where !isQuoted: break
            default: cell.append(byte)
            }
        }
        let names = try #require(rows.first)
        return rows.dropFirst().filter { $0.count == names.count }
            .map { Dictionary(uniqueKeysWithValues: zip(names, $0)) }
    }

    static func qualifications() throws -> [String: JSONObject] {
        let file = try JSONValue(parsing: bytes("qualifications.json"))
        let list = try #require(file.object?["qualifications"]?.array)
        return Dictionary(
            uniqueKeysWithValues: try list.map {
                (try #require($0.object?["id"]?.string), try #require($0.object))
            })
    }
}
