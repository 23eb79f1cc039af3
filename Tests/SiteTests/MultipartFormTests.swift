import Testing

@testable import Site

@Suite struct MultipartFormTests {
    private static let type = "multipart/form-data; boundary=----B"
    private static let body = Array(
        """
        ------B\r
        Content-Disposition: form-data; name="destination"\r
        \r
        DE\r
        ------B\r
        Content-Disposition: form-data; name="text"\r
        \r
        \r
        ------B\r
        Content-Disposition: form-data; name="file"; filename="a.json"\r
        Content-Type: application/json\r
        \r
        {"a":\r
        "--B"}\r
        ------B--\r

        """.utf8)

    @Test func readsFieldsAndFile() throws {
        let form = try #require(MultipartForm(parsing: Self.body, contentType: Self.type))
        #expect(form.fields.map(\.name) == ["destination", "text", "file"])
        #expect(form["destination"]?.text == "DE")
        #expect(form["text"]?.bytes == [])
        #expect(form["file"]?.fileName == "a.json")
        #expect(form["file"]?.text == "{\"a\":\r\n\"--B\"}")
    }

    @Test func readsNothingThatIsCutOff() {
        let end = Self.body.count - 4
        for length in 0..<end {
            #expect(
                MultipartForm(parsing: Array(Self.body[..<length]), contentType: Self.type) == nil,
                "\(length) bytes")
        }
    }

    @Test(arguments: [
        "text/plain", "multipart/form-data", "multipart/form-data; boundary=",
        "multipart/form-data; boundary=other", "",
    ])
    func refusesAnotherType(_ type: String) {
        #expect(MultipartForm(parsing: Self.body, contentType: type) == nil)
    }

    @Test func refusesMoreFieldsThanAFormHas() {
        let field = "------B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n"
        let body = Array((String(repeating: field, count: 33) + "------B--\r\n").utf8)
        #expect(MultipartForm(parsing: body, contentType: Self.type) == nil)
    }
}
