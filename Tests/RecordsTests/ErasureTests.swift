import Credentials
import Cryptography
import Encoding
import Foundation
import Records
import TestSupport
import Testing

@Suite("Erasure")
struct ErasureTests {
    let sample: SampleStore
    let records: [Record]

    init() throws {
        sample = try SampleStore()
        records = try sample.records(10)
        try sample.opened().insert(records)
    }

    func expectErased(_ store: RecordStore) throws {
        #expect(throws: RecordsError.erased(records[4].id)) { try store.record(records[4].id) }
        for record in records where record.id != records[4].id {
            #expect(try store.record(record.id) == record)
        }
        #expect(try store.summaries().map(\.isErased) == (0..<10).map { $0 == 4 })
        #expect(try store.erasedRecords() == [records[4].id])
    }

    @Test func makesOneRecordUnreadableForEver() throws {
        let store = try sample.opened()
        try store.erase(records[4].id)
        try expectErased(store)
        try expectErased(sample.opened())
        try store.erase(records[4].id)
        try expectErased(store)
    }

    /// The wrapped key and the sealed record of each row, found as SQLite wrote them.
    @Test func leavesNeitherKeyNorContentInAnyFile() throws {
        let names = ["records.sqlite", "record-keys.sqlite"]
        let before = try names.map { Array(try Data(contentsOf: sample.file($0))) }
        let store = try sample.opened()
        try store.erase(records[4].id)
        for name in names {
            let size =
                try FileManager.default.attributesOfItem(
                    atPath: sample.file("\(name)-wal").path)[.size] as? Int
            #expect(size == 0, "the write-ahead log is empty while the store is open")
        }
        let after = try sample.everything()
        // A wrapped key has 72 bytes; a sealed record has more than the credential itself.
        let expected = [records[4].credential.serialized.count, 72]
        for (bytes, expected) in zip(before, expected) {
            let lost = stride(from: 0, to: bytes.count - 24, by: 8).filter { start in
                let window = Array(bytes[start..<(start + 24)])
                return Set(window).count > 16 && !after.contains(run: window)
            }
            #expect(lost.count * 8 >= expected / 2)
        }
    }

    @Test func isFinishedAfterACrash() throws {
        // The records' file is put back to before the erasure; the keys' file is after it.
        let before = try Data(contentsOf: sample.file("records.sqlite"))
        do { try sample.opened().erase(records[4].id) }
        try before.write(to: sample.file("records.sqlite"))
        let store = try sample.opened()
        try expectErased(store)
    }

    @Test func isReplayedAfterARestore() throws {
        let names = ["records.sqlite", "record-keys.sqlite"]
        let backup = try names.map { try Data(contentsOf: sample.file($0)) }
        let erased: [RecordID]
        do {
            let store = try sample.opened()
            try store.erase(records[4].id)
            erased = try store.erasedRecords()
        }
        for (name, bytes) in zip(names, backup) { try bytes.write(to: sample.file(name)) }
        let store = try sample.opened()
        #expect(try store.record(records[4].id) == records[4])
        try store.erase(erased)
        try expectErased(store)
    }

    @Test func refusesUnknownRecord() throws {
        var generator = SeededGenerator(seed: 9)
        let nobody = RecordID(using: &generator)
        #expect(throws: RecordsError.unknownRecord(nobody)) { try sample.opened().erase(nobody) }
    }

    @Test func neverGivesAKeyToAnotherRecord() throws {
        let store = try sample.opened()
        try store.erase(records[9].id)
        let more = try sample.record(50)
        try store.insert([more])
        #expect(try store.record(more.id) == more)
        #expect(throws: RecordsError.erased(records[9].id)) { try store.record(records[9].id) }
    }
}
