import Cryptography
import Foundation
import Storage
import TestSupport
import Testing

/// A database of every version that was released, and what is left of a step that fails.
@Suite struct MigrationTests {
    /// What takes a database of this version back to an earlier one.
    private static let back: [Int: String] = [
        1: """
        INSERT INTO posting (term, position)
        SELECT topic.subject, position FROM mention JOIN topic ON topic.id = mention.topic;
        DROP TABLE mention; DROP TABLE topic;
        DROP TABLE life_mark; DROP TABLE session; DROP TABLE seal_note;
        DROP TABLE grant_state; ALTER TABLE witness_state DROP COLUMN is_complete;
        DROP TABLE log_usage; DROP TABLE scrub;
        PRAGMA user_version = 1;
        """,
        2: """
        INSERT INTO posting (term, position)
        SELECT topic.subject, position FROM mention JOIN topic ON topic.id = mention.topic;
        DROP TABLE mention; DROP TABLE topic;
        PRAGMA user_version = 2;
        """,
        3: "",
    ]

    private let store: SampleStore
    private let path: String
    private let root: HashValue

    init() throws {
        store = try SampleStore()
        try store.append(0..<300)
        root = try store.database.read { [origin = store.origin] in try $0.root(origin, size: 300) }
        path = store.folder.path("log.sqlite")
        try store.database.close()
    }

    @Test(arguments: [1, 2, 3])
    func bringsAVersionAlongWithTheSameRoot(_ version: Int) throws {
        try sqlite(Self.back[version] ?? "")
        #expect(try sqlite("PRAGMA user_version") == "\(version)")
        let database = try LogDatabase(opening: path)
        #expect(try database.read { try $0.root(store.origin, size: 300) } == root)
        let found = try database.read {
            try $0.entries(
                store.origin, selecting: EntrySelection(subjects: ["body"]), below: 300)
        }
        #expect(found.count == 300)
        try database.close()
        #expect(try sqlite("PRAGMA user_version") == "3")
        #expect(try sqlite("PRAGMA integrity_check") == "ok")
    }

    /// The last step of a migration fails: everything before it is undone.
    @Test(arguments: [1, 2])
    func leavesTheOldVersionWhereAStepFails(_ version: Int) throws {
        try sqlite(Self.back[version] ?? "")
        try sqlite("CREATE TABLE mention (x)")
        let before = try sqlite(".dump")
        let error = #expect(throws: StorageError.self) { try LogDatabase(opening: path) }
        guard case .refused = error else {
            Issue.record("expected .refused, found \(String(describing: error))")
            return
        }
        #expect(try sqlite(".dump") == before)
        #expect(try sqlite("PRAGMA user_version") == "\(version)")
        try sqlite("DROP TABLE mention")
        let database = try LogDatabase(opening: path)
        #expect(try database.read { try $0.root(store.origin, size: 300) } == root)
    }

    @Test func copiesOneStateWhileOthersWrite() async throws {
        let database = try LogDatabase(opening: path)
        let origin = store.origin
        let store = store
        async let writing: Void = {
            for index in 300..<400 {
                try database.append(
                    SampleCountry.entries(index..<(index + 1)).map { NewEntry($0) }, to: origin,
                    expecting: UInt64(index))
            }
        }()
        for number in 0..<4 {
            let target = store.folder.path("copy-\(number)")
            try database.copy(to: target)
            let copy = try LogDatabase(opening: target)
            try copy.checkPages()
            let size = try copy.read { try $0.log(origin)?.size } ?? 0
            #expect((300...400).contains(size))
            let here = try database.read { try $0.root(origin, size: size) }
            #expect(try copy.read { try $0.root(origin, size: size) } == here)
        }
        try await writing
        #expect(throws: StorageError.self) { try database.copy(to: store.folder.path("copy-0")) }
    }

    @discardableResult
    private func sqlite(_ sql: String) throws -> String {
        let output = Pipe()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["sqlite3", path, sql]
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(sql)")
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
