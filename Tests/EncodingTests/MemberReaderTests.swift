import Encoding
import Testing

@Suite struct MemberReaderTests {
    private let value: JSONValue = [
        "text": "x", "number": 7, "flag": true, "date": "2026-11-23", "list": ["a", "b"],
        "mixed": ["a", 1], "inner": ["deep": 1], "inners": [["deep": 1], ["deep": 2]],
        "nothing": .null, "x-note": 1,
    ]

    private func message(
        at path: String = "act", _ read: (inout MemberReader) throws -> Void
    ) -> String? {
        do {
            var reader = try MemberReader(value, at: path)
            try read(&reader)
            return nil
        } catch { return "\(error)" }
    }

    @Test func readsEveryType() throws {
        var reader = try MemberReader(value, at: "")
        #expect(try reader.string("text") == "x")
        #expect(try reader.integer("number") == 7)
        #expect(try reader.bool("flag"))
        #expect(try reader.date("date") == CalendarDate(parsing: "2026-11-23"))
        #expect(try reader.strings("list") == ["a", "b"])
        #expect(try reader.array("mixed") == ["a", 1])
        var inner = try reader.reader("inner")
        #expect(try inner.integer("deep") == 1)
        try inner.finish()
        let deeps = try reader.readers("inners").map { each in
            var each = each
            return try each.integer("deep")
        }
        #expect(deeps == [1, 2])
        var paths: [String] = []
        try reader.forEachReader("inners") { paths.append($0.path) }
        try reader.forEachReader("absent") { paths.append($0.path) }
        #expect(paths == ["inners[0]", "inners[1]"])
        #expect(reader.optionalValue("nothing") == .null)
        #expect(reader.optionalValue("absent") == nil)
        try reader.finish()
    }

    @Test func readsAbsentMembersAsNil() throws {
        var reader = MemberReader(JSONObject(), at: "")
        #expect(try reader.optionalString("a") == nil)
        #expect(try reader.optionalInteger("a") == nil)
        #expect(try reader.optionalDate("a") == nil)
        #expect(try reader.optionalStrings("a") == nil)
        #expect(try reader.optionalReader("a") == nil)
    }

    @Test func noticesWhatNobodyRead() throws {
        var reader = try MemberReader(value, at: "act")
        for name in ["text", "number", "flag", "date", "list", "mixed", "inner"] {
            _ = try reader.value(name)
        }
        #expect(reader.unknownMembers == ["inners", "nothing"])
        _ = try reader.value("nothing")
        #expect(throws: ParsingError.unknownMember(path: "act.inners")) { try reader.finish() }
    }

    @Test func showsNoControlCharacterOfAStranger() {
        let name = "\u{1B}[2J" + String(repeating: "é", count: 50)
        let reader = MemberReader(JSONObject([.init(name, 1)]), at: "act")
        do throws(ParsingError) {
            try reader.finish()
            Issue.record("accepted")
        } catch {
            let shown = "?[2J" + String(repeating: "?", count: 36) + "..."
            #expect(
                error.description
                    == "found the member act.\(shown), which this version does not know")
        }
    }

    @Test func saysWhatIsMissing() {
        #expect(
            message { _ = try $0.string("absent") } == "expected the member act.absent, found none")
        #expect(
            message(at: "") { _ = try $0.string("absent") }
                == "expected the member absent, found none")
    }

    @Test func saysWhatHasTheWrongType() {
        #expect(
            message { _ = try $0.string("number") }
                == "expected a string at act.number, found an integer")
        #expect(
            message { _ = try $0.integer("text") }
                == "expected an integer at act.text, found a string")
        #expect(
            message { _ = try $0.bool("nothing") }
                == "expected true or false at act.nothing, found null")
        #expect(
            message { _ = try $0.strings("mixed") }
                == "expected a string at act.mixed[1], found an integer")
        #expect(
            message { _ = try $0.array("flag") } == "expected an array at act.flag, found a boolean"
        )
        #expect(
            message { _ = try $0.reader("list") }
                == "expected an object at act.list, found an array")
        #expect(
            message { _ = try $0.readers("list") }
                == "expected an object at act.list[0], found a string")
        #expect(
            message { _ = try $0.optionalString("nothing") }
                == "expected a string at act.nothing, found null")
        #expect(
            throws: ParsingError.wrongType(path: "the top", expected: "an object", found: "null")
        ) {
            try MemberReader(.null, at: "")
        }
    }

    @Test func saysWhatHasTheWrongForm() {
        #expect(
            message { _ = try $0.date("text") }
                == "expected a date such as 2026-11-23 at act.text")
        #expect(
            message { _ = try $0.integer("number", in: 1...6) }
                == "expected an integer from 1 to 6 at act.number")
        #expect(message { _ = try $0.integer("number", in: 1...7) } == nil)
    }
}
