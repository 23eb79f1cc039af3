import Cryptography
import Testing

@Suite struct HashValueTests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ])
    func agreesWithTheStandard(_ text: String, _ hexadecimal: String) {
        let hash = HashValue(of: Array(text.utf8))
        #expect(hash.hexadecimal == hexadecimal)
        #expect(hash.description == hexadecimal)
        #expect(HashValue(hexadecimal: hexadecimal) == hash)
        #expect(HashValue(bytes: hash.bytes) == hash)
    }

    @Test func hashesPiecesAsTheWhole() {
        let bytes = (0..<200).map { UInt8($0) }
        for cut in bytes.indices {
            var hasher = HashFunction()
            hasher.update(bytes[..<cut])
            hasher.update(byte: bytes[cut])
            hasher.update(AnySequence(bytes[(cut + 1)...]))
            #expect(hasher.finalized == HashValue(of: bytes))
        }
    }

    @Test func hashesInnerNodesAsTheirBytes() {
        let left = HashValue(of: [1])
        let right = HashValue(of: [2])
        #expect(
            HashValue(prefix: 1, left, right) == HashValue(of: [1] + left.bytes + right.bytes))
        #expect(HashValue(prefix: 1, left, right) != HashValue(prefix: 1, right, left))
    }

    @Test func refusesOtherLengthsAndUpperCase() {
        #expect(HashValue(bytes: [UInt8](repeating: 0, count: 31)) == nil)
        #expect(HashValue(bytes: [UInt8](repeating: 0, count: 33)) == nil)
        #expect(HashValue(hexadecimal: String(repeating: "ab", count: 31)) == nil)
        #expect(HashValue(hexadecimal: String(repeating: "AB", count: 32)) == nil)
        #expect(HashValue(hexadecimal: String(repeating: "ab", count: 32)) != nil)
    }
}
