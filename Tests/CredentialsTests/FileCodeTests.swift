import Credentials
import Encoding
import TestSupport
import Testing

@Suite struct FileCodeTests {
    @Test func carriesAFile() throws {
        let bytes = Array("{\"credential\":\"eyJ...\"}".utf8)
        let code = try FileCode(bytes)
        #expect(code.text.hasPrefix("FILE:CONCORD1:"))
        for end in ["", "\n", "\r\n"] {
            #expect(try FileCode(parsing: Array((code.text + end).utf8)) == code)
        }
        #expect(FileCode.isClaimed(by: code.text.utf8))
        #expect(!PaperCode.isClaimed(by: code.text.utf8))
    }

    @Test func namesTheSizeOfWhatIsTooLarge() {
        var generator = SeededGenerator(seed: 9)
        let bytes = (0..<2_900).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        let error = #expect(throws: CredentialError.self) { try FileCode(bytes) }
        guard case .tooLarge(.fileCode, 4_296, let found) = error else {
            Issue.record("expected the limit and the size, found \(String(describing: error))")
            return
        }
        #expect(found > 4_296)
    }

    /// A small stream may expand for ever.
    @Test func boundsWhatItExpandsTo() throws {
        #expect(throws: CredentialError.self) {
            try FileCode([UInt8](repeating: 0x20, count: 65_537))
        }
        let most = try FileCode([UInt8](repeating: 0x20, count: 65_536))
        #expect(try FileCode(parsing: Array(most.text.utf8)).bytes.count == 65_536)
    }

    @Test(arguments: [
        "", "FILE:CONCORD1:", "FILE:CONCORD2:BB8", "FILE:CONCORD1:BB8", "FILE:CONCORD1:bb8",
        "CONCORD1:BB8", "https://sample.example/",
    ])
    func refusesWhatIsNoCode(_ text: String) {
        let error = #expect(throws: CredentialError.self) {
            try FileCode(parsing: Array(text.utf8))
        }
        #expect(error?.code == "malformed-file-code")
    }

    @Test func refusesEveryChange() throws {
        let text = Array(try FileCode(Array("{\"a\":[1,2,3,4,5,6,7,8]}".utf8)).text.utf8)
        for place in text.indices {
            var changed = text
            changed[place] = changed[place] == UInt8(ascii: "0") ? 0x31 : 0x30
            #expect(throws: CredentialError.self) { try FileCode(parsing: changed) }
        }
    }
}
