import Encoding
import TestSupport
import Testing

@Suite(
    .enabled(if: ConformanceVectors.has("json-parsing"), "no vectors for json-parsing"))
struct JSONParserVectorTests {
    @Test(arguments: try ConformanceVectors.paths(in: "json-parsing", endingWith: ".json"))
    func givesTheVerdictOfTheSuite(_ path: String) throws {
        let bytes = try ConformanceVectors.bytes(path)
        let result = Result { () throws(ParsingError) in try JSONValue(parsing: bytes) }
        switch path.split(separator: "/").last?.prefix(2) {
        case "y_":
            // RFC 8259 leaves a second member of one name open; here it is refused.
            if case .failure(let error) = result {
                guard case .duplicateMember = error else {
                    Issue.record("refused: \(error)")
                    return
                }
            }
        case "n_": #expect(throws: ParsingError.self) { try result.get() }
        default: break  // Either verdict will do, as long as there is one.
        }
        if case .success(let value) = result {
            #expect(try JSONValue(parsing: value.serialized) == value)
            #expect(try JSONValue(parsing: value.indented) == value)
        }
    }
}

@Suite struct JSONParserTests {
    private func error(_ text: String, limits: JSONLimits = JSONLimits()) -> ParsingError? {
        do throws(ParsingError) {
            _ = try JSONValue(parsing: text, limits: limits)
            return nil
        } catch { return error }
    }

    @Test func keepsMembersInTheirOrder() throws {
        let value = try JSONValue(parsing: #"{"b":1,"a":[true,null,"x"],"":{}}"#)
        #expect(value.object?.members.map(\.name) == ["b", "a", ""])
        #expect(value.object?["a"] == [true, .null, "x"])
        #expect(value.object?["c"] == nil)
    }

    @Test func tellsNamesApartThatDifferByNormalisationOnly() throws {
        let composed = "caf\u{E9}"
        let decomposed = "cafe\u{301}"
        let value = try JSONValue(parsing: "{\"\(composed)\":1,\"\(decomposed)\":2}")
        #expect(value.object?[composed] == 1)
        #expect(value.object?[decomposed] == 2)
        #expect(JSONValue.string(composed) != .string(decomposed))
        let one: JSONValue = .object(JSONObject([.init(composed, 1)]))
        #expect(one != .object(JSONObject([.init(decomposed, 1)])))
    }

    @Test(arguments: [0, 1, 14, 15, 16, 17, 40])
    func refusesASecondMemberOfOneName(_ others: Int) {
        let members = (0..<others).map { "\"m\($0)\":\($0)" }
        for place in 0...others {
            var text = members
            text.insert(#""twice":1"#, at: place)
            #expect(error("{" + text.joined(separator: ",") + "}") == nil)
            text.append(#""tw\u0069ce":2"#)
            let start = text.dropLast().joined(separator: ",").utf8.count + 2
            let found = error("{" + text.joined(separator: ",") + "}")
            #expect(found == .duplicateMember(at: start))
        }
    }

    @Test func readsManyMembersUpToTheirLimit() {
        func object(_ count: Int) -> String {
            "{" + (0..<count).map { "\"m\($0)\":0" }.joined(separator: ",") + "}"
        }
        #expect(error(object(4_096)) == nil)
        #expect(error(object(4_097))?.description.contains("at most 4096 members") == true)
    }

    @Test func boundsTheDepth() {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(error(nested(32)) == nil)
        #expect(error(nested(33)) == .tooDeep(limit: 32, at: 32))
        #expect(error(nested(3), limits: JSONLimits(depth: 2)) == .tooDeep(limit: 2, at: 2))
        #expect(error("[[],[],[]]", limits: JSONLimits(depth: 2)) == nil)
        #expect(
            error(#"{"a":{"a":{}}}"#, limits: JSONLimits(depth: 2)) == .tooDeep(limit: 2, at: 10))
        #expect(error(String(repeating: "[", count: 1 << 20)) == .tooDeep(limit: 32, at: 32))
    }

    @Test func boundsTheSize() {
        #expect(error("[]  ", limits: JSONLimits(size: 4)) == nil)
        #expect(error("[]   ", limits: JSONLimits(size: 4)) == .tooLarge(limit: 4, found: 5))
        let large = String(repeating: " ", count: 1 << 20) + "1"
        #expect(error(large) == .tooLarge(limit: 1 << 20, found: (1 << 20) + 1))
    }

    @Test func keepsTheTextOfWhatIsNoInteger() throws {
        #expect(try JSONValue(parsing: "9223372036854775807") == .integer(.max))
        #expect(try JSONValue(parsing: "-9223372036854775808") == .integer(.min))
        #expect(try JSONValue(parsing: "9223372036854775808") == .decimal("9223372036854775808"))
        #expect(try JSONValue(parsing: "-0") == .decimal("-0"))
        #expect(try JSONValue(parsing: "1.50") == .decimal("1.50"))
        #expect(try JSONValue(parsing: "1E+2") == .decimal("1E+2"))
        #expect(try JSONValue(parsing: "1.0") != .integer(1))
    }

    @Test func readsEscapes() throws {
        let text = #""\"\\\/\b\f\n\r\t\u0041\u00e9\u20AC\ud83d\ude00é""#
        #expect(try JSONValue(parsing: text) == "\"\\/\u{8}\u{C}\n\r\tA\u{E9}€😀é")
        #expect(try JSONValue(parsing: #""\u0000""#) == "\0")
    }

    @Test func readsBytesThatDoNotLieInOnePiece() throws {
        let bytes = Array(#" {"a": [1, 2]} "#.utf8)
        #expect(try JSONValue(parsing: AnyCollection(bytes)) == ["a": [1, 2]])
        #expect(try JSONValue(parsing: bytes.dropFirst().dropLast()) == ["a": [1, 2]])
    }

    @Test(arguments: [
        ("", "expected a value, found the end of the text at byte 0"),
        ("\u{FEFF}1", "expected a value, found byte 0xef at byte 0"),
        ("[1,]", "expected a value, found \"]\" at byte 3"),
        ("[1 2]", "expected a comma or a closing bracket, found \"2\" at byte 3"),
        (#"{"a":1,}"#, "expected a member name, found \"}\" at byte 7"),
        (#"{"a" 1}"#, "expected a colon, found \"1\" at byte 5"),
        (#"{"a":1"#, "expected a comma or a closing brace, found the end of the text at byte 6"),
        (
            #"{"a":1,"a":2}"#,
            "expected each member once, found a second one of the same name at byte 7"
        ),
        ("[01]", "expected a comma or a closing bracket, found \"1\" at byte 2"),
        ("1.", "expected a digit, found the end of the text at byte 2"),
        ("+1", "expected a value, found \"+\" at byte 0"),
        ("1 1", "expected the end of the text, found \"1\" at byte 2"),
        ("\"\u{1}\"", "expected no control character in a string, found byte 0x01 at byte 1"),
        (#""\x""#, "expected an escape of JSON, found \"x\" at byte 2"),
        (#""\ud800""#, "expected the second half of a surrogate pair, found \"\"\" at byte 7"),
        (#""\udc00""#, "expected a character, found \"\"\" at byte 7"),
        (#""\u12G4""#, "expected a hexadecimal digit, found \"G\" at byte 5"),
        ("nul", "expected a value, found \"n\" at byte 0"),
        ("\"a", "expected a closing quotation mark, found the end of the text at byte 2"),
    ])
    func saysWhatItExpected(_ text: String, _ message: String) {
        #expect(error(text)?.description == message)
    }

    @Test(arguments: [
        [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
        [0x22, 0x5C, 0x6E, 0xE2, 0x82, 0x22], [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
    ])
    func refusesTextThatIsNotUTF8(_ bytes: [UInt8]) {
        #expect(throws: ParsingError.notUTF8(at: 1)) { try JSONValue(parsing: bytes) }
    }

    @Test func survivesEveryTruncationAndEveryChangedByte() throws {
        let text = #"{"a":[1,-2.5e3,"x\u00e9\n","é"],"b":{"c":null,"d":true},"e":false}"#
        let bytes = Array(text.utf8)
        for length in bytes.indices {
            #expect(throws: ParsingError.self) { try JSONValue(parsing: bytes[..<length]) }
        }
        for place in bytes.indices {
            for byte in UInt8.min ... .max {
                var changed = bytes
                changed[place] = byte
                guard let value = try? JSONValue(parsing: changed) else { continue }
                if try JSONValue(parsing: value.serialized) != value {
                    Issue.record("byte \(byte) at \(place) does not come back")
                }
            }
        }
    }
}
