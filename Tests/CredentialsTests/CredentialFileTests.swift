import Credentials
import Cryptography
import Encoding
import TestSupport
import Testing

@Suite("Credential files")
struct CredentialFileTests {
    let issued: SDJWT
    let batch = BatchPath(
        origin: "sample.example/PH/1", entryIndex: 812, leafIndex: 63,
        hashes: (0..<40).map { HashValue(of: [UInt8($0)]) })

    init() throws {
        var sample = SampleAward()
        issued = try sample.issued()
    }

    @Test func readWhatTheyWrite() throws {
        for batch in [nil, batch] {
            let file = CredentialFile(credential: issued, batch: batch)
            #expect(try CredentialFile(parsing: file.serialized) == file)
        }
    }

    @Test(arguments: ["", "\n", "\r\n", "  \n\t"])
    func readABareCredential(_ space: String) throws {
        let file = try CredentialFile(parsing: issued.serialized + space.bytes)
        #expect(file == CredentialFile(credential: issued))
    }

    @Test func readABareCredentialInJSON() throws {
        let file = try CredentialFile(parsing: JSONValue.object(issued.flattened).indented.bytes)
        #expect(file == CredentialFile(credential: issued))
    }

    @Test(arguments: [
        ("{}", "malformed-json"), (#"{"credential":7}"#, "malformed-json"),
        (#"{"credential":""}"#, "malformed-sd-jwt"), (#"{"credential":"x"}"#, "malformed-sd-jwt"),
        ("", "malformed-sd-jwt"), ("\n\n", "malformed-sd-jwt"),
        ("PK\u{3}\u{4}", "malformed-sd-jwt"),
    ])
    func refuse(_ text: String, code: String) {
        let error = #expect(throws: CredentialError.self) {
            try CredentialFile(parsing: text.bytes)
        }
        #expect(error?.code == code)
    }

    static let brokenPaths: [(String, JSONValue)] = [
        ("origin", ""), ("origin", "a b"), ("origin", 7), ("entry", -1),
        ("entry", .integer(1 << 53)), ("entry", "1"), ("leaf", .null), ("path", "x"),
        ("path", ["AAAA"]), ("path", [7]), ("extra", 1),
        (
            "path",
            .array(
                Array(
                    repeating: .string(Base64.standard.encode([UInt8](repeating: 0, count: 32))),
                    count: 41))
        ),
    ]

    @Test(arguments: brokenPaths)
    func refuseBatchPathWith(_ name: String, value: JSONValue) throws {
        let file = CredentialFile(credential: issued, batch: batch)
        var object = try #require(try JSONValue(parsing: file.serialized).object)
        var path = try #require(object["batch"]?.object)
        path[name] = value
        object["batch"] = .object(path)
        let error = #expect(throws: CredentialError.self) {
            try CredentialFile(parsing: JSONValue.object(object).serialized)
        }
        #expect(error?.code == "malformed-json")
    }

    @Test func areBounded() {
        let bytes = [UInt8](repeating: 0x20, count: CredentialFile.sizeLimit + 1)
        let error = #expect(throws: CredentialError.self) { try CredentialFile(parsing: bytes) }
        #expect(error?.code == "too-large")
    }
}

@Suite("Presentation requests")
struct PresentationRequestTests {
    static func made() -> PresentationRequest {
        var generator = SeededGenerator(seed: 31)
        return PresentationRequest(
            audience: "https://verifier.example", expires: SampleAward.now + 300,
            ask: ["birthdate", ["address", "lines", 2]],
            question: .init(destination: "CA-QC", purpose: "employ", occupation: "7212"),
            using: &generator)
    }

    @Test func readWhatTheyWrite() throws {
        let request = PresentationRequestTests.made()
        #expect(try PresentationRequest(parsing: request.serialized) == request)
        #expect(request.serialized.last == 0x0A)
        #expect(request.serialized.count { $0 == 0x0A } == 1)
        #expect(request.challenge(from: SampleAward.now).window.upperBound == request.expires)
        var generator = SeededGenerator(seed: 32)
        let short = PresentationRequest(
            audience: "a", expires: SampleAward.now, ask: [], using: &generator)
        #expect(try PresentationRequest(parsing: short.serialized) == short)
        #expect(!String(decoding: short.serialized, as: UTF8.self).contains("question"))
    }

    @Test func areAnsweredByAKeyBinding() throws {
        var sample = SampleAward()
        let request = PresentationRequestTests.made()
        let answer = try sample.issued().presenting(paths: request.ask).bound(
            to: request.audience, nonce: request.nonce, at: SampleAward.now + 5,
            by: sample.holder)
        let control = try answer.holderControl(
            key: sample.holder.verificationKey, challenge: request.challenge(from: SampleAward.now))
        #expect(control == .shown)
        #expect(try QualificationCredential(parsing: answer).birthdate != nil)
    }

    static let brokenMembers: [(String, JSONValue)] = [
        ("type", "entry"), ("id", "abc"), ("id", "ABCDEF00112233445566778899AABBCC"),
        ("audience", ""), ("audience", "a b"), ("nonce", "short"),
        ("nonce", "AAAAAAAAAAAAAAAAAAAA"),
        ("nonce", 7), ("expires", "2026-11-23"), ("expires", 1_790_000_000), ("ask", "name"),
        ("ask", [7]), ("ask", [""]), ("ask", ["a", "a"]), ("ask", [[]]), ("ask", [[0]]),
        ("ask", [["a", -1]]), ("ask", [["a", true]]), ("ask", ["a", ["a"]]),
        ("ask", .array((0..<65).map { .string("claim\($0)") })),
        ("ask", [.array((0..<17).map { .string("claim\($0)") })]),
        ("question", "DE"), ("question", [:]), ("question", ["for": "de"]),
        ("question", ["for": "DE-"]), ("question", ["for": "DE-BY-M"]),
        ("question", ["for": "DE", "occupation": "welder"]),
        ("question", ["for": "DE", "occupation": "72121"]),
        ("question", ["for": "DE", "purpose": "two words"]),
        ("question", ["for": "DE", "name": "Employer"]), ("name", "Ministry"), ("more", 1),
    ]

    @Test(arguments: brokenMembers)
    func refuse(_ name: String, value: JSONValue) throws {
        var object = try #require(
            try JSONValue(parsing: PresentationRequestTests.made().serialized).object)
        object[name] = value
        #expect(throws: CredentialError.self) {
            try PresentationRequest(parsing: JSONValue.object(object).serialized)
        }
    }
}
