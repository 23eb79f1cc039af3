import Cryptography
import Encoding
import Foundation
import Node
import Storage
import Sync
import TestSupport
import Testing
import TransparencyLog

/// Backups, clones and lost files: a node that is not its own newest state signs nothing.
@Suite struct StartTests {
    let countries: [SampleCountry]
    let nodes: [SampleNode]

    init() throws {
        let countries = [
            try SampleCountry("XA", 1), try SampleCountry("XB", 2), try SampleCountry("XC", 3),
        ]
        self.countries = countries
        nodes = try countries.map { try SampleNode($0, among: countries, quorum: 2) }
    }

    private var origin: String { countries[0].origin }

    /// A second copy of the first node, in a folder of its own.
    private func copy(_ folder: TemporaryFolder, buddy: NoteKey? = nil) throws -> SampleNode {
        try SampleNode(
            countries[0], among: countries, quorum: 2, folder: folder, buddy: buddy)
    }

    private func rounds(_ times: Int = 2) async throws {
        for _ in 0..<times { for node in nodes { _ = try await node.round() } }
    }

    /// No node holds a proof of a fork, and all have the same tree where they have one.
    private func expectOneHistory(_ size: UInt64) throws {
        for node in nodes {
            #expect(try node.database.read { try $0.splitViews() } == [])
        }
        let head = try nodes[0].head(origin)?.head
        #expect(head?.size == size)
        for node in nodes.dropFirst() { #expect(try node.head(origin)?.head == head) }
    }

    @Test func restoredBackupSignsNothingUntilItHasFetchedBackWhatItLost() async throws {
        let (nodes, origin) = (nodes, origin)
        try await SampleNode.connect(nodes) { _ in
            try await nodes[0].publish(0..<4)
            try await rounds()
            let backup = try nodes[0].backUp()
            try await nodes[0].publish(4..<9)
            try await rounds()

            let restored = try copy(backup)
            #expect(try restored.database.sealReasons() == [.fileMissing])
            await #expect(throws: SyncError.storage(.sealed([.fileMissing]))) {
                try await restored.publish(4..<5, branch: "second truth")
            }
            #expect(try restored.database.read { try $0.log(origin)?.size } == 4)

            let report = try await restored.start()
            #expect(report.recovery?.outcome == .advanced(from: 4, to: 9))
            #expect(report.reasons == [])
            #expect(report.incomplete == [])
            #expect(try restored.head(origin)?.head == nodes[0].head(origin)?.head)
            try await restored.publish(9..<12)
            let head = try restored.head(origin)
            for node in nodes.dropFirst() {
                // The peers believe the address that they know: what it serves is the old copy.
                #expect(try node.head(origin)?.head.size == 9)
            }
            #expect(head?.head.size == 12)
        }
        try expectOneHistory(9)
    }

    @Test func restoredBackupStaysSealedWithoutNetwork() async throws {
        let nodes = nodes
        try await SampleNode.connect(nodes) { _ in
            try await nodes[0].publish(0..<4)
            try await rounds()
        }
        let restored = try copy(try nodes[0].backUp())
        let report = try await restored.start()
        #expect(
            report.reasons == [
                .fileMissing,
                .quorumSilent(
                    answered: 0, needed: 1,
                    silent: [
                        countries[1].witness.verifier.name, countries[2].witness.verifier.name,
                    ]),
            ])
        await #expect(throws: SyncError.self) { try await restored.publish(4..<5) }
        #expect(try restored.database.read { try $0.sealNotes() }.count == 2)
        // It serves what it has, and cosigns nothing.
        try await restored.serving { port in
            let heads = try await Exchange("http://127.0.0.1:\(port)/heads")
            #expect(try HeadList(parsing: heads.body).heads.count == 1)
        }
    }

    @Test func backupOfBothCopiesIsAskedForAndFoundBehind() async throws {
        let (nodes, origin) = (nodes, origin)
        try await SampleNode.connect(nodes) { _ in
            try await nodes[0].publish(0..<4)
            try await rounds()
            let backup = try nodes[0].backUp(withLifeMark: true)
            try await nodes[0].publish(4..<9)
            try await rounds()
            let restored = try copy(backup)
            // The two copies of the mark agree; the files are others all the same.
            #expect(try restored.database.sealReasons() == [.notAsked])
            await #expect(throws: SyncError.self) { try await restored.publish(4..<5) }
            let report = try await restored.start()
            #expect(report.recovery?.outcome == .advanced(from: 4, to: 9))
            #expect(report.reasons == [])
            #expect(try restored.head(origin)?.head.size == 9)
        }
        try expectOneHistory(9)
    }

    @Test func databaseOfYesterdayUnderTheMarkOfTodayIsSealed() async throws {
        let nodes = nodes
        try await SampleNode.connect(nodes) { _ in
            try await nodes[0].publish(0..<4)
            let backup = try nodes[0].backUp()
            try await nodes[0].publish(4..<6)
            try await nodes[0].publish(6..<9)
            try FileManager.default.copyItem(
                atPath: nodes[0].folder.path("life-mark"), toPath: backup.path("life-mark"))
            let restored = try copy(backup)
            #expect(
                try restored.database.sealReasons() == [.sequences(.log, database: 1, file: 3)])
        }
    }

    @Test func emptiedDatabaseIsSealedAndCosignsNothing() async throws {
        let (nodes, countries) = (nodes, countries)
        try await SampleNode.connect(nodes) { _ in
            try await nodes[1].publish(0..<4)
            try await rounds()
            // The database is a new one; the file beside it remembers another.
            let folder = try TemporaryFolder()
            try FileManager.default.copyItem(
                atPath: nodes[0].folder.path("life-mark"), toPath: folder.path("life-mark"))
            let emptied = try copy(folder)
            #expect(try emptied.database.sealReasons() == [.databaseForgot])
            #expect(throws: StorageError.self) {
                try emptied.database.beginLife(HashValue(of: "again".utf8))
            }
            let witness = Witness(
                database: emptied.database, signer: countries[0].witness, rules: emptied.rules)
            let forked = try countries[1].checkpoint(
                SampleCountry.entries(0..<3, branch: "another history"))
            let request = try WitnessRequest(oldSize: 0, proof: [], note: forked.note)
            let answer = try witness.answer(request.serialized, at: emptied.clock)
            #expect(answer.status == 503)
        }
    }

    @Test func restoredWitnessLearnsWhatItCosigned() async throws {
        let (nodes, countries) = (nodes, countries)
        try await SampleNode.connect(nodes) { _ in
            let log = nodes[1].country.origin
            try await nodes[1].publish(0..<4)
            try await rounds()
            let backup = try nodes[0].backUp()
            try await nodes[1].publish(4..<9)
            try await rounds()

            let restored = try copy(backup)
            #expect(try restored.database.read { try $0.witnessState(log)?.size } == 4)
            let report = try await restored.start()
            #expect(report.reasons == [])
            #expect(try restored.database.read { try $0.witnessState(log)?.size } == 9)
            // A shorter history, consistent with what the backup remembered.
            let entries = nodes[1].entries(0..<4).map(\.bytes)
            let forked = try countries[1].checkpoint(entries + [Array("other".utf8)])
            let witness = Witness(
                database: restored.database, signer: countries[0].witness,
                rules: restored.rules)
            let request = try WitnessRequest(oldSize: 4, proof: [], note: forked.note)
            #expect(try witness.answer(request.serialized, at: restored.clock).status == 409)
        }
    }

    @Test func sealedButMatchedNodesLetEachOtherStart() async throws {
        let nodes = nodes
        try await SampleNode.connect(nodes) { _ in
            for node in nodes { try await node.publish(0..<3) }
            try await rounds()
            // A power cut that all share: nobody has asked anybody since.
            for node in nodes { try node.database.closeSession() }
            for node in nodes { #expect(try node.database.sealReasons() == [.notAsked]) }
            for node in nodes { #expect(try await node.start().reasons == []) }
            try await nodes[0].publish(3..<5)
        }
    }

    @Test func twoAmnesiacsDoNotVouchForEachOther() async throws {
        let (nodes, countries) = (nodes, countries)
        try await SampleNode.connect([nodes[0], nodes[1], nodes[2]]) { _ in
            try await nodes[0].publish(0..<3)
            try await rounds()
        }
        let restored = try copy(try nodes[0].backUp())
        let other = try SampleNode(
            countries[1], among: countries, quorum: 2, folder: try nodes[1].backUp())
        try await other.serving { port in
            for record in try restored.database.read({ try $0.peers() }) {
                try restored.database.removePeer(origin: record.origin, url: record.url)
            }
            try restored.add(other, at: port)
            let report = try await restored.start()
            #expect(report.reasons.contains(.fileMissing))
            #expect(report.failures == [])
            #expect(!(try restored.database.sealReasons().isEmpty))
        }
    }
}
