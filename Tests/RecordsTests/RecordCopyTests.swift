import Credentials
import Cryptography
import Foundation
import Records
import TestSupport
import Testing

/// Copies of the records for a backup, and what becomes of them when they are restored.
@Suite struct RecordCopyTests {
    let sample: SampleStore
    let records: [Record]

    init() throws {
        sample = try SampleStore()
        records = try sample.records(10)
        try sample.opened().insert(records)
    }

    private func copied() throws -> TemporaryFolder {
        let copy = try TemporaryFolder()
        try RecordStore.copy(from: sample.directory.path, to: copy.path)
        return copy
    }

    @Test func opensWithEveryRecordAndForItsOwnerAlone() throws {
        let copy = try copied()
        for name in [RecordStore.fileName, RecordStore.keyFileName] {
            let mode = try FileManager.default.attributesOfItem(atPath: copy.path(name))
            #expect((mode[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        }
        let store = try RecordStore(opening: copy.path, wrappingKey: sample.wrappingKey)
        for record in records { #expect(try store.record(record.id) == record) }
    }

    /// Whoever writes meanwhile leaves a copy in which no record lacks its key.
    @Test func isWholeWhileOthersWrite() async throws {
        let more = try (10..<210).map { try sample.record($0) }
        let store = try sample.opened()
        async let writing: Void = {
            for record in more { try store.insert([record]) }
        }()
        for _ in 0..<5 {
            let copy = try copied()
            let copied = try RecordStore(opening: copy.path, wrappingKey: sample.wrappingKey)
            let ids = try copied.summaries().map(\.id)
            #expect(ids.count >= 10)
            for id in ids { #expect(throws: Never.self) { try copied.record(id) } }
        }
        try await writing
    }

    @Test func doesNotTakeThePlaceOfAnything() throws {
        let copy = try copied()
        #expect(throws: RecordsError.self) {
            try RecordStore.copy(from: sample.directory.path, to: copy.path)
        }
    }

    /// What was erased after the copy is erased in it too, without any key.
    @Test func erasesAgainWhatWasErasedSince() throws {
        let copy = try copied()
        let erased = [records[4].id, records[7].id]
        try sample.opened().erase(erased)
        let unknown = try sample.record(99).id
        #expect(try RecordStore.erase(erased + [unknown], inClosed: copy.path) == 2)
        #expect(try RecordStore.erase(erased, inClosed: copy.path) == 2)
        let store = try RecordStore(opening: copy.path, wrappingKey: sample.wrappingKey)
        for record in records {
            if erased.contains(record.id) {
                #expect(throws: RecordsError.erased(record.id)) { try store.record(record.id) }
            } else {
                #expect(try store.record(record.id) == record)
            }
        }
        #expect(Set(try store.erasedRecords()) == Set(erased))
    }

    /// A file of the first version, as it was before spreadsheets were imported.
    @Test func bringsRecordsOfTheFirstVersionAlong() throws {
        try sqlite(
            """
            DROP TABLE import_row; DROP TABLE import;
            PRAGMA user_version = 1;
            """)
        let store = try sample.opened()
        for record in records { #expect(try store.record(record.id) == record) }
        #expect(try sqlite("PRAGMA user_version") == "2")
    }

    @discardableResult
    private func sqlite(_ sql: String) throws -> String {
        let output = Pipe()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["sqlite3", sample.file(RecordStore.fileName).path, sql]
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
