import Credentials
import Cryptography
import Encoding
import Foundation
import TestSupport
import Testing

/// What `Protocol/Vectors/paper` says of codes; and the example of `Protocol/paper.md`.
///
/// Codes are read, never written byte for byte: another zlib may compress otherwise.
@Suite struct PaperVectorTests {
    private static let path = RecordedVectors.root.appending(path: "paper/codes.json")

    private static func recorded() throws -> [JSONObject] {
        if ProcessInfo.processInfo.environment["RECORD_VECTORS"] != nil { try record() }
        let value = try JSONValue(parsing: Array(Data(contentsOf: path)))
        return try #require(value.array).compactMap(\.object)
    }

    private static func record() throws {
        let honest = try PaperCode(PaperCodeTests.file(6))
        let content = try PaperCodeTests.content(of: honest)
        var forged = content
        forged[10] ^= 1
        let cases: [(String, [UInt8])] = [
            ("an honest code", honest.text.bytes),
            ("the longest path", try PaperCode(PaperCodeTests.file(10)).text.bytes),
            (
                "a name in another script",
                try PaperCode(
                    PaperCodeTests.file(1, name: "ទេស្ទីណា ឧទាហរណ៍")
                ).text.bytes
            ),
            ("an end of line", "\(honest.text)\r\n".bytes),
            ("another signature reads, and verifies with no key", PaperCodeTests.code(of: forged)),
            ("cut", PaperCodeTests.code(of: content.dropLast(20))),
            ("followed by more", PaperCodeTests.code(of: content + [0])),
            ("small letters", honest.text.lowercased().bytes),
            ("another version", PaperCodeTests.code(of: content, version: "2")),
            ("a link", "https://sample.concord.example/verify/1".bytes),
            (
                "a number in more bytes than it needs",
                PaperCodeTests.code(of: content.prefix(64) + [0x80, 0] + content.dropFirst(64))
            ),
        ]
        let value = JSONValue.array(
            cases.map { comment, code in
                var object: JSONObject = [
                    "comment": .string(comment),
                    "code": .string(String(decoding: code, as: UTF8.self)),
                ]
                for member in outcome(of: code).members { object[member.name] = member.value }
                return .object(object)
            })
        try FileManager.default.createDirectory(
            at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(value.indented.utf8).write(to: path)
    }

    private static func outcome(of code: [UInt8]) -> JSONObject {
        do throws(CredentialError) {
            let file = try PaperCode(parsing: code).file
            return [
                "expect": "accepted",
                "file": .string(String(decoding: file.serialized, as: UTF8.self)),
            ]
        } catch { return ["expect": .string(error.code)] }
    }

    @Test func readAsTheySay() throws {
        let vectors = try Self.recorded()
        #expect(vectors.count == 11)
        for vector in vectors {
            let code = try #require(vector["code"]?.string)
            let outcome = Self.outcome(of: code.bytes)
            #expect(outcome["expect"] == vector["expect"], "\(vector["comment"]?.string ?? "")")
            #expect(outcome["file"] == vector["file"], "\(vector["comment"]?.string ?? "")")
        }
    }

    @Test func agreeWithTheExampleOfTheSpecification() throws {
        let page = try RecordedVectors.page("paper.md")
        let code = try #require(page.firstMatch(of: /\n(CONCORD1:[^\n]+)\n/)?.1)
        let honest = try PaperCode(parsing: code.utf8)
        #expect(page.contains("It has \(honest.byteCount) bytes before base 45"))
        #expect(
            page.contains(
                "without the path, \(honest.file.credential.serialized.count)."))
        let file = String(decoding: honest.file.serialized, as: UTF8.self)
        #expect(page.contains("```json\n\(file)```"))
    }
}
