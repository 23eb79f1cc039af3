import Cryptography
import Encoding
import Node
import Storage
import Sync
import TestSupport
import Testing
import TransparencyLog

/// Cosigners that hold what they sign, beside plain witnesses.
@Suite struct MirrorTests {
    let nodes: [SampleNode]
    let mirror: NoteSigner
    let origin: String

    init() throws {
        let countries = [
            try SampleCountry("XA", 1), try SampleCountry("XB", 2), try SampleCountry("XC", 3),
        ]
        let mirror = try SampleKeys.witness("sample.example/XB/mirror")
        // Both others as witnesses, and XB as a mirror too.
        let policy = try WitnessPolicy.requiring(
            2, of: countries[1...].map { ($0.origin, $0.witness.verifier, nil) }, and: 1,
            ofMirrors: [("XB-mirror", mirror.verifier, nil)])
        nodes = try countries.map { country in
            try SampleNode(
                country, among: countries, quorum: 2, policies: [countries[0].origin: policy],
                mirror: country.origin == countries[1].origin ? mirror : nil)
        }
        self.mirror = mirror
        origin = countries[0].origin
    }

    private func quorumTime() throws -> Timestamp? {
        try nodes[0].database.read { try $0.witnessedHead(origin)?.quorumTime }
    }

    @Test func theQuorumWaitsForWhoHoldsTheEntries() async throws {
        let (nodes, origin, mirror) = (nodes, origin, mirror)
        try await nodes[0].publish(0..<5)
        try await SampleNode.connect(nodes) { ports in
            let report = try await nodes[0].round()
            // Two witnesses have seen it, and nobody has said to have the entries.
            #expect(report.cosignatures?.times.count == 2)
            #expect(try self.quorumTime() == nil)
            // The round brought the entries to the mirror, which signs what it holds.
            let round = try await nodes[1].mirrorRound()
            #expect(round.origins == [origin])
            #expect(round.failures == [])
            #expect(try self.quorumTime() == nodes[1].clock)
            // Its own prefix bears its line.
            let shown = try await Exchange(
                "http://127.0.0.1:\(ports[1])/mirror\(PeerPath.checkpoint(origin))")
            let note = try SignedNote(parsing: shown.body)
            #expect(note.cosignatureTime(by: mirror.verifier) == nodes[1].clock)
            let tile = try await Exchange(
                "http://127.0.0.1:\(ports[1])/mirror\(PeerPath.bundle(origin, index: 0, width: 5))")
            #expect(tile.status == 200)
            let none = try await Exchange(
                "http://127.0.0.1:\(ports[0])/mirror\(PeerPath.checkpoint(origin))")
            #expect(none.status == 404)
        }
    }

    @Test func signsNothingThatItsWitnessDidNotSeeExtended() async throws {
        let (nodes, origin) = (nodes, origin)
        try await nodes[0].publish(0..<5)
        // The plain witness stands under another history of this log.
        let forked = try nodes[0].country.checkpoint(SampleCountry.entries(0..<4, branch: "b"))
        try nodes[1].database.cosign(origin) { _ in (forked.head, ()) }
        try await SampleNode.connect(nodes) { _ in
            _ = try await nodes[1].round()
            #expect(try nodes[1].head(origin)?.head.size == 5)
            #expect(try await nodes[1].mirrorRound().origins == [])
        }
        #expect(try nodes[1].database.read { try $0.mirrorNote(origin) } == nil)
    }

    @Test func signsNothingWhileSealedOrOfAFrozenLog() async throws {
        let (nodes, origin) = (nodes, origin)
        try await nodes[0].publish(0..<5)
        try await SampleNode.connect(nodes) { _ in
            _ = try await nodes[1].round()
            try nodes[1].database.closeSession([.notAsked])
            #expect(try await nodes[1].mirrorRound().origins == [])
            try nodes[1].database.openSession()
            try nodes[1].database.setStanding(.frozen(commonSize: 5), of: origin)
            #expect(try await nodes[1].mirrorRound().origins == [])
            try nodes[1].database.setStanding(.sound, of: origin)
            #expect(try await nodes[1].mirrorRound().origins == [origin])
            // Nothing new, nothing due: nothing is signed.
            #expect(try await nodes[1].mirrorRound(renewing: 3_600).origins == [])
            nodes[1].move(3_601)
            #expect(try await nodes[1].mirrorRound(renewing: 3_600).origins == [origin])
        }
    }

    @Test func deliveredLinesCountByTheirKeysAlone() async throws {
        let (nodes, origin, mirror) = (nodes, origin, mirror)
        try await nodes[0].publish(0..<5)
        let head = try #require(try nodes[0].head(origin))
        let line = mirror.cosign(head.head, at: Timestamp(seconds: 77))
        let stranger = try SampleKeys.witness("stranger.example")
            .cosign(head.head, at: Timestamp(seconds: 77))
        let other = try nodes[0].country.checkpoint(SampleCountry.entries(0..<5, branch: "b"))
        let beyond = try nodes[0].country.checkpoint(SampleCountry.entries(0..<6))
        let later = mirror.cosign(beyond.head, at: Timestamp(seconds: 77))
        // The right name and id over another text.
        let forged = later
        try await nodes[0].serving { port in
            func deliver(_ note: SignedNote, to log: String) async throws -> Int {
                try await Exchange(
                    "http://127.0.0.1:\(port)\(PeerPath.cosignature(log))", method: "POST",
                    body: note.serialized
                ).status
            }
            #expect(try await deliver(head.note, to: origin) == 422)
            #expect(try await deliver(head.note.adding(stranger), to: origin) == 422)
            #expect(try await deliver(head.note.adding(forged), to: origin) == 422)
            #expect(try await deliver(beyond.note.adding(line), to: origin) == 409)
            #expect(try await deliver(head.note.adding(line), to: "unknown") == 404)
            #expect(try await deliver(head.note.adding(line), to: nodes[1].country.origin) == 400)
            let bare = try SignedNote(text: head.note.text, signatures: [line])
            #expect(try await deliver(bare, to: origin) == 403)
            #expect(try nodes[0].head(origin)?.note == head.note)
            #expect(
                try await deliver(head.note.adding(forged).adding(line), to: origin) == 200)
            // Another history is a proof against the log's key: nothing more is taken then.
            #expect(try await deliver(other.note.adding(line), to: origin) == 422)
            #expect(try await deliver(head.note.adding(line), to: origin) == 409)
        }
        let kept = try #require(try nodes[0].head(origin))
        #expect(kept.note == head.note.adding(line))
    }
}
