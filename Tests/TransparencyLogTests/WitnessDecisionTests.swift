import Cryptography
import Encoding
import TestSupport
import Testing
import TransparencyLog

@Suite struct WitnessDecisionTests {
    private static let leaves = SampleLog.leaves(9)

    private func request(
        _ old: Int, _ new: Int, proof: [HashValue]? = nil, leaves: [HashValue] = leaves,
        signer: UInt8 = 1
    ) throws -> WitnessRequest {
        let tree = ReferenceTree(Array(leaves.prefix(new)))
        let head = try SampleLog.head(tree.leaves)
        let note = try SignedNote(
            text: head.text, signatures: [SampleLog.signer(signer).sign(head.text)])
        return try WitnessRequest(
            oldSize: UInt64(old),
            proof: proof ?? (old > 0 && old <= new ? tree.proof(old) : []), note: note)
    }

    private func decide(_ request: WitnessRequest, latest: Int?) throws -> WitnessDecision {
        let head = try latest.map { try SampleLog.head(Array(Self.leaves.prefix($0))) }
        let read = try WitnessRequest(parsing: request.serialized)
        #expect(read == request)
        let keys = [try SampleLog.signer(1).verifier, try SampleLog.signer(8, name: "x").verifier]
        return WitnessDecision.decide(read, keys: keys, latest: head)
    }

    @Test func cosignsWhatExtendsTheLatest() throws {
        for old in 0...9 {
            for new in max(old, 1)...9 {
                let request = try request(old, new)
                let decision = try decide(request, latest: old)
                guard case .cosign(let checkpoint) = decision else {
                    Issue.record("\(old) to \(new): \(decision)")
                    continue
                }
                #expect(checkpoint.note == request.note)
                #expect(decision.statusCode == 200)
            }
        }
        #expect(try decide(request(0, 0), latest: nil).statusCode == 200)
        #expect(try decide(request(0, 5), latest: nil).statusCode == 200)
    }

    @Test func answersEachFaultWithItsCode() throws {
        let branch = SampleLog.leaves(9, branch: "'", from: 2)
        let hash = Self.leaves[0]
        #expect(try decide(request(3, 5, signer: 2), latest: 3) == .badSignature)
        #expect(try decide(request(6, 5), latest: 6) == .oldSizeTooLarge)
        #expect(try decide(request(6, 5), latest: 3) == .oldSizeTooLarge)
        #expect(try decide(request(2, 5), latest: 3) == .conflict(size: 3))
        #expect(try decide(request(4, 5), latest: 3) == .conflict(size: 3))
        #expect(try decide(request(0, 5), latest: 3) == .conflict(size: 3))
        #expect(try decide(request(3, 5), latest: nil) == .conflict(size: 0))
        #expect(try decide(request(3, 3, leaves: branch), latest: 3) == .conflict(size: 3))
        #expect(
            try decide(request(3, 3, proof: [hash], leaves: branch), latest: 3)
                == .conflict(size: 3))
        #expect(try decide(request(3, 3, proof: [hash]), latest: 3) == .inconsistent)
        #expect(try decide(request(0, 5, proof: [hash]), latest: nil) == .inconsistent)
        #expect(try decide(request(3, 5, proof: []), latest: 3) == .inconsistent)
        #expect(try decide(request(3, 5, leaves: branch), latest: 3) == .inconsistent)
        #expect(try decide(request(3, 5, proof: [hash]), latest: 3) == .inconsistent)
        #expect(
            [
                .unknownLog, .badSignature, .oldSizeTooLarge, .conflict(size: 1), .inconsistent,
            ].map { (decision: WitnessDecision) in decision.statusCode }
                == [404, 403, 400, 409, 422])
    }

    @Test func knowsLogsByNameOfTheKeyAlone() throws {
        let request = try request(0, 5)
        #expect(WitnessDecision.decide(request, keys: [], latest: nil) == .unknownLog)
        for key in [
            try SampleLog.signer(1, name: "other").verifier,
            try SampleLog.signer(1, as: .cosignature).verifier,
        ] {
            #expect(WitnessDecision.decide(request, keys: [key], latest: nil) == .unknownLog)
        }
        let old = try SampleLog.signer(2).verifier
        let keys = [old, try SampleLog.signer(1).verifier]
        #expect(WitnessDecision.decide(request, keys: keys, latest: nil).statusCode == 200)
    }

    @Test func refusesAnEmptyTreeWithAnotherRoot() throws {
        let head = try TreeHead(
            origin: SampleLog.origin, size: 0, root: MerkleTree.leafHash([]))
        let note = try SignedNote(
            text: head.text, signatures: [SampleLog.signer(1).sign(head.text)])
        let request = try WitnessRequest(oldSize: 0, proof: [], note: note)
        #expect(try decide(request, latest: nil) == .inconsistent)
    }

    @Test func leavesLinesOfOthersOut() throws {
        let request = try request(0, 5)
        let forged = try SampleLog.witness(1).cosign(
            SampleLog.head(Self.leaves), at: Timestamp(seconds: 1))
        let more = try WitnessRequest(oldSize: 0, proof: [], note: request.note.adding(forged))
        guard case .cosign(let checkpoint) = try decide(more, latest: nil) else {
            Issue.record("not cosigned")
            return
        }
        #expect(checkpoint.note == request.note)
    }

    @Test func neverCosignsAfterAFlippedByte() throws {
        let latest = try SampleLog.head(Array(Self.leaves.prefix(3)))
        let keys = [try SampleLog.signer(1).verifier]
        let bytes = try request(3, 7).serialized
        for index in bytes.indices {
            for bit: UInt8 in [1, 0x20, 0x80] {
                guard
                    let request = try? WitnessRequest(
                        parsing: bytes.flipped(at: index, bit: bit))
                else { continue }
                let decision = WitnessDecision.decide(request, keys: keys, latest: latest)
                #expect(decision.statusCode != 200, "\(index)")
            }
        }
    }

    @Test func refusesRequestsOfAnotherForm() throws {
        let note = String(decoding: try request(0, 5).note.serialized, as: UTF8.self)
        let hash = Base64.standard.encode(Self.leaves[0].bytes)
        for body in [
            "", "old 0\n", "old 0\n\n", "old 0\n\(note)", "old 00\n\n\(note)", "old\n\n\(note)",
            "old  0\n\n\(note)", "Old 0\n\n\(note)", "old 0 \n\n\(note)", "old -1\n\n\(note)",
            "old 9223372036854775808\n\n\(note)", "old 0\nAAAA\n\n\(note)", "old 0\n\n\n\(note)",
            "old 0\n\(hash)\r\n\n\(note)", "old 0\n\n\(note)\n", "old 0\n\n\(note.dropLast())",
            "old 0\n" + String(repeating: "\(hash)\n", count: 64) + "\n\(note)",
            "old 0\n\ntext\n\n— a AAAAAAA=\n",
        ] {
            #expect(throws: LogError.self, "\(body)") {
                try WitnessRequest(parsing: Array(body.utf8))
            }
        }
        let unreadable = note.dropLast(2) + "!\n"
        let error = #expect(throws: LogError.self) {
            try WitnessRequest(parsing: Array("old 0\n\n\(unreadable)".utf8))
        }
        #expect(error.map { WitnessDecision.statusCode(refusing: $0) } == 403)
        #expect(WitnessDecision.statusCode(refusing: .notUTF8(.note)) == 400)
        let most = "old 0\n" + String(repeating: "\(hash)\n", count: 63) + "\n\(note)"
        #expect(try WitnessRequest(parsing: Array(most.utf8)).proof.count == 63)
        #expect(throws: LogError.self) {
            try WitnessRequest(
                parsing: [UInt8](repeating: 0x61, count: WitnessRequest.byteLimit + 1))
        }
    }
}
