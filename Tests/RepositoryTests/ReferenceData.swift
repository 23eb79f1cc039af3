import Encoding
import Foundation
import Testing

/// The reference data beside the checkout, where it is at hand.
enum ReferenceData {
    private static let folder = Checkout.root.appending(path: "../shared/data").standardizedFileURL
    private static let cases = "../cases/recognition.json"

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
        try objects("qualifications.json", "qualifications")
    }

    /// Treaties, arrangements and laws.
    static func agreements() throws -> [String: JSONObject] {
        try objects("agreements.json", "agreements")
    }

    /// The statements of the recognition cases.
    static func fixtures() throws -> [String: JSONObject] { try objects(cases, "fixtures") }

    /// The words of a list of the recognition model.
    static func modelWords(_ list: String) throws -> Set<String> {
        let file = try JSONValue(parsing: bytes("model-enums.json"))
        let words = try #require(file.object?[list]?.array)
        return Set(words.compactMap { $0.string ?? $0.object?["id"]?.string })
    }

    /// Everything that the data says about facts, as one text to look citations up in.
    static func text() throws -> String {
        let files = [
            "agreements.json", "authorities.csv", "frameworks.csv", "qualifications.json",
            "referencing.csv", cases,
        ]
        return try files.map { String(decoding: try bytes($0), as: UTF8.self) }
            .joined(separator: "\n")
            .replacing("\\\"", with: "\"").replacing("\"\"", with: "\"")
    }

    private static func objects(_ file: String, _ list: String) throws -> [String: JSONObject] {
        let limits = JSONLimits(size: 1 << 20, depth: 12)
        let file = try JSONValue(parsing: bytes(file), limits: limits)
        let elements = try #require(file.object?[list]?.array)
        return Dictionary(
            uniqueKeysWithValues: try elements.map {
                (try #require($0.object?["id"]?.string), try #require($0.object))
            })
    }
}
