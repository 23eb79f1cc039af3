import Cryptography
import Foundation
import TestSupport
import Testing
import TransparencyLog

@Suite struct LogProofTests {
    private static let leaves = SampleLog.leaves(7)

    private func proof(_ index: Int = 4, extra: [UInt8]? = [1, 2]) throws -> LogProof {
        try LogProof(
            index: UInt64(index), hashes: ReferenceTree(Self.leaves).path(index), extra: extra,
            checkpoint: SampleLog.checkpoint(Self.leaves).note)
    }

    @Test func writesAndReadsItsFile() throws {
        for extra: [UInt8]? in [nil, [], [1, 2, 3]] {
            let proof = try proof(extra: extra)
            let read = try LogProof(parsing: proof.serialized)
            #expect(read == proof)
            #expect(read.extra == extra)
            #expect(read.serialized == proof.serialized)
        }
        let text = String(decoding: try proof().serialized, as: UTF8.self)
        #expect(text.hasPrefix("c2sp.org/tlog-proof@v1\nextra AQI=\nindex 4\n"))
    }

    @Test func verifiesTheLeafUnderTheLogsKey() throws {
        let key = try SampleLog.signer(1).verifier
        for index in Self.leaves.indices {
            let checkpoint = try proof(index).verify(leaf: Self.leaves[index], signedBy: key)
            #expect(checkpoint.head.size == 7)
            #expect(throws: LogError.rootMismatch(size: 7)) {
                try proof(index).verify(leaf: MerkleTree.leafHash([]), signedBy: key)
            }
        }
        #expect(throws: LogError.noKnownSignature) {
            try proof().verify(leaf: Self.leaves[4], signedBy: try SampleLog.signer(2).verifier)
        }
    }

    @Test func refusesEveryFlippedByte() throws {
        let key = try SampleLog.signer(1).verifier
        let bytes = try proof(extra: nil).serialized
        for index in bytes.indices {
            for bit: UInt8 in [1, 0x20, 0x80] {
                #expect(throws: LogError.self, "\(index)") {
                    let read = try LogProof(parsing: bytes.flipped(at: index, bit: bit))
                    _ = try read.verify(leaf: Self.leaves[4], signedBy: key)
                }
            }
        }
    }

    @Test func refusesOtherForms() throws {
        let text = String(decoding: try proof().serialized, as: UTF8.self)
        let changes = [
            ("@v1", "@v2"), ("index 4", "index 04"), ("index 4", "index  4"),
            ("index 4", "Index 4"), ("index 4", "index 9223372036854775808"),
            ("index 4", "index 7"), ("extra AQI=\n", "extra AQI\n"), ("extra AQI=\n", "extra\n"),
            ("extra AQI=\n", "extra AQI=\nextra AQI=\n"), ("index 4\n", "index 4\n\n"),
            ("index 4\n", ""), ("index 4\n", "index 4\nAAAA\n"), ("c2sp", " c2sp"),
            ("\n\n\(SampleLog.origin)", "\n\(SampleLog.origin)"),
        ]
        for (old, new) in changes {
            let range = try #require(text.range(of: old))
            let changed = text.replacingCharacters(in: range, with: new)
            #expect(throws: LogError.self, "\(old) \(new)") {
                try LogProof(parsing: Array(changed.utf8))
            }
        }
        #expect(throws: LogError.self) { try LogProof(parsing: []) }
        #expect(throws: LogError.self) {
            try LogProof(parsing: [UInt8](repeating: 0x0A, count: LogProof.byteLimit + 1))
        }
        let note = try proof().checkpoint
        #expect(throws: LogError.indexBeyondSize(index: 7, size: 7)) {
            try LogProof(index: 7, hashes: [], checkpoint: note)
        }
        #expect(throws: LogError.tooManyHashes(.logProof, limit: 63)) {
            try LogProof(
                index: 0, hashes: Array(repeating: Self.leaves[0], count: 64), checkpoint: note)
        }
    }
}
