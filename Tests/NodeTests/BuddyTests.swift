import Cryptography
import Encoding
import Foundation
import Node
import Storage
import Sync
import TestSupport
import Testing
import TransparencyLog

/// One root for each size, ever: what keeps two live copies of a node from two truths.
@Suite struct BuddyTests {
    let countries: [SampleCountry]
    let nodes: [SampleNode]

    init() throws {
        let countries = [
            try SampleCountry("XA", 1), try SampleCountry("XB", 2), try SampleCountry("XC", 3),
        ]
        self.countries = countries
        let buddies = [countries[1].witness.verifier, nil, nil]
        nodes = try zip(countries, buddies).map { country, buddy in
            try SampleNode(country, among: countries, quorum: 2, buddy: buddy)
        }
    }

    private var origin: String { countries[0].origin }

    private func copy(_ folder: TemporaryFolder, buddy: NoteKey?) throws -> SampleNode {
        try SampleNode(
            countries[0], among: countries, quorum: 2, folder: folder, buddy: buddy)
    }

    @Test func grantsEveryCheckpointBeforeItIsSigned() async throws {
        let (nodes, origin) = (nodes, origin)
        try await SampleNode.connect(nodes) { _ in
            for size in 1...4 {
                try await nodes[0].publish((size - 1)..<size)
                let granted = try nodes[1].database.read { try $0.grantState(origin) }
                #expect(try granted == nodes[0].head(origin)?.head)
            }
        }
    }

    @Test func silentBuddyStopsThePublicationAndLeavesNothingBehind() async throws {
        let (nodes, origin) = (nodes, origin)
        try await SampleNode.connect(nodes) { _ in try await nodes[0].publish(0..<2) }
        await #expect {
            try await nodes[0].publish(2..<3)
        } throws: { error in
            guard case SyncError.buddySilent(let name, _) = error else { return false }
            return name == countries[1].witness.verifier.name
        }
        #expect(try nodes[0].database.read { try $0.log(origin)?.size } == 2)
        #expect(try nodes[0].head(origin)?.head.size == 2)
    }

    @Test func rootReplacesABuddyThatIsSilentForGood() async throws {
        let (nodes, countries, origin) = (nodes, countries, origin)
        try await SampleNode.connect(nodes) { _ in try await nodes[0].publish(0..<2) }
        // Prepared and never granted: the buddy died between the two.
        try nodes[0].database.append(nodes[0].entries(2..<3), to: origin, expecting: 2)
        let replaced = try copy(nodes[0].folder, buddy: countries[2].witness.verifier)
        for record in try replaced.database.read({ try $0.peers() }) {
            try replaced.database.removePeer(origin: record.origin, url: record.url)
        }
        try await nodes[2].serving { port in
            try replaced.add(nodes[2], at: port)
            try await replaced.publish(3..<4)
            #expect(try replaced.head(origin)?.head.size == 4)
            #expect(try nodes[2].database.read { try $0.grantState(origin)?.size } == 4)
        }
    }

    @Test func secondCopyOfANodeIsRefusedAndSealsItself() async throws {
        let (nodes, countries, origin) = (nodes, countries, origin)
        try await SampleNode.connect(nodes) { _ in
            try await nodes[0].publish(0..<2)
            let clone = try copy(
                try nodes[0].backUp(withLifeMark: true), buddy: countries[1].witness.verifier)
            // Nothing was signed since: the clone is let in like the original.
            #expect(try await clone.start().reasons == [])
            try await nodes[0].publish(2..<3)
            await #expect(
                throws: SyncError.buddyRefused(name: countries[1].witness.verifier.name, size: 3)
            ) { try await clone.publish(2..<3, branch: "second truth") }
            #expect(try clone.head(origin)?.head.size == 2)
            #expect(try clone.database.sealReasons() == [.notAsked])
            #expect(
                try clone.database.read { try $0.sealNotes() } == [
                    SealReason.contradicted(
                        name: countries[1].witness.verifier.name, size: 3
                    ).description
                ])
        }
    }

    @Test func withoutABuddyTheWitnessesStopASecondCopy() async throws {
        let (nodes, origin) = (nodes, origin)
        try await SampleNode.connect(nodes) { _ in
            try await nodes[2].publish(0..<2)
            for _ in 0..<2 { for node in nodes { _ = try await node.round() } }
            let clone = try SampleNode(
                countries[2], among: countries, quorum: 2,
                folder: try nodes[2].backUp(withLifeMark: true))
            #expect(try await clone.start().reasons == [])
            try await nodes[2].publish(2..<3)
            _ = try await nodes[2].round()
            await #expect(throws: SyncError.self) {
                try await clone.publish(2..<3, branch: "second truth")
            }
            #expect(try clone.head(nodes[2].country.origin)?.head.size == 2)
            #expect(try !clone.database.sealReasons().isEmpty)
            for node in nodes { #expect(try node.database.read { try $0.splitViews() } == []) }
        }
        _ = origin
    }

    @Test func crashAfterTheGrantReplaysToTheSameBytes() async throws {
        let (nodes, origin) = (nodes, origin)
        try await SampleNode.connect(nodes) { _ in
            try await nodes[0].publish(0..<2)
            try nodes[0].database.append(nodes[0].entries(2..<5), to: origin, expecting: 2)
            // The database as it was before the note was stored, the file as it was after.
            let crashed = try nodes[0].backUp()
            let note = try await nodes[0].resume().note
            try FileManager.default.copyItem(
                atPath: nodes[0].folder.path("life-mark"), toPath: crashed.path("life-mark"))
            let again = try copy(crashed, buddy: countries[1].witness.verifier)
            #expect(try again.database.stagedHead()?.size == 5)
            #expect(try await again.start().reasons == [])
            #expect(try await again.resume().note == note)
        }
    }
}
