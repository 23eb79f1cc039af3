import Cryptography
import Encoding
import Node
import Storage
import Sync
import TestSupport
import Testing
import TransparencyLog

/// Whatever is posted without a signature that counts changes nothing.
@Suite struct NodePostTests {
    let country: SampleCountry
    let other: SampleCountry
    let node: SampleNode

    init() async throws {
        country = try SampleCountry("XA", 1)
        other = try SampleCountry("XB", 2)
        node = try SampleNode(country, among: [country, other], quorum: 1)
        try await node.publish(0..<3)
    }

    /// All that a post could change.
    private struct Contents: Equatable {
        let heads: [StoredCheckpoint?]
        let logs: [LogRecord]
        let splitViews: [HashValue]
        let witnessed: [TreeHead?]
    }

    private func contents() throws -> Contents {
        try node.database.read { snapshot throws in
            let logs = try snapshot.logs()
            return Contents(
                heads: try logs.map { try snapshot.head($0.origin) }, logs: logs,
                splitViews: try snapshot.splitViews(),
                witnessed: try logs.map { try snapshot.witnessState($0.origin) })
        }
    }

    @Test(arguments: ["/entries", "/add-checkpoint", "/split-views", "/extract", "/seen", "/grant"])
    func unsignedBodiesChangeNothing(_ path: String) async throws {
        let before = try contents()
        let thief = try SampleCountry("XB", 9)
        let log = SampleCountry.entries(0..<3)
        let forked = SampleCountry.entries(0..<3, branch: "b")
        let bodies: [[UInt8]] = [
            [], [0], Array("{}".utf8), Array("<html>".utf8), Array("old 0\n\n".utf8),
            [UInt8](repeating: 0x7B, count: 10_000),
            try WitnessRequest(oldSize: 0, proof: [], note: thief.checkpoint(log).note).serialized,
            try WitnessRequest(oldSize: 0, proof: [], note: country.checkpoint(log).note)
                .serialized,
            SplitView(
                sameSize: try other.checkpoint(log).note, try thief.checkpoint(forked).note
            ).serialized,
            SplitView(
                sameSize: try thief.checkpoint(log).note, try thief.checkpoint(forked).note
            ).serialized,
            try other.checkpoint(log).note.serialized,
        ]
        try await node.serving { port in
            for body in bodies {
                let answer = try await Exchange(
                    "http://127.0.0.1:\(port)\(path)", method: "POST", body: body)
                if path != "/extract" { #expect((400..<500).contains(answer.status)) }
            }
        }
        #expect(try contents() == before)
    }

    @Test(arguments: ["/entries", "/add-checkpoint", "/split-views", "/extract", "/seen", "/grant"])
    func refusesOversizeBodies(_ path: String) async throws {
        let before = try contents()
        let status = try await node.serving { port in
            try await Exchange(
                "http://127.0.0.1:\(port)\(path)", method: "POST",
                body: [UInt8](repeating: 0x20, count: 6 << 20)
            ).status
        }
        #expect(status == 413)
        #expect(try contents() == before)
    }

    @Test(arguments: ["/heads", "/card", "/LOG/checkpoint", "/LOG/tile/0/000.p/3", "/blob/00"])
    func takesNothingAtAddressesToRead(_ path: String) async throws {
        let before = try contents()
        let path = path.replacing("/LOG", with: PeerPath.log(country.origin))
        try await node.serving { port in
            for method in ["POST", "PUT", "DELETE", "PATCH"] {
                let answer = try await Exchange(
                    "http://127.0.0.1:\(port)\(path)", method: method, body: [1, 2, 3])
                #expect((400..<500).contains(answer.status))
            }
        }
        #expect(try contents() == before)
    }

    @Test func witnessesEachExtensionOnce() async throws {
        let log = SampleCountry.entries(0..<9)
        let checkpoints = try [3, 9].map { try other.checkpoint(Array(log[..<$0])) }
        let proof = ConsistencyProof.build(oldSize: 3, newSize: 9) { level, index in
            let leaves = log.map(MerkleTree.leafHash)
            let start = Int(index) << level
            return MerkleTree.root(of: Array(leaves[start..<(start + 1 << level)]))
        }
        let forked = try other.checkpoint(SampleCountry.entries(0..<9, branch: "b"))
        let witness = country.witness.verifier
        let clock = node.clock
        try await node.serving { port in
            func ask(_ old: UInt64, _ proof: [HashValue], _ note: SignedNote) async throws
                -> Exchange
            {
                try await Exchange(
                    "http://127.0.0.1:\(port)/add-checkpoint", method: "POST",
                    body: WitnessRequest(oldSize: old, proof: proof, note: note).serialized)
            }
            let first = try await ask(0, [], checkpoints[0].note)
            #expect(first.status == 200)
            let lines = try NoteSignature.list(parsing: first.body)
            #expect(
                checkpoints[0].adding(lines).note.cosignatureTime(by: witness) == clock)
            let behind = try await ask(0, [], checkpoints[1].note)
            #expect(behind.status == 409)
            #expect(behind.text == "3\n")
            #expect(behind.headers["content-type"] == "text/x.tlog.size")
            #expect(try await ask(3, [], checkpoints[1].note).status == 422)
            #expect(try await ask(9, [], checkpoints[0].note).status == 400)
            #expect(try await ask(3, proof.hashes, checkpoints[1].note).status == 200)
            #expect(try await ask(9, [], checkpoints[1].note).status == 200)
            #expect(try await ask(9, [], forked.note).status == 409)
            #expect(try await ask(3, proof.hashes, checkpoints[1].note).status == 409)
        }
    }

    @Test func neverWitnessesItsOwnLogNorAForkedOne() async throws {
        let own = try #require(try node.head(country.origin)?.note)
        let log = SampleCountry.entries(0..<3)
        let split = SplitView(
            sameSize: try other.checkpoint(log).note,
            try other.checkpoint(SampleCountry.entries(0..<3, branch: "b")).note)
        let note = try other.checkpoint(log).note
        try await node.serving { port in
            let url = "http://127.0.0.1:\(port)"
            func ask(_ note: SignedNote) async throws -> Int {
                try await Exchange(
                    url + "/add-checkpoint", method: "POST",
                    body: WitnessRequest(oldSize: 0, proof: [], note: note).serialized
                ).status
            }
            #expect(try await ask(own) == 403)
            let taken = try await Exchange(
                url + "/split-views", method: "POST", body: split.serialized)
            #expect(taken.text == "stored\n")
            let again = try await Exchange(
                url + "/split-views", method: "POST", body: split.serialized)
            #expect(again.text == "known\n")
            #expect(try await ask(note) == 403)
            let served = try await Exchange(url + PeerPath.splitView(split.identity))
            #expect(try SplitView(parsing: served.body) == split)
        }
    }

    /// What a quorum has seen stays fresh while the key was only misused.
    @Test func cosignsAnewWhatWasSeenBeforeTheKeyWasMisused() async throws {
        let log = SampleCountry.entries(0..<3)
        let witnessed = try other.checkpoint(log, cosignedBy: [country])
        try await node.follow(other, log, under: witnessed)
        let split = SplitView(
            sameSize: witnessed.note,
            try other.checkpoint(SampleCountry.entries(0..<3, branch: "b")).note)
        try await node.serving { port in
            let url = "http://127.0.0.1:\(port)"
            func ask(_ old: UInt64, _ note: SignedNote) async throws -> Int {
                try await Exchange(
                    url + "/add-checkpoint", method: "POST",
                    body: WitnessRequest(oldSize: old, proof: [], note: note).serialized
                ).status
            }
            #expect(try await ask(0, witnessed.note) == 200)
            let taken = try await Exchange(
                url + "/split-views", method: "POST", body: split.serialized)
            #expect(taken.text == "stored\n")
            #expect(try await ask(3, witnessed.note) == 200)
            let more = try self.other.checkpoint(SampleCountry.entries(0..<4))
            #expect(try await ask(3, more.note) == 403)
        }
    }
}
