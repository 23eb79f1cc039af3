import Encoding
import Testing

@Suite struct ArmoredTextTests {
    static let label = "SAMPLE"

    @Test(arguments: [0, 1, 47, 48, 49, 500]) func readsWhatItWrites(_ count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
        let text = ArmoredText.encode(bytes, label: Self.label)
        #expect(ArmoredText.isArmored(Array(text.utf8), label: Self.label))
        #expect(ArmoredText.decode(Array(text.utf8), label: Self.label) == bytes)
        #expect(text.split(separator: "\n").allSatisfy { $0.utf8.count <= 64 })
    }

    @Test func survivesAQuotedMail() {
        let bytes = [UInt8](0..<200)
        let mail = ArmoredText.encode(bytes, label: Self.label)
            .split(separator: "\n").map { "> \($0) \r\n" }.joined()
        let whole = "Dear all,\n\n\(mail)\n-- \nme\n"
        #expect(ArmoredText.decode(Array(whole.utf8), label: Self.label) == bytes)
    }

    @Test(arguments: [
        "", "-----BEGIN SAMPLE-----\nAAAA\n", "AAAA\n-----END SAMPLE-----\n",
        "-----BEGIN OTHER-----\nAAAA\n-----END OTHER-----\n",
        "-----BEGIN SAMPLE-----\nAAA\n-----END SAMPLE-----\n",
        "-----BEGIN SAMPLE-----\nAA!A\n-----END SAMPLE-----\n",
        "-----BEGIN SAMPLE-----\nAAAA\n-----BEGIN SAMPLE-----\nAAAA\n-----END SAMPLE-----\n",
    ]) func refuses(_ text: String) {
        #expect(ArmoredText.decode(Array(text.utf8), label: Self.label) == nil)
    }
}
