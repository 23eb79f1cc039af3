import Node
import Testing

@testable import Site

/// What a page brings once more, so that it can be had in another language.
@Suite struct HandedOverTests {
    private static func form(_ text: String) throws -> HandedOver {
        try HandedOver(
            PageRequest(
                .post, path: "/check", contentType: "application/x-www-form-urlencoded",
                body: Array("destination=DE&occupation=&lang=ar&text=\(text)".utf8)))
    }

    @Test func bringsTheCertificateAndTheQuestionAgain() throws {
        let handed = try Self.form("x")
        #expect(handed.text("lang") == "ar")
        let again = handed.again(Array("{\"a\":\n 1}".utf8))
        #expect(again.map(\.name) == ["destination", "text"])
        #expect(again.map(\.value) == ["DE", "{\"a\":\n 1}"])
    }

    @Test(arguments: [
        [UInt8](repeating: 0x41, count: (128 << 10) + 1), [0x41, 0x00], [0xFF, 0xFE], [0x7F],
    ])
    func bringsNothingThatAFormWouldChangeOrIsTooLong(_ certificate: [UInt8]) throws {
        #expect(try Self.form("x").again(certificate).isEmpty)
    }
}
