import Cryptography
import Encoding
import Storage
import TestSupport
import Testing
import TransparencyLog

@Suite struct CheckpointTableTests {
    @Test func swapsNotesByComparison() throws {
        let store = try SampleStore()
        try store.append(0..<3)
        let first = CheckpointRecord(
            try store.country.checkpoint(SampleCountry.entries(0..<2)))
        let second = CheckpointRecord(
            try store.country.checkpoint(SampleCountry.entries(0..<3)))
        try store.database.store(first, replacing: nil)
        #expect(throws: StorageError.noteConflict(origin: store.origin)) {
            try store.database.store(second, replacing: nil)
        }
        try store.database.store(second, replacing: first.checkpoint.note)
        #expect(throws: StorageError.noteConflict(origin: store.origin)) {
            try store.database.store(second, replacing: first.checkpoint.note)
        }
        // Never back to a smaller tree.
        #expect(throws: StorageError.self) {
            try store.database.store(first, replacing: second.checkpoint.note)
        }
        #expect(try store.database.read { try $0.head(store.origin)?.head.size } == 3)
    }

    @Test func refusesCheckpointOverOtherEntries() throws {
        let store = try SampleStore()
        try store.append(0..<3)
        let other = SampleCountry.entries(0..<3, branch: "b", from: 2)
        let record = CheckpointRecord(try store.country.checkpoint(other))
        #expect(throws: StorageError.rootConflict(origin: store.origin, size: 3)) {
            try store.database.store(record, replacing: nil)
        }
        let larger = CheckpointRecord(
            try store.country.checkpoint(SampleCountry.entries(0..<4)))
        #expect(throws: StorageError.self) {
            try store.database.store(larger, replacing: nil)
        }
    }

    @Test func loggedTimeIsThatOfTheEarliestKeptCheckpoint() throws {
        let store = try SampleStore()
        try store.append(0..<9)
        try store.database.keep([
            try store.witnessed(2, at: 200), try store.witnessed(5, at: 500),
            try store.witnessed(9, at: 900), try store.witnessed(9, at: 999),
        ])
        func time(_ index: UInt64) throws -> Int64? {
            try store.database.read { try $0.loggedTime(store.origin, index)?.seconds }
        }
        #expect(try [0, 1, 2, 4, 5, 8].map(time) == [200, 200, 500, 500, 900, 900])
        #expect(try time(9) == nil)
        try store.database.read { snapshot throws in
            #expect(try snapshot.witnessedHead(store.origin)?.quorumTime?.seconds == 999)
            #expect(try snapshot.newestQuorumTime()?.seconds == 999)
            #expect(try snapshot.checkpoints(store.origin, above: 2).map(\.head.size) == [5, 9])
        }
    }

    @Test func clockNeverGoesBack() throws {
        let store = try SampleStore()
        try store.append(0..<3)
        try store.database.keep([try store.witnessed(2, at: 500)])
        try store.database.keep([try store.witnessed(3, at: 400)])
        #expect(try store.database.read { try $0.newestQuorumTime()?.seconds } == 500)
    }

    @Test func forgetsPendingNoteWhenItIsCovered() throws {
        let store = try SampleStore(isOwn: false)
        let entries = SampleCountry.entries(0..<5)
        let record = CheckpointRecord(try store.country.checkpoint(entries))
        try store.database.setPending(record)
        var growth = LogExtension(extending: TreeEdge())
        growth.append(contentsOf: entries[..<3].map { NewEntry($0) })
        try store.database.append(growth, to: store.origin)
        #expect(try store.database.read { try $0.pendingHead(store.origin)?.head.size } == 5)
        #expect(try store.database.read { try $0.head(store.origin) } == nil)
        growth = try store.database.read { snapshot throws in
            LogExtension(extending: try snapshot.edge(store.origin))
        }
        growth.append(contentsOf: entries[3...].map { NewEntry($0) })
        try store.database.append(growth, to: store.origin, record: record)
        #expect(try store.database.read { try $0.pendingHead(store.origin) } == nil)
    }

    @Test func standingOnlyGetsWorseByItself() throws {
        let store = try SampleStore(isOwn: false)
        let one = try store.country.checkpoint(SampleCountry.entries(0..<3)).note
        let two = try store.country.checkpoint(SampleCountry.entries(0..<3, branch: "b")).note
        let split = SplitView(sameSize: one, two)
        let origin = store.origin
        func standing() throws -> LogStanding? {
            try store.database.read { try $0.log(origin)?.standing }
        }
        try store.database.store(split, of: origin, standing: .keyMisused(goodSize: 7))
        #expect(try standing() == .keyMisused(goodSize: 7))
        try store.database.store(split, of: origin, standing: .frozen(commonSize: 2))
        try store.database.store(split, of: origin, standing: .keyMisused(goodSize: 1))
        #expect(try standing() == .frozen(commonSize: 2))
        #expect(try store.database.read { try $0.splitViews() } == [split.identity])
        #expect(try store.database.read { try $0.splitView(split.identity) } == split)
        try store.database.setStanding(.sound, of: origin)
        #expect(try standing() == .sound)
    }

    @Test func witnessStateIsDecidedAndStoredAtOnce() throws {
        let store = try SampleStore(isOwn: false)
        try store.database.beginLife(HashValue(of: "life".utf8))
        let heads = try [2, 5, 3].map {
            try store.country.checkpoint(SampleCountry.entries(0..<$0)).head
        }
        for head in heads[..<2] {
            try store.database.cosign(store.origin) { context in
                #expect(context.standing == .sound && !context.isOwn)
                return (head, ())
            }
        }
        #expect(try store.database.read { try $0.witnessState(store.origin) } == heads[1])
        #expect(throws: StorageError.self) {
            try store.database.cosign(store.origin) { _ in (heads[2], ()) }
        }
        #expect(try store.database.read { try $0.witnessState(store.origin) } == heads[1])
    }

    @Test func keepsBlobsUnderTheirHash() throws {
        let store = try SampleStore()
        let bytes = Array("a status list".utf8)
        let hash = HashValue(of: bytes)
        try store.database.noteBlobs([hash, hash], namedBy: store.origin)
        #expect(try store.database.read { try $0.missingBlobs(store.origin) } == [hash])
        #expect(throws: StorageError.self) {
            try store.database.storeBlob(bytes + [0], hash: hash)
        }
        try store.database.storeBlob(bytes, hash: hash)
        #expect(try store.database.read { try $0.blob(hash) } == bytes)
        #expect(try store.database.read { try $0.missingBlobs(store.origin) } == [])
        try store.database.noteBlobs([hash], namedBy: store.origin)
        #expect(try store.database.read { try $0.missingBlobs(store.origin) } == [])
    }
}
