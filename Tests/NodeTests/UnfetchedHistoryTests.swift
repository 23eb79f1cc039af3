import Foundation
import Node
import Storage
import Sync
import TestSupport
import Testing
import TransparencyLog

/// A node that lost its memory and cannot fetch all that its peers speak of signs nothing of it.
@Suite struct UnfetchedHistoryTests {
    let countries: [SampleCountry]
    let nodes: [SampleNode]

    init() throws {
        let countries = [
            try SampleCountry("XA", 1), try SampleCountry("XB", 2), try SampleCountry("XC", 3),
        ]
        self.countries = countries
        nodes = try countries.map { try SampleNode($0, among: countries, quorum: 2) }
    }

    private func copy(_ folder: TemporaryFolder) throws -> SampleNode {
        try SampleNode(countries[0], among: countries, quorum: 2, folder: folder)
    }

    /// Spoils what a node has of a log from an entry on, so that nobody can fetch it there.
    private static func spoil(_ node: SampleNode, _ origin: String, from index: Int) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "sqlite3", node.database.path,
            """
            UPDATE entry SET bytes = zeroblob(length(bytes)) WHERE position & 1099511627775
            >= \(index) AND position >> 40 = (SELECT id FROM log WHERE origin = '\(origin)')
            """,
        ]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    @Test func ownLogStaysSealedBelowALargerNoteOfItsOwn() async throws {
        let (nodes, countries) = (nodes, countries)
        let origin = countries[0].origin
        let stranger = try SampleCountry("XD", 4)
        // No witness of the log: what it shows is the log's own signature, and no more.
        let reader = try SampleNode(stranger, among: [countries[0], stranger], quorum: 1)
        try await SampleNode.connect(nodes) { _ in
            try await nodes[0].publish(0..<4)
            for node in nodes { _ = try await node.round() }
            let restored = try copy(try nodes[0].backUp())
            let entries = nodes[0].entries(0..<9).map(\.bytes)
            try await reader.follow(
                countries[0], entries, under: try countries[0].checkpoint(entries))
            try Self.spoil(reader, origin, from: 4)
            try await reader.serving { port in
                try restored.add(reader, at: port)
                let report = try await restored.start()
                #expect(
                    report.reasons == [.fileMissing, .ahead(name: origin, size: 9, own: 4)])
                #expect(report.recovery?.largestShown == 9)
            }
            await #expect(throws: SyncError.self) { try await restored.publish(4..<5) }
        }
    }

    @Test func witnessRemembersNothingBelowWhatOthersSaw() async throws {
        let (nodes, countries) = (nodes, countries)
        let origin = countries[1].origin
        let entries = nodes[1].entries(0..<9).map(\.bytes)
        try await SampleNode.connect(nodes) { _ in
            try await nodes[1].publish(0..<4)
            for node in nodes { _ = try await node.round() }
        }
        let backup = try nodes[0].backUp()
        // Another witness was brought more, and has no copy of it.
        let leaves = entries.map(MerkleTree.leafHash)
        let proof = ConsistencyProof.build(oldSize: 4, newSize: 6) { level, index in
            let start = Int(index) << level
            return MerkleTree.root(of: Array(leaves[start..<(start + 1 << level)]))
        }
        let seen = try WitnessRequest(
            oldSize: 4, proof: proof.hashes,
            note: try countries[1].checkpoint(Array(entries[..<6])).note)
        let witness = Witness(
            database: nodes[2].database, signer: countries[2].witness, rules: nodes[2].rules)
        #expect(try witness.answer(seen.serialized, at: nodes[2].clock).status == 200)
        let restored = try copy(backup)
        // The beginning of a larger tree came before the line was cut.
        try restored.database.setPending(
            CheckpointRecord(try countries[1].checkpoint(entries)))
        var growth = LogExtension(extending: try restored.database.read { try $0.edge(origin) })
        growth.append(contentsOf: entries[4..<6].map { NewEntry(reading: $0) })
        try restored.database.append(growth, to: origin)
        for record in try restored.database.read({ try $0.peers() }) {
            try restored.database.removePeer(origin: record.origin, url: record.url)
        }
        try await nodes[2].serving { port in
            try restored.add(nodes[2], at: port)
            let report = try await restored.start()
            #expect(report.incomplete.contains(origin))
            let isComplete = try restored.database.read { try $0.isComplete(.witness, of: origin) }
            #expect(!isComplete)
        }
    }
}
