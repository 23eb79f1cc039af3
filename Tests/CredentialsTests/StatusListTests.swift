import Credentials
import Cryptography
import Encoding
import TestSupport
import Testing

@Suite("Status lists")
struct StatusListTests {
    @Suite(
        "of the standard",
        .enabled(
            if: ConformanceVectors.has("token-status-list"), "no vectors for token-status-list"))
    struct Vectors {
        @Test func giveTheStatedStates() throws {
            for file in try VectorFile.all("token-status-list", endingWith: ".json") {
                for vector in try #require(file.value["cases"]?.array) {
                    let list = try StatusList(
                        parsing: [
                            "bits": vector["bits"] ?? .null, "lst": vector["lst"] ?? .null,
                        ])
                    let size = Int(try #require(vector["size"]?.integer))
                    #expect(list.count == size)
                    var stated: [Int: Int64] = [:]
                    for entry in try #require(vector["entries"]?.array) {
                        let pair = try #require(entry.array)
                        stated[Int(pair[0].integer ?? -1)] = pair[1].integer
                    }
                    let others = try #require(vector["others"]?.integer)
                    let mismatches = try (0..<size).filter {
                        try Int64(list.status(at: $0).value) != stated[$0] ?? others
                    }
                    #expect(mismatches.isEmpty, "\(vector["id"] ?? .null)")
                    #expect(throws: CredentialError.self) { try list.status(at: size) }
                }
            }
        }
    }

    @Test(arguments: [1, 2, 4, 8])
    func keepsEachState(_ bits: Int) throws {
        var generator = SeededGenerator(seed: UInt64(bits))
        var list = StatusList(bits: bits, count: 1_000)
        var states: [Int: Status] = [:]
        for _ in 0..<3_000 {
            let index = Int.random(in: 0..<list.count, using: &generator)
            let value = UInt8.random(in: 0...UInt8((1 << bits) - 1), using: &generator)
            states[index] = Status(value: value)
            try list.set(Status(value: value), at: index)
        }
        let read = try StatusList(parsing: .object(list.object))
        #expect(read == list)
        for index in 0..<list.count {
            #expect(try read.status(at: index) == states[index] ?? .valid)
        }
    }

    @Test(arguments: [1, 2, 4, 8])
    func refusesIndexesOutsideAndValuesThatDoNotFit(_ bits: Int) throws {
        var list = StatusList(bits: bits, count: 16)
        #expect(list.count == 16)
        for index in [-1, 16, .max, .min] {
            #expect(throws: CredentialError.indexBeyondStatusList(index: index, count: 16)) {
                try list.status(at: index)
            }
            #expect(throws: CredentialError.self) { try list.set(.invalid, at: index) }
        }
        if bits < 8 {
            #expect(throws: CredentialError.self) {
                try list.set(.unknown(UInt8(1 << bits)), at: 0)
            }
        }
    }

    @Test func roundsUpToWholeBytes() {
        #expect(StatusList(bits: 2, count: 5).count == 8)
        #expect(StatusList(bits: 1, count: 0).count == 0)
    }

    @Test func namesTheValues() {
        let named: [Status] = [.valid, .invalid, .suspended, .replaced, .unknown(4), .unknown(255)]
        #expect([0, 1, 2, 3, 4, 255].map { Status(value: $0) } == named)
        #expect(named.map(\.value) == [0, 1, 2, 3, 4, 255])
    }

    @Test func boundsWhatItExpandsTo() throws {
        let most = try StatusList(
            bits: 8, bytes: [UInt8](repeating: 0, count: StatusList.sizeLimit))
        #expect(try StatusList(parsing: .object(most.object)).count == StatusList.sizeLimit)
        // Two megabytes more, in a text of a few kilobytes.
        #expect(throws: CredentialError.statusListTooLarge(limit: StatusList.sizeLimit)) {
            try StatusList(bits: 8, bytes: most.bytes + [0])
        }
    }

    @Test(arguments: [
        #"{}"#, #"{"bits":3,"lst":"eNrbuRgAAhcBXQ"}"#, #"{"bits":"1","lst":"eNrbuRgAAhcBXQ"}"#,
        #"{"bits":1}"#, #"{"bits":1,"lst":""}"#, #"{"bits":1,"lst":"eNrbuRgAAhcBXQ=="}"#,
        // Cut, damaged in the checksum, followed by a byte, without the zlib header.
        #"{"bits":1,"lst":"eNrbuRgAAhcB"}"#, #"{"bits":1,"lst":"eNrbuRgAAhcBXg"}"#,
        #"{"bits":1,"lst":"eNrbuRgAAhcBXQA"}"#, #"{"bits":1,"lst":"27kYAA"}"#,
    ])
    func refuses(_ text: String) throws {
        let value = try JSONValue(parsing: text)
        let error = #expect(throws: CredentialError.self) { try StatusList(parsing: value) }
        #expect(error?.code == "malformed-status-list")
    }
}

@Suite("Status list tokens")
struct StatusListTokenTests {
    let sample = SampleAward()
    let reference = StatusReference(uri: "urn:concord:status:1", index: 9)

    func token(expires: Timestamp? = nil) throws -> StatusListToken {
        var list = StatusList(bits: 2, count: 131_072)
        try list.set(.suspended, at: 9)
        try list.set(.replaced, at: 131_071)
        return StatusListToken.signed(
            list, subject: reference.uri, at: SampleAward.now, expires: expires,
            timeToLive: 43_200, by: sample.issuer)
    }

    @Test func readsWhatItSigned() throws {
        let token = try token(expires: SampleAward.now + 100)
        let read = try StatusListToken(parsing: token.serialized)
        try read.verify(with: sample.issuer.verificationKey)
        #expect(read == token)
        #expect(read.serialized.count < 1_000)
        #expect(try read.status(of: reference, at: SampleAward.now) == .suspended)
        #expect(
            try read.status(
                of: StatusReference(uri: reference.uri, index: 131_071), at: SampleAward.now)
                == .replaced)
    }

    @Test func saysNothingAboutOtherListsIndexesAndTimes() throws {
        let token = try token(expires: SampleAward.now + 100)
        let cases: [(StatusReference, Int64, String)] = [
            (StatusReference(uri: "urn:other", index: 9), 0, "wrong-status-list-subject"),
            (StatusReference(uri: reference.uri, index: 131_072), 0, "status-index-beyond-list"),
            (reference, 100, "expired"),
        ]
        for (reference, seconds, code) in cases {
            let error = #expect(throws: CredentialError.self) {
                try token.status(of: reference, at: SampleAward.now + seconds)
            }
            #expect(error?.code == code)
        }
    }

    @Test func refusesAnotherType() {
        let jwt = JSONWebSignature.signed(
            header: ["typ": "JWT"], payload: "{}".bytes, by: sample.issuer)
        let error = #expect(throws: CredentialError.self) {
            try StatusListToken(parsing: jwt.compact)
        }
        #expect(error?.code == "wrong-type")
    }

    @Test(arguments: [
        "{}", #"{"status_list":{}}"#, #"{"status_list":{"idx":-1,"uri":"u"}}"#,
        #"{"status_list":{"idx":"1","uri":"u"}}"#, #"{"status_list":{"idx":1,"uri":""}}"#,
        #"{"status_list":{"idx":1,"uri":"a b"}}"#, #"{"status_list":{"idx":268435456,"uri":"u"}}"#,
        "7",
    ])
    func refusesReference(_ text: String) throws {
        let value = try JSONValue(parsing: text)
        #expect(throws: CredentialError.self) { try StatusReference(parsing: value) }
    }
}
