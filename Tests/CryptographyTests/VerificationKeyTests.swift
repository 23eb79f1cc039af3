import Cryptography
import Encoding
import TestSupport
import Testing

/// A signature that somebody else published with a verdict.
struct SignatureVector: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let key: [UInt8]
    let message: [UInt8]
    let signature: [UInt8]
    let isValid: Bool

    init(
        _ description: String, key: String, message: String, signature: String, isValid: Bool
    ) throws {
        testDescription = description
        self.key = try #require(Hexadecimal.decode(key))
        self.message = try #require(Hexadecimal.decode(message))
        self.signature = try #require(Hexadecimal.decode(signature))
        self.isValid = isValid
    }

    static func wycheproof() throws -> [SignatureVector] {
        var vectors: [SignatureVector] = []
        for path in try ConformanceVectors.paths(
            in: "ed25519/wycheproof", endingWith: "_test.json")
        {
            var file = try MemberReader(JSONValue(parsing: ConformanceVectors.bytes(path)), at: "")
            let count = try file.integer("numberOfTests")
            let before = vectors.count
            for var group in try file.readers("testGroups") {
                var publicKey = try group.reader("publicKey")
                let key = try publicKey.string("pk")
                for var test in try group.readers("tests") {
                    vectors.append(
                        try SignatureVector(
                            "tcId \(try test.integer("tcId")): \(try test.string("comment"))",
                            key: key, message: try test.string("msg"),
                            signature: try test.string("sig"),
                            isValid: try test.string("result") == "valid"))
                }
            }
            try #require(vectors.count - before == Int(count))
        }
        return vectors
    }

    static func speccheck() throws -> [SignatureVector] {
        let verdictBytes = try ConformanceVectors.bytes("ed25519/speccheck-verdicts.json")
        var verdictFile = try MemberReader(JSONValue(parsing: verdictBytes), at: "")
        let verdicts = Array(try verdictFile.string("speccheck_libsodium"))
        let bytes = try ConformanceVectors.bytes("ed25519/speccheck/cases.json")
        let cases = try #require(try JSONValue(parsing: bytes).array)
        try #require(cases.count == verdicts.count)
        return try cases.enumerated().map { index, value in
            var reader = try MemberReader(value, at: "[\(index)]")
            return try SignatureVector(
                "case \(index)", key: try reader.string("pub_key"),
                message: try reader.string("message"), signature: try reader.string("signature"),
                isValid: verdicts[index] == "V")
        }
    }
}

@Suite(.enabled(if: ConformanceVectors.has("ed25519"), "no vectors for ed25519"))
struct VerificationKeyVectorTests {
    @Test(arguments: try SignatureVector.wycheproof())
    func givesTheVerdictOfWycheproof(_ vector: SignatureVector) throws {
        try check(vector)
    }

    @Test(arguments: try SignatureVector.speccheck())
    func givesTheVerdictOfLibsodiumInEdgeCases(_ vector: SignatureVector) throws {
        try check(vector)
    }

    private func check(_ vector: SignatureVector) throws {
        let key = try #require(VerificationKey(bytes: vector.key))
        #expect(key.isValid(vector.signature, for: vector.message) == vector.isValid)
        #expect(
            key.isValid(AnyCollection(vector.signature), for: AnyCollection(vector.message))
                == vector.isValid)
    }
}

@Suite struct VerificationKeyTests {
    @Test(arguments: [0, 31, 33, 64]) func refusesAKeyOfAnotherLength(_ count: Int) {
        #expect(VerificationKey(bytes: [UInt8](repeating: 1, count: count)) == nil)
    }

    @Test func refusesASignatureOfAnotherLength() throws {
        let signer = try SigningKey(seed: [UInt8](repeating: 7, count: 32))
        let message = Array("message".utf8)
        let signature = signer.signature(for: message)
        #expect(signer.verificationKey.isValid(signature, for: message))
        #expect(!signer.verificationKey.isValid(signature + [0], for: message))
        #expect(!signer.verificationKey.isValid(signature.dropLast(), for: message))
        #expect(!signer.verificationKey.isValid([UInt8](), for: message))
    }

    @Test func refusesKeysThatAreNoPoints() throws {
        let signer = try SigningKey(seed: [UInt8](repeating: 7, count: 32))
        let signature = signer.signature(for: [])
        #expect(signer.verificationKey.isValid(signature, for: []))
        for byte in UInt8.min ... .max {
            let key = try #require(VerificationKey(bytes: [UInt8](repeating: byte, count: 32)))
            #expect(!key.isValid(signature, for: []))
        }
    }
}
