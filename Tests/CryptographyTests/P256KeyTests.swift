import Cryptography
import TestSupport
import Testing

@Suite struct P256KeyTests {
    private let signer: ES256Signer
    private let message = Array("a message".utf8)

    init() throws { signer = try ES256Signer("key") }

    /// 1 in a signature's 64 bytes is as wrong as anything else.
    @Test func acceptsTheSignatureAndNoOther() throws {
        let signature = try signer.signature(for: message)
        #expect(signature.count == 64)
        #expect(signer.publicKey.isValid(signature, for: message))
        #expect(!signer.publicKey.isValid(signature, for: message + [0]))
        for index in signature.indices {
            var changed = signature
            changed[index] ^= 1
            #expect(!signer.publicKey.isValid(changed, for: message), "byte \(index)")
        }
        #expect(try !ES256Signer("other").publicKey.isValid(signature, for: message))
    }

    /// RFC 7518 § 3.4: R and S with 32 bytes each, nothing else.
    @Test func refusesOtherForms() throws {
        let signature = try signer.signature(for: message)
        #expect(try !signer.publicKey.isValid(signer.derSignature(for: message), for: message))
        #expect(!signer.publicKey.isValid(signature + [0], for: message))
        #expect(!signer.publicKey.isValid([0] + signature, for: message))
        #expect(!signer.publicKey.isValid(signature.dropLast(), for: message))
        #expect(!signer.publicKey.isValid([], for: message))
        let zero = [UInt8](repeating: 0, count: 32)
        #expect(!signer.publicKey.isValid(zero + zero, for: message))
        #expect(!signer.publicKey.isValid(signature.prefix(32) + zero, for: message))
        #expect(!signer.publicKey.isValid(zero + signature.suffix(32), for: message))
        #expect(
            !signer.publicKey.isValid([UInt8](repeating: 0xFF, count: 64), for: message))
    }

    /// Both halves of S are signatures, as RFC 7518 has it: nothing here rests on a signature
    /// being the only one.
    @Test func acceptsBothHalvesOfS() throws {
        let signature = try signer.signature(for: message)
        let order: [UInt8] = [
            0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
            0xBC, 0xE6, 0xFA, 0xAD, 0xA7, 0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63,
            0x25, 0x51,
        ]
        var other = Array(signature)
        var borrow = 0
        for index in (0..<32).reversed() {
            let difference = Int(order[index]) - Int(signature[32 + index]) - borrow
            other[32 + index] = UInt8(truncatingIfNeeded: difference)
            borrow = difference < 0 ? 1 : 0
        }
        #expect(other != signature)
        #expect(signer.publicKey.isValid(other, for: message))
    }

    @Test func refusesWhatIsNoPointOfTheCurve() {
        let x = Array(signer.publicKey.x)
        var y = Array(signer.publicKey.y)
        #expect(P256Key(x: x, y: y) == signer.publicKey)
        y[31] ^= 1
        #expect(P256Key(x: x, y: y) == nil)
        let zero = [UInt8](repeating: 0, count: 32)
        #expect(P256Key(x: zero, y: zero) == nil)
        #expect(P256Key(x: x.dropLast(), y: y) == nil)
        #expect(P256Key(x: [0] + x, y: y) == nil)
        #expect(P256Key(x: [], y: []) == nil)
    }
}
