import Credentials
import Encoding
import Registry
import TestSupport
import Testing
import TransparencyLog
import Verification

@Suite struct SignedRequestTests {
    private static let now = SampleNetwork.now

    static func made(by name: String = "employer") throws -> SignedRequest {
        var generator = SeededGenerator(seed: 41)
        let signer = try SampleKeys.signer(name)
        return try SignedRequest(
            PresentationRequest(
                audience: SignedRequest.audience(of: signer.verifier), expires: now + 600,
                ask: ["birthdate"], using: &generator), by: signer)
    }

    @Test func readsWhatItWrites() throws {
        let request = try Self.made()
        #expect(try SignedRequest(parsing: request.serialized) == request)
        #expect(request.content.audience.hasPrefix("concord:"))
    }

    private func members() throws -> JSONObject {
        try #require(try JSONValue(parsing: Self.made().serialized).object)
    }

    private func refusal(_ object: JSONObject) throws -> VerificationError? {
        #expect(throws: VerificationError.self) {
            try SignedRequest(parsing: JSONValue.object(object).serialized)
        }
    }

    @Test func refusesTheKeyOfAnother() throws {
        var object = try members()
        object["key"] = .string(try SampleKeys.signer("thief").verifier.description)
        #expect(try refusal(object) == .requestNotSigned)
    }

    /// Somebody who passes the request of another on, signed anew, has another audience.
    @Test func refusesARequestSignedByAnother() throws {
        let thief = try SampleKeys.signer("thief")
        let text = String(decoding: try Self.made().content.serialized, as: UTF8.self)
        let note = try SignedNote(text: text, signatures: [thief.sign(text)])
        let object: JSONObject = [
            "request": .string(String(decoding: note.serialized, as: UTF8.self)),
            "key": .string(thief.verifier.description),
        ]
        #expect(try refusal(object) == .requestNotSigned)
    }

    @Test func refusesASecondSignature() throws {
        let thief = try SampleKeys.signer("thief")
        var object = try members()
        let note = try SignedNote(
            parsing: Array(try #require(object["request"]?.string).utf8))
        let both = note.adding(thief.sign(note.text))
        object["request"] = .string(String(decoding: both.serialized, as: UTF8.self))
        #expect(try refusal(object) == .requestNotSigned)
    }

    @Test func refusesEveryChangedLetter() throws {
        let bytes = try Self.made().serialized
        var generator = SeededGenerator(seed: 42)
        for position in bytes.indices {
            var changed = bytes
            let letter = UInt8.random(in: 0x21...0x7E, using: &generator)
            changed[position] = letter == bytes[position] ? letter ^ 1 : letter
            if let read = try? SignedRequest(parsing: changed) {
                // White space between the members may be another.
                #expect(read == (try Self.made()), "byte \(position)")
            }
        }
    }

    @Test func refusesUnknownMembers() throws {
        var object = try members()
        object["name"] = "Ministry of Labour"
        #expect(try refusal(object) != nil)
    }
}

@Suite struct AskerTests {
    private func states() throws -> (ph: LogState, de: LogState) {
        let (network, _) = try SampleNetwork.standard()
        return (try network.ph.state(), try network.de.state())
    }

    @Test func namesAnAuthorityAsItsRootWroteIt() throws {
        let de = try states().de
        let asker = try #require(
            Asker(
                try SampleKeys.signer("de.ihk").verifier, in: de, of: "DE", on: .day("2026-11-23")))
        #expect(asker.name == "Authority de.ihk")
        #expect(asker.country == "DE")
    }

    @Test func namesAnAccreditedBodyWhileItIs() throws {
        let ph = try states().ph
        let key = try SampleKeys.signer(SampleNetwork.body).verifier
        #expect(
            Asker(key, in: ph, of: "PH", on: try .day("2026-11-23"))?.name == "Centre ph.centre")
        #expect(Asker(key, in: ph, of: "PH", on: try .day("2018-01-01")) == nil)
    }

    /// A name that the key gives itself is nobody's.
    @Test func doesNotKnowAKeyUnderAnothersName() throws {
        let de = try states().de
        let impostor = try SampleKeys.signer("de.ihk", seed: "impostor").verifier
        #expect(Asker(impostor, in: de, of: "DE", on: try .day("2026-11-23")) == nil)
    }

    @Test func doesNotTakeALogsOwnKeysForAskers() throws {
        let de = try states().de
        let day = try CalendarDate.day("2026-11-23")
        #expect(Asker(de.pin.root, in: de, of: "DE", on: day) == nil)
        #expect(
            Asker(try SampleKeys.signer("hold-a").verifier, in: de, of: "DE", on: day) == nil)
    }
}
