import Encoding
import Testing

@Suite struct JSONValueTests {
    @Test func setsMembersInPlaceAtTheEndOrNot() {
        var object: JSONObject = ["a": 1, "b": 2]
        object["a"] = 3
        object["c"] = 4
        object["b"] = nil
        object["d"] = nil
        #expect(object == ["a": 3, "c": 4])
        #expect(object.members.map(\.name) == ["a", "c"])
    }

    @Test func comparesObjectsInTheirOrder() {
        let one: JSONValue = ["a": 1, "b": 2]
        #expect(one == ["a": 1, "b": 2])
        #expect(one != ["b": 2, "a": 1])
        #expect(Set([one, ["a": 1, "b": 2]]).count == 1)
    }

    @Test func namesItsKind() {
        let values: [JSONValue] = [.null, true, 1, .decimal("1.5"), "x", [], [:]]
        #expect(
            values.map(\.kind) == [
                "null", "a boolean", "an integer", "a number that is not a 64-bit integer",
                "a string", "an array", "an object",
            ])
        #expect(values.compactMap(\.bool) == [true])
        #expect(values.compactMap(\.integer) == [1])
        #expect(values.compactMap(\.string) == ["x"])
        #expect(values.compactMap(\.array) == [[]])
        #expect(values.compactMap(\.object) == [JSONObject()])
    }
}
