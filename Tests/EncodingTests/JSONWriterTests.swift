import Encoding
import Testing

@Suite struct JSONWriterTests {
    @Test func writesCompactly() {
        let value: JSONValue = [
            "b": [1, .null, true, false, .decimal("1.50")], "a": ["": [], "x": [:]],
        ]
        let text = String(decoding: value.serialized, as: UTF8.self)
        #expect(text == #"{"b":[1,null,true,false,1.50],"a":{"":[],"x":{}}}"#)
    }

    @Test func escapesOnlyWhatItMust() {
        let value: JSONValue = "\"\\/\u{8}\n\r\u{1F}\u{7F}é😀\u{2028}"
        let text = String(decoding: value.serialized, as: UTF8.self)
        #expect(text == "\"\\\"\\\\/\\u0008\\n\\u000d\\u001f\u{7F}é😀\u{2028}\"")
    }

    @Test func readsBackEveryCharacterBelow800() throws {
        for code in UInt32(0)..<0x800 {
            let scalar = try #require(Unicode.Scalar(code))
            let value: JSONValue = .string("a\(Character(scalar))b")
            #expect(try JSONValue(parsing: value.serialized) == value)
        }
    }

    @Test func writesLinesForPeople() {
        let value: JSONValue = [
            "name": "x", "flat": [1, 2], "empty": [], "none": [:], "deep": [["a": 1], ["b": [2]]],
        ]
        #expect(
            value.indented == """
                {
                  "name": "x",
                  "flat": [1,2],
                  "empty": [],
                  "none": {},
                  "deep": [
                    {
                      "a": 1
                    },
                    {
                      "b": [2]
                    }
                  ]
                }

                """)
    }
}
