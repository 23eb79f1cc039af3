import Encoding
import Foundation
import Testing
import TransparencyLog

/// What `Protocol/log.md` shows, it can also show to the code.
@Suite struct SpecificationTests {
    /// The fenced blocks of the specification, each with its final newline.
    private func examples() throws -> [String] {
        let path = "../../Protocol/log.md"
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: path)
        let text = try String(contentsOf: url, encoding: .utf8)
        return text.components(separatedBy: "\n```").enumerated()
            .filter { !$0.offset.isMultiple(of: 2) }
            .map { String($0.element.drop { $0 != "\n" }.dropFirst()) + "\n" }
    }

    @Test func opensTheCheckpointOfTheSpecification() throws {
        let blocks = try examples()
        let keys = try blocks[1].split(separator: "\n").map { try NoteKey(parsing: String($0)) }
        try #require(keys.count == 3)
        let note = try SignedNote(parsing: Array(blocks[0].utf8))
        let checkpoint = try Checkpoint(opening: note, signedBy: keys[0])
        let leaves = ["a mandate", "an accreditation", "a recognition"]
            .map { MerkleTree.leafHash(Array($0.utf8)) }
        #expect(checkpoint.head.root == MerkleTree.root(of: leaves))
        let policy = try WitnessPolicy.requiring(
            2, of: keys.dropFirst().map { ($0.name, $0, nil) })
        let times = policy.cosignatureTimes(of: checkpoint)
        #expect(times.count == 2)
        #expect(policy.open(checkpoint)?.quorumTime == times.values.min())
    }

    @Test func statesTheQuorumsThatTheCodeComputes() throws {
        for (count, quorum) in zip([1, 2, 3, 4, 7, 13], [1, 2, 2, 3, 5, 9]) {
            #expect(WitnessPolicy.quorum(for: count) == quorum)
        }
    }
}
