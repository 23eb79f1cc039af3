import Credentials
import Encoding
import Foundation
import TestSupport
import Testing

/// A JSON file of vectors, and the ways in which the suites look at it.
struct VectorFile {
    let value: JSONValue

    init(_ url: URL) throws {
        value = try JSONValue(
            parsing: Array(Data(contentsOf: url)), limits: JSONLimits(size: 1 << 24, depth: 64))
    }

    static func all(_ topic: String, endingWith suffix: String) throws -> [VectorFile] {
        try ConformanceVectors.files(in: topic, endingWith: suffix).map(VectorFile.init)
    }
}

extension JSONValue {
    subscript(name: String) -> JSONValue? { object?[name] }

    /// The value with members in the order of their names: what JSON says is the same.
    var sorted: JSONValue {
        switch self {
        case .array(let elements): .array(elements.map(\.sorted))
        case .object(let object):
            .object(
                JSONObject(
                    object.members.map { JSONObject.Member($0.name, $0.value.sorted) }
                        .sorted {
                            Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8))
                        }
                ))
        default: self
        }
    }
}

extension String {
    var bytes: [UInt8] { Array(utf8) }
}
