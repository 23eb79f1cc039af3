import Encoding
import TestSupport
import Testing

/// RFC 9285 as others test it.
@Suite(.enabled(if: ConformanceVectors.has("base45"), "no vectors for base45"))
struct Base45VectorTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let id: String
        let text: String
        /// Nil: to be refused.
        let bytes: [UInt8]?

        var testDescription: String { id }
    }

    static let cases: [Case] = {
        guard ConformanceVectors.has("base45"),
            let bytes = try? ConformanceVectors.bytes("base45/cases.json"),
            let value = try? JSONValue(
                parsing: bytes, limits: JSONLimits(size: 16 << 20, depth: 8))
        else { return [] }
        return (value.object?["cases"]?.array ?? []).compactMap { element in
            guard let object = element.object, let id = object["id"]?.string,
                let text = object["encoded"]?.string
            else { return nil }
            let isValid = object["result"]?.string == "valid"
            let hex = object["decoded_hex"]?.string ?? ""
            return Case(id: id, text: text, bytes: isValid ? Hexadecimal.decode(hex) : nil)
        }
    }()

    @Test func findsCasesOfBothKinds() {
        #expect(Self.cases.count > 5)
        #expect(Self.cases.contains { $0.bytes == nil })
        #expect(Self.cases.contains { $0.bytes != nil })
    }

    @Test(arguments: cases)
    func agrees(_ item: Case) {
        #expect(Base45.decode(utf8: item.text.utf8) == item.bytes)
        if let bytes = item.bytes { #expect(Base45.encode(bytes) == item.text) }
    }
}
