import Cryptography
import Encoding
import Foundation
import TestSupport
import Testing

@Suite struct KeyFileTests {
    private let key: SigningKey
    private let passphrase = Array("correct horse".utf8)
    private let sealed: KeyFile
    private let plain: KeyFile

    init() throws {
        var generator = SeededGenerator(seed: 1)
        key = SigningKey.generated(using: &generator)
        plain = KeyFile(unsealed: key, role: "root", name: "ph.root", isSample: true)
        sealed = try KeyFile(
            sealing: key, role: "root", name: "ph.root", isSample: false, passphrase: passphrase,
            cost: PassphraseCost(operations: 1, memory: 8_192), using: &generator)
    }

    @Test func comesBackFromItsBytes() throws {
        for file in [plain, sealed] {
            let read = try KeyFile(parsing: file.serialized)
            #expect(read.role == "root")
            #expect(read.name == "ph.root")
            #expect(read.isSample == file.isSample)
            #expect(read.isSealed == file.isSealed)
            #expect(read.verificationKey == key.verificationKey)
            #expect(read.serialized == file.serialized)
            let opened = try read.signingKey(passphrase: file.isSealed ? passphrase : nil)
            #expect(opened.signature(for: [1]) == key.signature(for: [1]))
        }
    }

    @Test func looksAsTheSpecificationShows() throws {
        let page = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Protocol/keys.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let seeded = try SigningKey(seed: (0..<32).map { UInt8($0) })
        let file = KeyFile(unsealed: seeded, role: "log", name: "ph.log", isSample: true)
        let shown = String(decoding: file.serialized, as: UTF8.self)
        #expect(text.contains("```json\n\(shown)```\n"))
        #expect(text.contains("`\(Fingerprint(of: seeded.verificationKey.bytes))`"))
    }

    @Test func showsNoSecretWhenSealed() throws {
        let text = String(decoding: sealed.serialized, as: UTF8.self)
        #expect(sealed.isSealed && !plain.isSealed)
        #expect(!text.contains("\"seed\""))
        let value = try JSONValue(parsing: plain.serialized)
        #expect(!text.contains(try #require(value.object?["seed"]?.string)))
    }

    @Test func needsTheRightPassphrase() throws {
        #expect(throws: CryptographyError.passphraseNeeded(role: "root")) {
            try sealed.signingKey(passphrase: nil)
        }
        for wrong in [[], Array("Correct horse".utf8), passphrase + [0x0A]] {
            #expect(throws: CryptographyError.wrongKeyOrDamaged(what: "the root key")) {
                try sealed.signingKey(passphrase: wrong)
            }
        }
        #expect(
            CryptographyError.passphraseNeeded(role: "root").description
                == "the root key is sealed under a passphrase; give it with --passphrase-file FILE")
    }

    @Test func opensToTheSameKeyOrNotAtAllWhateverByteChanges() throws {
        for (file, word) in [(plain, nil), (sealed, passphrase)] {
            let bytes = file.serialized
            for place in bytes.indices {
                for bit in UInt8(0)..<8 {
                    var changed = bytes
                    changed[place] ^= 1 << bit
                    guard let read = try? KeyFile(parsing: changed),
                        let opened = try? read.signingKey(passphrase: word)
                    else { continue }
                    #expect(opened.verificationKey == key.verificationKey)
                    if file.isSealed {
                        Issue.record("bit \(bit) of byte \(place) changed and the file opens")
                    }
                }
            }
        }
    }

    @Test func bindsRoleNameAndMarkToTheSealedKey() throws {
        let changes: [(String, JSONValue)] = [
            ("role", "log"), ("name", "de.root"), ("sample", true),
        ]
        for (member, value) in changes {
            var object = try #require(try JSONValue(parsing: sealed.serialized).object)
            object[member] = value
            let read = try KeyFile(parsing: JSONValue.object(object).serialized)
            #expect(throws: CryptographyError.wrongKeyOrDamaged(what: "the \(read.role) key")) {
                try read.signingKey(passphrase: passphrase)
            }
        }
    }

    @Test func refusesWhatIsNoKeyFile() throws {
        func message(_ member: String, _ value: JSONValue?, of file: KeyFile) throws -> String {
            var object = try #require(try JSONValue(parsing: file.serialized).object)
            object[member] = value
            do throws(CryptographyError) {
                _ = try KeyFile(parsing: JSONValue.object(object).serialized)
                return "accepted"
            } catch { return error.description }
        }
        #expect(
            try message("version", 2, of: plain)
                == "not a key file: expected an integer from 1 to 1 at version")
        #expect(
            try message("role", nil, of: plain)
                == "not a key file: expected the member role, found none")
        #expect(
            try message("public", "AAAA", of: plain)
                == "not a key file: expected 32 bytes in base64 at public")
        #expect(
            try message("seed", "AAAA", of: plain)
                == "not a key file: expected 32 bytes in base64 at seed")
        #expect(
            try message("note", "x", of: plain)
                == "not a key file: found the member note, which this version does not know")
        #expect(
            try message(
                "seed", .string(Base64.standard.encode([UInt8](repeating: 1, count: 32))),
                of: sealed)
                == "not a key file: found the member seed, which this version does not know")
        var seal = try #require(try JSONValue(parsing: sealed.serialized).object?["sealed"]?.object)
        seal["memory"] = .integer(1 << 40)
        #expect(
            try message("sealed", .object(seal), of: sealed)
                == "not a key file: expected an integer from 8 to 1048576 at sealed.memory")
        #expect(throws: CryptographyError.self) { try KeyFile(parsing: []) }
    }

    @Test func refusesASeedOfAnotherKey() throws {
        var object = try #require(try JSONValue(parsing: plain.serialized).object)
        object["seed"] = .string(Base64.standard.encode([UInt8](repeating: 1, count: 32)))
        let read = try KeyFile(parsing: JSONValue.object(object).serialized)
        #expect(throws: CryptographyError.wrongKeyOrDamaged(what: "the root key")) {
            try read.signingKey(passphrase: nil)
        }
    }
}
