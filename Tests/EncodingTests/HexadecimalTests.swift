import Encoding
import Testing

@Suite struct HexadecimalTests {
    @Test func readsWhatItWrites() {
        let bytes = Array(UInt8.min ... .max)
        let text = Hexadecimal.encode(bytes)
        #expect(text.hasPrefix("000102030405060708090a0b0c0d0e0f10"))
        #expect(text.hasSuffix("fdfeff"))
        #expect(Hexadecimal.decode(text) == bytes)
        #expect(Hexadecimal.encode([]) == "")
        #expect(Hexadecimal.decode("") == [])
    }

    @Test(arguments: [
        "0", "abc", "0A", "a0F0", "0g", "g0", "0x", " 0", "0 ", "00 ", "é", "0/", "0:", "0`",
    ])
    func refuses(_ text: String) {
        #expect(Hexadecimal.decode(text) == nil)
    }
}
