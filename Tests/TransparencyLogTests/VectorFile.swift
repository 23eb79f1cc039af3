import Encoding
import Foundation
import TestSupport
import Testing

/// A file of other people's vectors; what it is called says nothing to the code under test.
struct VectorFile: Sendable, CustomTestStringConvertible {
    let url: URL
    let value: JSONValue

    var testDescription: String {
        url.path.replacingOccurrences(of: ConformanceVectors.root.path, with: "")
    }

    /// Every JSON file of a topic; none where the topic is absent.
    static func all(in topic: String) throws -> [VectorFile] {
        guard ConformanceVectors.has(topic) else { return [] }
        return try ConformanceVectors.files(in: topic, endingWith: ".json").map { url in
            VectorFile(url: url, value: try JSONValue(parsing: Array(Data(contentsOf: url))))
        }
    }

    /// The elements of a member of all files of a topic that have it.
    static func cases(in topic: String, under member: String) throws -> [VectorCase] {
        try all(in: topic).flatMap { file in
            (file.value.object?[member]?.array ?? []).map { VectorCase(value: $0) }
        }
    }
}

/// One vector of a file that holds several.
struct VectorCase: Sendable, CustomTestStringConvertible {
    let value: JSONValue

    var testDescription: String { self["id"]?.string ?? self["n"]?.integer.map { "\($0)" } ?? "?" }

    subscript(name: String) -> JSONValue? { value.object?[name] }

    func text(_ name: String) throws -> String { try #require(self[name]?.string) }

    func texts(_ name: String) -> [String] { self[name]?.array?.compactMap(\.string) ?? [] }

    var isValid: Bool { self["result"]?.string == "valid" }
}

extension JSONValue {
    /// A number up to 2^64 - 1.
    var unsigned: UInt64? {
        switch self {
        case .integer(let number): UInt64(exactly: number)
        case .decimal(let text): UInt64(text)
        default: nil
        }
    }
}
