import Credentials
import Cryptography
import Encoding
import Foundation
import TestSupport
import Testing

@Suite("Paper codes")
struct PaperCodeTests {
    private static let origin = "sample.concord.example/ph/1"

    /// A paper credential of a batch with so many hashes beside its way.
    static func file(
        _ hashes: Int = 10, name: String = "Testina Exemplar",
        units: [String]? = nil, seed: UInt64 = 7
    ) throws -> CredentialFile {
        var sample = SampleAward(seed: seed)
        let award = QualificationCredential(
            issuer: "ph.sample-centre-cebu", country: "PH", qualification: "ph.smaw-nc2",
            version: "TR 2005 (Weldncii11-3, 01/04/05)", awarded: SampleAward.day,
            validUntil: SampleAward.day.adding(months: 60), units: units,
            issuedAt: SampleAward.now,
            status: StatusReference(
                uri: "https://sample.concord.example/ph/status/ph.sample-centre-cebu/1",
                index: 131_071), name: name, birthYear: 1994)
        let signed = try IssuedCredential.award(award)
            .issued(isOpen: true, by: sample.issuer, using: &sample.generator)
        return CredentialFile(
            credential: signed,
            batch: BatchPath(
                origin: origin, entryIndex: 4_711_000, leafIndex: 1_023,
                hashes: (0..<hashes).map { HashValue(of: [UInt8($0)]) }))
    }

    static func code(of bytes: some Sequence<UInt8>, version: String = "1") -> [UInt8] {
        "CONCORD\(version):\(Base45.encode(bytes))".bytes
    }

    static func content(of code: PaperCode) throws -> [UInt8] {
        try #require(Base45.decode(utf8: code.text.utf8.dropFirst("CONCORD1:".utf8.count)))
    }

    private func refusal(of bytes: [UInt8]) -> String? {
        do throws(CredentialError) {
            _ = try PaperCode(parsing: bytes)
            return nil
        } catch { return error.code }
    }

    @Test(arguments: [0, 1, 6, 10, 14]) func readWhatTheyWrite(_ hashes: Int) throws {
        let file = try Self.file(hashes)
        let code = try PaperCode(file)
        #expect(try PaperCode(parsing: code.text.utf8) == code)
        #expect(try PaperCode(parsing: "\(code.text)\r\n".utf8) == code)
        #expect(try CredentialFile(parsing: code.text.bytes) == file, "exact to the byte")
        let letters = Set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
        #expect(code.text.allSatisfy(letters.contains), "a QR code writes it as alphanumeric")
    }

    @Test func staySmallInALargeBatch() throws {
        let file = try Self.file(10)
        let code = try PaperCode(file)
        #expect(code.byteCount <= 900)
        #expect(code.text.utf8.count <= 900, "and so does the text")
        #expect(code.byteCount < file.credential.serialized.count, "with the path")
        let long = try PaperCode(Self.file(10, name: String(repeating: "ទេ", count: 40)))
        #expect(long.byteCount <= 900)
    }

    @Test func refuseWhatPaperDoesNotCarry() throws {
        let file = try Self.file()
        var sample = SampleAward()
        let hiding = CredentialFile(credential: try sample.issued(), batch: file.batch)
        let units = (0..<200).map { "UNIT-\(HashValue(of: [UInt8($0)]))" }
        let cases: [(CredentialFile, String)] = [
            (hiding, "not-for-paper"),
            (CredentialFile(credential: file.credential), "not-for-paper"),
            (try Self.file(10, units: units), "too-large"), (try Self.file(40), "too-large"),
        ]
        for (file, code) in cases {
            let error = #expect(throws: CredentialError.self) { try PaperCode(file) }
            #expect(error?.code == code)
        }
    }

    @Test func refuseEveryDeviation() throws {
        let code = try PaperCode(Self.file(6))
        let (text, content) = (code.text, try Self.content(of: code))
        let malformed = "malformed-paper-code"
        for cut in 0..<content.count {
            #expect(refusal(of: Self.code(of: Array(content.prefix(cut)))) == malformed, "\(cut)")
        }
        #expect(refusal(of: Self.code(of: content + [0])) == malformed, "trailing data")
        #expect(refusal(of: "\(text)0".bytes) == malformed)
        #expect(refusal(of: "\(text)\n\n".bytes) == malformed)
        #expect(refusal(of: " \(text)".bytes) == malformed)
        #expect(refusal(of: text.lowercased().bytes) == malformed)
        #expect(refusal(of: text.replacing("CONCORD1:", with: "CONCORD1").bytes) == malformed)
        #expect(refusal(of: text.replacing("CONCORD1:", with: "CONCORD:").bytes) == malformed)
        #expect(refusal(of: "https://verify.example/\(text)".bytes) == malformed)
        for version in ["2", "0", "01", "999"] {
            #expect(
                refusal(of: Self.code(of: content, version: version)) == "unknown-paper-version")
        }
        #expect(refusal(of: [UInt8](repeating: 0x30, count: 5_000)) == "too-large")
        // A number in more bytes than it needs, a path that is too long, an origin that is none.
        let signature = Array(content.prefix(64))
        let rest = Array(content.dropFirst(64))
        #expect(refusal(of: Self.code(of: signature + [0x80, 0x00] + rest)) == malformed)
        #expect(
            refusal(
                of: Self.code(of: signature + [0, 0, 41] + [UInt8](repeating: 0, count: 2_000)))
                == malformed)
        let huge = [UInt8](repeating: 0xFF, count: 7) + [0x7F]
        #expect(refusal(of: Self.code(of: signature + huge + [0, 0])) == malformed)
    }

    /// A few bytes that expand to megabytes, with zeros or with copies of the dictionary.
    @Test func refuseABomb() throws {
        let head = [UInt8](repeating: 1, count: 64) + [0, 0, 0]
        // DEFLATE blocks with fixed codes: one literal, then copies of 258 bytes at distance 1.
        var bits: [Bool] = [true, true, false]
        func put(_ value: Int, _ count: Int) {
            for place in (0..<count).reversed() { bits.append(value >> place & 1 == 1) }
        }
        put(0x30 + 0x41, 8)
        for _ in 0..<1_600 {
            put(0b1100_0101, 8)
            put(0, 5)
        }
        put(0, 7)
        var stream = [UInt8](repeating: 0, count: (bits.count + 7) / 8)
        for (index, bit) in bits.enumerated() where bit { stream[index / 8] |= 1 << (index % 8) }
        #expect(stream.count < 2_700)
        #expect(refusal(of: Self.code(of: head + stream)) == "malformed-paper-code")
    }

    @Test func neverChangeWhatIsSignedOrItsPlace() throws {
        let file = try Self.file(3)
        let code = try PaperCode(file)
        let key = SampleAward().issuer.verificationKey
        var generator = SeededGenerator(seed: 9)
        for index in try Self.content(of: code).indices {
            for mask in [1, UInt8.random(in: 2...255, using: &generator)] {
                var changed = try Self.content(of: code)
                changed[index] ^= mask
                guard let read = try? PaperCode(parsing: Self.code(of: changed)).file else {
                    continue
                }
                let isSame = read == file
                let isPathChanged = read.credential == file.credential && read.batch != file.batch
                let isForged = (try? read.credential.verify(with: key)) == nil
                #expect(isSame || isPathChanged || isForged, "byte \(index)")
            }
        }
    }

    @Test func useTheDictionaryOfTheSpecification() throws {
        let repository = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let bytes = Array(
            try Data(
                contentsOf: repository.appending(path: "Protocol/paper-dictionary-1.txt")))
        #expect(
            HashValue(of: bytes).hexadecimal
                == "04c6870020a5822e8fb7c3c9bc60cf6a303a9611f6d57e541fe3fc8c0453e9c1")
        #expect(PaperCode.dictionary == bytes)
    }
}
