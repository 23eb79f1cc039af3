import Cryptography
import Encoding
import Foundation
import TestSupport
import Testing

@testable import Records

@Suite("Record scan")
struct RecordScanTests {
    let sample: SampleStore

    init() throws { sample = try SampleStore() }

    private func kept(_ index: Int) throws -> Record {
        let record = try sample.record(index)
        return Record(
            id: record.id, credential: record.credential, status: record.status,
            issuedAt: record.issuedAt, kept: ["Class": "B{\n}\"", "Number": .integer(Int64(index))])
    }

    @Test func givesBackWhatTheRegistrarKeeps() throws {
        let store = try sample.opened()
        let records = [try kept(0), try sample.record(1)]
        try store.insert(records)
        for record in records { #expect(try store.record(record.id) == record) }
        #expect(try store.scan().records.map(\.record) == records)
        #expect(try !sample.everything().contains(run: Array("Class".utf8)))
    }

    @Test func goesThroughAllRecordsPageByPage() throws {
        let store = try sample.opened()
        let records = try sample.records(25)
        try store.insert(records)
        try store.erase(records[7].id)
        var found: [Record] = []
        var after: Int64? = 0
        while let number = after {
            let (page, next) = try store.scan(after: number, limit: 10)
            found += page.map(\.record)
            after = next
        }
        #expect(found == records.enumerated().filter { $0.offset != 7 }.map(\.element))
        #expect(try store.scan(.list("none")).records.isEmpty)
    }

    @Test func remembersHowFarAnImportCame() throws {
        let store = try sample.opened()
        let id = HashValue(of: [1])
        #expect(try store.imports.find(id) == nil)
        let seed = [UInt8](repeating: 3, count: 32)
        let item = try store.imports.begin(id, list: SampleStore.list, rows: 5, seed: seed)
        let records = try sample.records(5)
        let leaves = (0..<5).map { HashValue(of: [UInt8($0)]) }
        func part(_ rows: Range<Int>) -> ImportLedger.Part {
            ImportLedger.Part(
                number: item.number, firstRow: rows.lowerBound, leaves: Array(leaves[rows]))
        }
        try store.insert(Array(records[0..<3]), importing: part(0..<3))
        // A row that is there already takes everything of its transaction back.
        #expect(throws: RecordsError.self) {
            try store.insert(Array(records[3..<5]), importing: part(2..<4))
        }
        #expect(try store.count() == 3)
        let again = try sample.opened()
        #expect(try again.imports.find(id)?.recorded == 3)
        #expect(try again.imports.find(id)?.seed == seed)
        try again.insert(Array(records[3..<5]), importing: part(3..<5))
        #expect(try again.imports.leaves(of: item.number) == leaves)
        try again.imports.setEntry([9, 9], of: item.number)
        try again.imports.setEntry([8], of: item.number)
        #expect(try again.imports.find(id)?.entry == [9, 9])
        try again.imports.setPlace(77, of: item.number)
        #expect(try again.imports.find(id)?.place == 77)
        try again.erase(records[1].id)
        let rows = try again.records(of: item.number, from: 0, limit: 10)
        #expect(rows == [records[0], nil, records[2], records[3], records[4]])
        #expect(try again.imports.recordNumbers(of: item.number).count == 5)
    }

    /// A store of the version before is brought up to this one, with what it holds.
    @Test func opensAStoreOfTheFirstVersion() throws {
        let keys = try RecordKeys(
            opening: sample.file("record-keys.sqlite").path, wrappingKey: sample.wrappingKey,
            mayCreate: true)
        let name = Hexadecimal.encode(keys.storeID)
        let file = try DatabaseFile(
            opening: sample.file(RecordStore.fileName).path,
            applicationID: RecordStore.applicationID, version: 1)
        try file.create(
            schema: RecordStore.firstSchema + "INSERT INTO store VALUES (1, x'\(name)');",
            applicationID: RecordStore.applicationID, version: 1
        ) { _ in }
        let store = try sample.opened()
        let record = try sample.record(1)
        try store.insert([record])
        #expect(try store.imports.find(HashValue(of: [1])) == nil)
        #expect(try sample.opened().record(record.id) == record)
    }
}
