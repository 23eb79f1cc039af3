import Cryptography
import Encoding
import Registry
import TestSupport
import Testing
import TransparencyLog

@Suite struct EntryTests {
    /// The text of an entry, with the given members in place of the honest ones, signed.
    static func bytes(
        _ changes: JSONObject = [:], act: String = #"{"country":"PH","names":{"en":"Sample"}}"#,
        raw: ((String) -> String) = { $0 }
    ) throws -> [UInt8] {
        var members: JSONObject = [
            "type": "entry", "id": "00112233445566778899aabbccddeeff",
            "origin": "sample.example/ph/1", "kind": "country", "critical": true, "by": "PH-root",
            "subjects": ["PH"],
        ]
        for member in changes.members { members[member.name] = member.value }
        members["act"] = try JSONValue(parsing: act)
        let text = raw(String(decoding: JSONValue.object(members).serialized, as: UTF8.self)) + "\n"
        return try SignedNote(text: text, signatures: [SampleKeys.signer("PH-root").sign(text)])
            .serialized
    }

    @Test func readsAnHonestEntry() throws {
        let entry = try RegistryEntry(parsing: EntryTests.bytes())
        guard case .country(let profile) = entry.act else { throw SampleError.noFile }
        #expect(profile.country == "PH")
        #expect(entry.envelope.subjects == ["PH"])
        #expect(try entry.serialized == EntryTests.bytes())
    }

    @Test(
        arguments: [
            ["type": "extract"], ["type": "receipt"], ["type": "request"], ["type": 1],
            ["id": "0011"], ["id": "00112233445566778899AABBCCDDEEFF"], ["origin": ""],
            ["origin": "a b"], ["origin": "ä"], ["kind": ""], ["critical": "yes"], ["by": ""],
            ["subjects": []], ["subjects": ["PH", "PH"]], ["subjects": [1]], ["subjects": ["P H"]],
            ["subjects": "PH"],
        ] as [JSONObject])
    func refusesAnEnvelopeOfAnotherForm(_ change: JSONObject) throws {
        let bytes = try EntryTests.bytes(change)
        #expect(throws: RegistryError.self) { try RegistryEntry(parsing: bytes) }
    }

    @Test(arguments: ["type", "id", "origin", "kind", "critical", "by", "subjects", "act"])
    func refusesAnEntryWithoutAMember(_ name: String) throws {
        let bytes = try EntryTests.bytes(raw: { text in
            guard case .object(var object) = try? JSONValue(parsing: text) else { return text }
            object[name] = nil
            return String(decoding: JSONValue.object(object).serialized, as: UTF8.self)
        })
        #expect(throws: RegistryError.self) { try RegistryEntry(parsing: bytes) }
    }

    @Test func refusesAMemberTwice() throws {
        let bytes = try EntryTests.bytes(raw: { #"{"type":"entry","# + $0.dropFirst() })
        #expect(throws: RegistryError.self) { try RegistryEntry(parsing: bytes) }
    }

    @Test(arguments: ["1.5", "1e3", "12345678901234567890"])
    func refusesNumbersThatAreNotIntegersOf64Bits(_ number: String) throws {
        let bytes = try EntryTests.bytes(
            act: #"{"country":"PH","names":{"en":"Sample"},"x-n":\#(number)}"#)
        #expect(throws: RegistryError.self) { try RegistryEntry(parsing: bytes) }
    }

    @Test func refusesWhatFollowsTheObject() throws {
        let bytes = try EntryTests.bytes(raw: { $0 + "{}" })
        #expect(throws: RegistryError.self) { try RegistryEntry(parsing: bytes) }
    }

    @Test func takesAnUnknownMemberForAnUnknownAct() throws {
        for bytes in [
            try EntryTests.bytes(["new": 1]),
            try EntryTests.bytes(act: #"{"country":"PH","names":{"en":"S"},"new":1}"#),
            try EntryTests.bytes(["kind": "shortage-list"], act: "{}"),
        ] {
            guard case .unknown = try RegistryEntry(parsing: bytes).act else {
                Issue.record("expected an unknown act")
                continue
            }
        }
    }

    @Test func passesOverMembersThatBeginWithX() throws {
        let bytes = try EntryTests.bytes(
            ["x-note": "a"], act: #"{"country":"PH","names":{"en":"S"},"x-note":1}"#)
        guard case .country = try RegistryEntry(parsing: bytes).act else {
            throw SampleError.noFile
        }
    }

    @Test func refusesAnActThatDoesNotListItsSubject() throws {
        let bytes = try EntryTests.bytes(["subjects": ["DE"]])
        #expect(throws: RegistryError.missingSubject(kind: "country", subject: "PH")) {
            try RegistryEntry(parsing: bytes)
        }
    }

    @Test func refusesMoreThan65535Bytes() throws {
        let empty = try EntryTests.bytes(
            act: #"{"country":"PH","names":{"en":"S"},"x-a":""}"#
        ).count
        for (count, isRead) in [(65_535, true), (65_536, false)] {
            let filler = String(repeating: "a", count: count - empty)
            let bytes = try EntryTests.bytes(
                act: #"{"country":"PH","names":{"en":"S"},"x-a":"\#(filler)"}"#)
            #expect(bytes.count == count)
            #expect(((try? RegistryEntry(parsing: bytes)) != nil) == isRead)
        }
    }

    @Test func refusesFlagsThatAreNotTrueOrFalse() throws {
        let hash = String(repeating: "0", count: 64)
        let bytes = try EntryTests.bytes(
            ["kind": "withdrawal"], act: #"{"act":"\#(hash)","annul":"yes","reason":"r"}"#)
        #expect(throws: RegistryError.self) { try RegistryEntry(parsing: bytes) }
    }

    @Test func refusesACompromiseWithoutAKey() throws {
        let bytes = try EntryTests.bytes(
            ["kind": "status-event"],
            act: #"{"event":"compromise","target":{"subject":"PH"},"sinceIndex":1,"reason":"r"}"#)
        #expect(throws: RegistryError.self) { try RegistryEntry(parsing: bytes) }
    }

    @Test func takesAnUnknownPredicateForAnUnknownAct() throws {
        let bytes = try EntryTests.bytes(
            ["kind": "equivalence", "subjects": ["isco:7212", "DE"]],
            act: #"{"jurisdiction":"DE","purposes":["title"],"target":{"occ":"7212"},"#
                + #""entry":[{"p":"horoscope"}],"effect":"right","since":"2025-01-01"}"#)
        guard case .unknown = try RegistryEntry(parsing: bytes).act else {
            throw SampleError.noFile
        }
    }

    @Test func knowsAnEntryByItsTextAlone() throws {
        let log = try SampleLog("PH")
        let one = try log.entry(
            "country", by: "PH-root", about: ["PH"], ["country": "PH", "names": ["en": "S"]])
        let more = try RegistryEntry(
            parsing: one.note.adding(SampleKeys.signer("other").sign(one.note.text)).serialized)
        #expect(one.identity == more.identity)
        #expect(one.serialized != more.serialized)
    }

    @Test func aFlippedBitNeverGivesOtherContentThatVerifies() throws {
        let key = try SampleKeys.signer("PH-root").verifier
        let bytes = try EntryTests.bytes()
        let honest = try RegistryEntry(parsing: bytes)
        for position in bytes.indices {
            for bit in 0..<8 {
                var changed = bytes
                changed[position] ^= 1 << bit
                guard let entry = try? RegistryEntry(parsing: changed),
                    entry.note.isSigned(by: key)
                else { continue }
                #expect(entry.identity == honest.identity, "bit \(bit) of byte \(position)")
            }
        }
    }

    @Test func makesOnlyWhatItCanRead() throws {
        let log = try SampleLog("PH")
        #expect(throws: RegistryError.self) {
            try log.entry("shortage-list", by: "PH-root", about: ["PH"], [:])
        }
        #expect(throws: RegistryError.self) {
            try log.entry("country", by: "PH-root", about: ["PH"], ["country": "PH"])
        }
    }
}
