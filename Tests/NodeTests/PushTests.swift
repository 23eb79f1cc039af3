import Cryptography
import Encoding
import Node
import Storage
import Sync
import TestSupport
import Testing
import TransparencyLog

/// A country that can only dial out brings its log, and takes part as mirror and witness.
@Suite struct PushTests {
    let countries: [SampleCountry]
    let nodes: [SampleNode]

    init() throws {
        let countries = [
            try SampleCountry("XA", 1), try SampleCountry("XB", 2), try SampleCountry("XC", 3),
        ]
        self.countries = countries
        nodes = try countries.map { try SampleNode($0, among: countries, quorum: 2) }
    }

    private func entries(_ node: SampleNode, of country: SampleCountry) throws -> [[UInt8]] {
        try node.database.read { snapshot in
            try snapshot.entries(
                country.origin, 0..<(try snapshot.log(country.origin)?.size ?? 0))
        }.map(\.bytes)
    }

    @Test func bringsALogToNodesThatCannotDialBack() async throws {
        let (sender, receiver) = (nodes[0], nodes[1])
        try await receiver.serving { port in
            try sender.add(receiver, at: port)
            for (start, end) in [(0, 1), (1, 300), (300, 512), (512, 2_600)] {
                try await sender.publish(start..<end)
                let report = try await sender.round()
                #expect(report.failures == [])
                #expect(report.pushes.map(\.size) == [UInt64(end)])
                let head = try receiver.head(sender.country.origin)
                #expect(head?.head.size == UInt64(end))
                #expect(head?.note.isSigned(by: receiver.country.witness.verifier) == true)
            }
            #expect(try await sender.round().pushes == [])
        }
        #expect(
            try entries(receiver, of: sender.country)
                == sender.entries(0..<2_600).map(\.bytes))
        #expect(
            try receiver.database.read { try $0.pendingHead(sender.country.origin) } == nil)
    }

    /// XC has no address: its log, its copies and its cosignatures reach the others all the same.
    @Test func nodeThatOnlyDialsOutIsLogMirrorAndWitness() async throws {
        let nodes = nodes
        let (first, second, hidden) = (nodes[0], nodes[1], nodes[2])
        for (number, node) in nodes.enumerated() { try await node.publish(0..<(300 + number)) }
        try await first.serving { one in
            try await second.serving { two in
                try first.add(second, at: two)
                try second.add(first, at: one)
                try hidden.add(first, at: one)
                try hidden.add(second, at: two)
                for _ in 0..<3 {
                    for node in nodes { #expect(try await node.round().failures == []) }
                }
            }
        }
        for node in nodes {
            for country in countries {
                let head = try node.head(country.origin)
                let own = try nodes.first { $0.country.origin == country.origin }?
                    .head(country.origin)
                #expect(head?.head == own?.head)
                // Two of two others have cosigned: the one that only dials out among them.
                #expect(head?.quorumTime == node.clock, "\(country.origin)")
            }
        }
    }

    @Test func keptCheckpointsGiveLoggedTimesOverThere() async throws {
        let (sender, receiver) = (nodes[0], nodes[1])
        let log = sender.entries(0..<700).map(\.bytes)
        func record(_ size: Int, _ seconds: Int64) throws -> CheckpointRecord {
            CheckpointRecord(
                try countries[0].checkpoint(
                    Array(log[..<size]), cosignedBy: [countries[1], countries[2]],
                    at: Timestamp(seconds: seconds)),
                under: try SampleCountry.policy(2, of: [countries[1], countries[2]]))
        }
        try await sender.publish(0..<700)
        try sender.database.keep([try record(10, 100), try record(300, 500)])
        try await receiver.serving { port in
            try sender.add(receiver, at: port)
            #expect(try await sender.round().failures == [])
        }
        let times = try receiver.database.read { snapshot in
            try [0, 9, 10, 299].map { try snapshot.loggedTime(sender.country.origin, $0)?.seconds }
        }
        #expect(times == [100, 100, 500, 500])
    }

    @Test func bringsTheBlobsThatEntriesName() async throws {
        let blob = Array("a list".utf8)
        let hash = HashValue(of: blob)
        var rules = nodes[1].rules
        rules.blobs = { $0.bytes == SampleCountry.entry(2) ? [hash] : [] }
        let desk = UploadDesk(database: nodes[1].database, rules: rules)
        let log = SampleCountry.entries(0..<5)
        #expect(try desk.answer(try upload(log, 0..<5).serialized).status == 200)
        #expect(try nodes[1].database.read { try $0.isMissing(hash) })
        let node = nodes[1]
        try await node.serving { port in
            let url = "http://127.0.0.1:\(port)"
            let other = PeerPath.blob(HashValue(of: [1]))
            let strange = try await Exchange(url + other, method: "POST", body: [1])
            #expect(strange.text == "not missing\n")
            let wrong = try await Exchange(url + PeerPath.blob(hash), method: "POST", body: [1])
            #expect(wrong.status == 422)
            let right = try await Exchange(url + PeerPath.blob(hash), method: "POST", body: blob)
            #expect(right.text == "stored\n")
        }
        #expect(try node.database.read { try $0.blob(hash) } == blob)
        #expect(try node.database.read { try $0.blob(HashValue(of: [1])) } == nil)
    }

    // MARK: What a peer may send

    /// The packages of a log from one position to another, truly proven.
    private func upload(
        _ log: [[UInt8]], _ range: Range<UInt64>, packages: Int? = nil
    ) throws -> EntryUpload {
        let leaves = log.map(MerkleTree.leafHash)
        let tree = Array(log[..<Int(range.upperBound)])
        let note = try countries[0].checkpoint(tree).note
        let count = min(packages ?? 32, EntryUpload.packageCount(of: range))
        let parts = (0..<count).map { number in
            let place = EntryUpload.place(of: number, in: range)
            return EntryUpload.Package(
                entries: (place.first..<place.end).map { log[Int($0)] },
                hashes: SubtreeProof.build(
                    range: place.start..<place.end, size: range.upperBound
                ) { level, index in
                    let start = Int(index) << level
                    return MerkleTree.root(of: Array(leaves[start..<(start + 1 << level)]))
                })
        }
        return EntryUpload(
            origin: countries[0].origin, range: range, ticket: note.serialized, packages: parts)
    }

    private func desk() -> UploadDesk {
        UploadDesk(database: nodes[1].database, rules: nodes[1].rules)
    }

    private func size() throws -> UInt64 {
        try nodes[1].database.read { try $0.log(countries[0].origin)?.size ?? 0 }
    }

    private func progress(_ answer: Witness.Answer) throws -> UploadProgress {
        #expect(answer.contentType == UploadProgress.contentType)
        return try UploadProgress(parsing: answer.body)
    }

    @Test func saysWhichEntryIsNext() throws {
        let log = SampleCountry.entries(0..<1_000)
        let desk = desk()
        // Out of order: nothing is stored.
        let early = try desk.answer(try upload(log, 300..<1_000).serialized)
        #expect(early.status == 409)
        #expect(try progress(early).next == 0)
        let first = try desk.answer(try upload(log, 0..<1_000, packages: 2).serialized)
        #expect(first.status == 202)
        #expect(try progress(first).next == 512)
        #expect(try progress(first).size == 1_000)
        // The same again changes nothing; from within a package it goes on.
        #expect(
            try desk.answer(try upload(log, 0..<1_000, packages: 2).serialized).status == 202)
        #expect(try desk.answer(try upload(log, 400..<1_000, packages: 2).serialized).status == 202)
        #expect(try size() == 768)
        #expect(try nodes[1].head(countries[0].origin) == nil)
        #expect(try desk.answer(try upload(log, 700..<1_000).serialized).status == 200)
        #expect(try nodes[1].head(countries[0].origin)?.head.size == 1_000)
        #expect(try desk.answer(try upload(log, 0..<1_000).serialized).status == 200)
    }

    @Test func keepsWholePackagesOfABrokenLine() throws {
        let log = SampleCountry.entries(0..<1_000)
        let bytes = try upload(log, 0..<1_000).serialized
        let answer = try desk().answer(Array(bytes[..<(bytes.count * 2 / 3)]))
        #expect(answer.status == 202)
        #expect(try progress(answer).next == 512)
        #expect(try desk().answer(Array(bytes[..<200])).status == 400)
        #expect(try size() == 512)
    }

    /// A checkpoint that is older than the one under which pieces were stored: no rewind.
    @Test func takesAnOlderCheckpointWithoutGoingBack() throws {
        let log = SampleCountry.entries(0..<1_000)
        let desk = desk()
        #expect(try desk.answer(try upload(log, 0..<1_000, packages: 1).serialized).status == 202)
        #expect(try desk.answer(try upload(log, 256..<600).serialized).status == 200)
        #expect(try nodes[1].head(countries[0].origin)?.head.size == 600)
        #expect(
            try nodes[1].database.read { try $0.pendingHead(countries[0].origin)?.head.size }
                == 1_000)
        #expect(try desk.answer(try upload(log, 600..<1_000).serialized).status == 200)
        #expect(try nodes[1].head(countries[0].origin)?.head.size == 1_000)
        #expect(try desk.answer(try upload(log, 0..<600).serialized).status == 200)
        #expect(try nodes[1].head(countries[0].origin)?.head.size == 1_000)
    }

    @Test func storesNothingThatIsNotProven() throws {
        let log = SampleCountry.entries(0..<600)
        let good = try upload(log, 0..<600)
        func sent(
            _ change: (inout [EntryUpload.Package]) -> Void, ticket: [UInt8]? = nil,
            origin: String? = nil
        ) throws -> Int {
            var packages = good.packages
            change(&packages)
            let upload = EntryUpload(
                origin: origin ?? good.origin, range: good.range, ticket: ticket ?? good.ticket,
                packages: packages)
            return try desk().answer(upload.serialized).status
        }
        func replaced(_ entry: [UInt8], _ hashes: [HashValue]? = nil) -> (
            inout [EntryUpload.Package]
        ) -> Void {
            { packages in
                var entries = packages[0].entries
                entries[7] = entry
                packages[0] = .init(entries: entries, hashes: hashes ?? packages[0].hashes)
            }
        }
        #expect(try sent(replaced([1, 2, 3])) == 422)
        #expect(try sent(replaced(log[7], [])) == 422)
        #expect(try sent(replaced(log[7], Array(good.packages[0].hashes.reversed()))) == 422)
        // A checkpoint that no key of the log signed, and one of another log.
        let thief = try SampleCountry("XA", 9).checkpoint(log).note.serialized
        #expect(try sent({ _ in }, ticket: thief) == 409)
        #expect(try sent({ _ in }, ticket: countries[2].checkpoint(log).note.serialized) == 409)
        #expect(try sent({ _ in }, ticket: []) == 409)
        #expect(try sent({ _ in }, origin: "sample.example/XX/1") == 404)
        #expect(try sent({ _ in }, origin: countries[1].origin) == 403)
        #expect(try desk().answer([]).status == 400)
        #expect(try size() == 0)
    }

    /// A true proof under a signed checkpoint of another history: our entries are no part of it.
    @Test func entriesOfAnotherHistoryAreRefused() throws {
        let log = SampleCountry.entries(0..<300)
        #expect(try desk().answer(try upload(log, 0..<300).serialized).status == 200)
        let forked = SampleCountry.entries(0..<900, branch: "b", from: 100)
        let answer = try desk().answer(try upload(forked, 300..<900).serialized)
        #expect(answer.status == 422)
        let later = try desk().answer(try upload(forked, 256..<900).serialized)
        #expect(later.status == 422)
        #expect(try size() == 300)
        // One that is not larger proves the fork by itself.
        let short = try desk().answer(try upload(forked, 0..<200).serialized)
        #expect(short.status == 422)
        #expect(try nodes[1].database.read { try $0.splitViews() }.count == 1)
        #expect(try desk().answer(try upload(log, 0..<300).serialized).status == 403)
    }

    @Test func cosignaturesAreTakenOnlyWhereTheyVerify() throws {
        let log = SampleCountry.entries(0..<300)
        #expect(try desk().answer(try upload(log, 0..<300).serialized).status == 200)
        let desk = DeliveryDesk(database: nodes[1].database, rules: nodes[1].rules)
        let folder = HashValue(of: countries[0].origin.utf8)
        func brought(_ note: SignedNote) throws -> Witness.Answer {
            try desk.cosignatures(note.serialized, for: folder)
        }
        let whole = try countries[0].checkpoint(log)
        let other = try countries[0].checkpoint(SampleCountry.entries(0..<299)).head
        let forged = countries[2].witness.cosign(other, at: Timestamp(seconds: 5))
        #expect(try brought(whole.adding([forged]).note).status == 422)
        #expect(try nodes[1].head(countries[0].origin)?.note.signatures.count == 1)
        let good = try countries[0].checkpoint(log, cosignedBy: [countries[1], countries[2]])
        #expect(String(decoding: try brought(good.note).body, as: UTF8.self) == "stored\n")
        #expect(String(decoding: try brought(good.note).body, as: UTF8.self) == "known\n")
        #expect(try nodes[1].head(countries[0].origin)?.quorumTime != nil)
        let larger = try countries[0].checkpoint(SampleCountry.entries(0..<301))
        let above = try brought(larger.note)
        #expect(above.status == 409)
        #expect(above.contentType == "text/x.tlog.size")
        #expect(above.body == Array("300\n".utf8))
        #expect(try brought(try SampleCountry("XA", 9).checkpoint(log).note).status == 403)
        #expect(try desk.cosignatures([1, 2], for: folder).status == 400)
        #expect(try desk.cosignatures(good.note.serialized, for: HashValue(of: [])).status == 404)
        let forked = try countries[0].checkpoint(SampleCountry.entries(0..<300, branch: "b"))
        #expect(try brought(forked.note).status == 422)
        #expect(try nodes[1].database.read { try $0.splitViews() }.count == 1)
    }

    /// A verifier comes back from the field with a checkpoint that nobody knows: the node holds it
    /// against its own tree.
    @Test func aCheckpointThatNobodyKnowsIsHeldAgainstTheTreeHere() async throws {
        let (log, node) = (countries[0], nodes[1])
        let entries = SampleCountry.entries(0..<5)
        try await node.follow(log, entries, under: log.checkpoint(entries))
        let older = try log.checkpoint(Array(entries[..<3]))
        let strange = try log.checkpoint(SampleCountry.entries(0..<4, branch: "other"))
        try await node.serving { port in
            let url = "http://127.0.0.1:\(port)\(PeerPath.cosignature(log.origin))"
            for (checkpoint, proofs) in [(older, 0), (strange, 1)] {
                let answer = try await Exchange(
                    url, method: "POST", body: checkpoint.note.serialized)
                #expect(answer.status == 422)
                #expect(try node.database.read { try $0.splitViews() }.count == proofs)
            }
        }
    }
}
