import Credentials
import Cryptography
import Encoding
import Foundation
import Records
import TestSupport
import Testing

@Suite("Record store")
struct RecordStoreTests {
    let sample: SampleStore

    init() throws { sample = try SampleStore() }

    @Test func givesBackWhatItTook() throws {
        let records = try sample.records(20)
        try sample.opened().insert(records)
        let store = try sample.opened()
        for record in records { #expect(try store.record(record.id) == record) }
        #expect(try store.count() == 20)
        let summaries = try store.summaries()
        #expect(summaries.map(\.id) == records.map(\.id))
        #expect(summaries.map(\.status) == records.map(\.status))
        #expect(
            try store.summaries(after: summaries[4].number, limit: 3) == Array(summaries[5..<8]))
        #expect(try store.summary(of: records[7].status)?.id == records[7].id)
    }

    @Test func holdsNothingPersonalInClear() throws {
        let store = try sample.opened()
        let record = try sample.record(0)
        try store.insert([record])
        let bytes = try sample.everything()
        #expect(bytes.contains(run: record.id.bytes))
        #expect(!bytes.contains(run: Array("Testina".utf8)))
        #expect(!bytes.contains(run: Array(record.credential.issuerSignedBytes.prefix(40))))
        for disclosure in record.credential.disclosures {
            #expect(!bytes.contains(run: disclosure.encoded))
        }
    }

    @Test func takesAllOrNone() throws {
        let store = try sample.opened()
        try store.insert([try sample.record(5)])
        let more = [try sample.record(6), try sample.record(5)]
        #expect(throws: RecordsError.slotTaken(list: SampleStore.list, index: 5)) {
            try store.insert(more)
        }
        #expect(try store.count() == 1)
        #expect(throws: RecordsError.unknownRecord(more[0].id)) { try store.record(more[0].id) }
        try store.insert([more[0]])
        #expect(try store.record(more[0].id) == more[0])
    }

    @Test func keepsThePlaceInABatch() throws {
        let store = try sample.opened()
        let records = try sample.records(3)
        try store.insert(records)
        #expect(try store.summaries(.outsideBatches).count == 3)
        try store.setBatch([records[1].id: sample.path(7), records[2].id: sample.path(8)])
        #expect(try store.record(records[1].id).batch == sample.path(7))
        #expect(try store.record(records[1].id).file.batch == sample.path(7))
        #expect(try store.summaries(.outsideBatches).map(\.id) == [records[0].id])
        #expect(try store.summaries(.list(SampleStore.list)).last?.batch?.leafIndex == 8)
        var generator = SeededGenerator(seed: 9)
        let nobody = RecordID(using: &generator)
        #expect(throws: RecordsError.unknownRecord(nobody)) {
            try store.setBatch([nobody: sample.path(1), records[0].id: sample.path(2)])
        }
        #expect(try store.record(records[0].id).batch == nil)
    }

    @Test func namesDamage() throws {
        let record = try sample.record(0)
        try sample.opened().insert([record])
        let file = sample.file("records.sqlite")
        var bytes = Array(try Data(contentsOf: file))
        // The sealed bytes lie at the end of the last page that holds the row.
        let id = try #require(Data(bytes).range(of: Data(record.id.bytes))).lowerBound
        bytes[id + 200] ^= 1
        try Data(bytes).write(to: file)
        let error = #expect(throws: RecordsError.self) {
            try sample.opened().record(record.id)
        }
        #expect(error == .damaged(record.id))
    }
}

@Suite("Opening a record store")
struct RecordStoreOpeningTests {
    let sample: SampleStore

    init() throws { sample = try SampleStore() }

    @Test func refusesAnotherWrappingKey() throws {
        try sample.opened().insert([try sample.record(0)])
        var generator = SeededGenerator(seed: 3)
        let other = SealingKey.generated(using: &generator)
        #expect(throws: RecordsError.wrongWrappingKey) { try sample.opened(with: other) }
        _ = try sample.opened()
    }

    @Test(arguments: ["records.sqlite", "record-keys.sqlite"])
    func refusesForeignFile(_ name: String) throws {
        let foreign = Data("this is a text file and not a database".utf8)
        try foreign.write(to: sample.file(name))
        #expect(throws: RecordsError.notRecords(file: sample.file(name).path)) {
            try sample.opened()
        }
        #expect(try Data(contentsOf: sample.file(name)) == foreign)
    }

    @Test func refusesTheFilesInEachOthersPlace() throws {
        _ = try sample.opened()
        let records = try Data(contentsOf: sample.file("records.sqlite"))
        let keys = try Data(contentsOf: sample.file("record-keys.sqlite"))
        try keys.write(to: sample.file("records.sqlite"))
        try records.write(to: sample.file("record-keys.sqlite"))
        #expect(throws: RecordsError.notRecords(file: sample.file("records.sqlite").path)) {
            try sample.opened()
        }
    }

    @Test(arguments: ["records.sqlite", "record-keys.sqlite"])
    func refusesNewerVersion(_ name: String) throws {
        _ = try sample.opened()
        var bytes = try Data(contentsOf: sample.file(name))
        // The last byte of the user version in SQLite's header.
        let known = Int(bytes[63])
        bytes[63] += 1
        try bytes.write(to: sample.file(name))
        #expect(
            throws: RecordsError.newerVersion(
                file: sample.file(name).path, found: known + 1, known: known)
        ) { try sample.opened() }
    }

    @Test func refusesFilesOfTwoStores() throws {
        _ = try sample.opened()
        let other = try SampleStore(seed: 1)
        _ = try other.opened()
        try FileManager.default.removeItem(at: sample.file("record-keys.sqlite"))
        try FileManager.default.copyItem(
            at: other.file("record-keys.sqlite"), to: sample.file("record-keys.sqlite"))
        #expect(throws: RecordsError.filesDoNotBelongTogether) { try sample.opened() }
    }

    @Test func givesNoNewKeysToRecordsWhoseKeysAreGone() throws {
        try sample.opened().insert([try sample.record(0)])
        try FileManager.default.removeItem(at: sample.file("record-keys.sqlite"))
        #expect(throws: RecordsError.filesDoNotBelongTogether) { try sample.opened() }
    }

    @Test func goesOnAfterACrashBetweenTheTwoFiles() throws {
        _ = try sample.opened()
        try FileManager.default.removeItem(at: sample.file("records.sqlite"))
        let record = try sample.record(0)
        let store = try sample.opened()
        try store.insert([record])
        #expect(try store.record(record.id) == record)
    }

    @Test func rewrapsUnderAnotherKey() throws {
        let records = try sample.records(30)
        let store = try sample.opened()
        try store.insert(records)
        try store.erase(records[3].id)
        var generator = SeededGenerator(seed: 5)
        let next = SealingKey.generated(using: &generator)
        try store.rewrap(under: next)
        #expect(try store.record(records[0].id) == records[0])
        let more = try sample.record(100)
        try store.insert([more])
        #expect(throws: RecordsError.wrongWrappingKey) { try sample.opened() }
        let reopened = try sample.opened(with: next)
        for record in records where record.id != records[3].id {
            #expect(try reopened.record(record.id) == record)
        }
        #expect(try reopened.record(more.id) == more)
    }
}
