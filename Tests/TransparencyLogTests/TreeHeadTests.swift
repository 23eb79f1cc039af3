import Cryptography
import TestSupport
import Testing
import TransparencyLog

@Suite struct TreeHeadTests {
    static let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="

    @Test(arguments: [
        "o\n0\n\(root)\n", "o\n20852163\n\(root)\n", "o p+q\n9223372036854775807\n\(root)\n",
        "o\n1\n\(root)\nextension\n", "o\n1\n\(root)\nextension\n \n",
    ]) func keepsTheTextByteForByte(text: String) throws {
        #expect(try TreeHead(parsing: text).text == text)
    }

    @Test(arguments: [
        "", "o\n", "o\n1\n", "o\n1\n\(root)", "\n1\n\(root)\n", "o\n\n\(root)\n",
        "o\n01\n\(root)\n", "o\n00\n\(root)\n", "o\n+1\n\(root)\n", "o\n-1\n\(root)\n",
        "o\n1 \n\(root)\n", "o\n 1\n\(root)\n", "o\n0x1\n\(root)\n", "o\n1e3\n\(root)\n",
        "o\n9223372036854775808\n\(root)\n", "o\n18446744073709551616\n\(root)\n",
        "o\n100000000000000000000\n\(root)\n", "o\n\u{661}\n\(root)\n",
        "o\n1\n\(root) \n", "o\n1\n\(root)\n\n", "o\n1\n\(root)\nx\n\n", "o\n1\n\(root)\nx",
        "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
        "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n", "o\n1\nCsUYapGGPo4=\n",
        "o\n1\nCsUYapGGPo4dkMgIAUqom_Xajj7h2fB2MPA3j2jxq2I=\n", "o\r\n1\r\n\(root)\r\n",
        "o\u{7}\n1\n\(root)\n",
    ]) func refusesOtherForms(text: String) {
        #expect(throws: LogError.self) { try TreeHead(parsing: text) }
    }

    @Test func refusesFieldsThatAreNoLines() {
        let root = MerkleTree.emptyRoot
        #expect(throws: LogError.self) { try TreeHead(origin: "", size: 0, root: root) }
        #expect(throws: LogError.self) { try TreeHead(origin: "a\nb", size: 0, root: root) }
        #expect(throws: LogError.self) { try TreeHead(origin: "a", size: 1 << 63, root: root) }
        for line in ["", "a\nb", "\u{0}"] {
            #expect(throws: LogError.self) {
                try TreeHead(origin: "a", size: 0, root: root, extensions: [line])
            }
        }
    }

    @Test func namesTheLineThatIsWrong() {
        let error = #expect(throws: LogError.self) { try TreeHead(parsing: "o\n007\nx\n") }
        #expect(
            error?.description
                == "not a checkpoint: expected the tree size in decimal, up to 2^63 - 1 in line 2")
    }
}
