import Cryptography
import Encoding
import Foundation
import Storage
import TestSupport
import Testing
import TransparencyLog

@Suite struct LogDatabaseTests {
    @Test func createsAndReopens() throws {
        let store = try SampleStore()
        try store.append(0..<3)
        try store.database.close()
        let again = try LogDatabase(inFolder: store.folder.path)
        #expect(try again.read { try $0.log(store.origin)?.size } == 3)
    }

    @Test func readsBesideAWriterAndWritesNothing() throws {
        let store = try SampleStore()
        try store.append(0..<3)
        let reading = try LogDatabase.reading(inFolder: store.folder.path)
        #expect(try reading.read { try $0.log(store.origin)?.size } == 3)
        try store.append(3..<5)
        #expect(try reading.read { try $0.log(store.origin)?.size } == 5)
        #expect(throws: StorageError.self) { try reading.addLog("other.example/1", isOwn: false) }
        #expect(try store.database.read { try $0.log("other.example/1") } == nil)
    }

    /// What a version of before left out is made, and then read.
    @Test func bringsAFileUpToDateBeforeItIsRead() throws {
        let store = try SampleStore()
        try store.append(0..<3)
        try store.database.close()
        try sqlite(store.folder.path("log.sqlite"), "DROP TABLE challenge_request;")
        let reading = try LogDatabase.reading(inFolder: store.folder.path)
        #expect(try reading.keptRequest([1, 2, 3]) == nil)
        #expect(try reading.read { try $0.log(store.origin)?.size } == 3)
    }

    @Test func refusesDatabaseOfAnotherProgram() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("log.sqlite")
        try sqlite(path, "CREATE TABLE invoice (id INTEGER); PRAGMA application_id = 7;")
        let before = try Data(contentsOf: URL(filePath: path))
        #expect(
            throws: StorageError.foreignDatabase(path: path, expected: "434e4c47", found: "7")
        ) { try LogDatabase(opening: path) }
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }

    @Test func refusesTablesWithoutApplicationID() throws {
        let path = try TemporaryFolder().path
        let file = path + "log.sqlite"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try sqlite(file, "CREATE TABLE invoice (id INTEGER);")
        #expect(
            throws: StorageError.foreignDatabase(path: file, expected: "434e4c47", found: "0")
        ) { try LogDatabase(opening: file) }
    }

    @Test func refusesNewerDatabase() throws {
        let store = try SampleStore()
        try store.database.close()
        let path = store.folder.path("log.sqlite")
        try sqlite(path, "PRAGMA user_version = 4;")
        let before = try Data(contentsOf: URL(filePath: path))
        #expect(throws: StorageError.newerDatabase(path: path, expected: 3, found: 4)) {
            try LogDatabase(opening: path)
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }

    @Test func bringsADatabaseOfTheFirstVersionAlongAndSealsIt() throws {
        let store = try SampleStore()
        try store.append(0..<3)
        let root = try store.database.read { try $0.root(store.origin, size: 3) }
        try store.database.close()
        let path = store.folder.path("log.sqlite")
        try sqlite(
            path,
            """
            DROP TABLE mention; DROP TABLE topic;
            DROP TABLE life_mark; DROP TABLE session; DROP TABLE seal_note;
            DROP TABLE grant_state; ALTER TABLE witness_state DROP COLUMN is_complete;
            PRAGMA user_version = 1;
            """)
        let opened = try LogDatabase(opening: path)
        #expect(try opened.read { try $0.root(store.origin, size: 3) } == root)
        #expect(try opened.sealReasons() == [.noLifeMark])
    }

    @Test func findsByKindAndSubjectWhatTheSecondVersionWrote() throws {
        let store = try SampleStore()
        let entries = [
            NewEntry(Array("a".utf8), kind: "mandate", subjects: ["DE", "body"]),
            NewEntry(Array("b".utf8), kind: "regulation", subjects: ["DE", "isco:1"]),
            NewEntry(bytes: [], identity: HashValue(of: []), kind: nil, subjects: []),
        ]
        try store.database.append(entries, to: store.origin, expecting: 0)
        try store.database.close()
        let path = store.folder.path("log.sqlite")
        try sqlite(
            path,
            """
            INSERT INTO posting (term, position)
            SELECT topic.subject, position FROM mention JOIN topic ON topic.id = mention.topic;
            DROP TABLE mention; DROP TABLE topic;
            PRAGMA user_version = 2;
            """)
        let opened = try LogDatabase(opening: path)
        func found(_ selection: EntrySelection) throws -> [UInt64] {
            try opened.read { snapshot throws in
                try snapshot.entries(store.origin, selecting: selection, below: 9).map(\.index)
            }
        }
        #expect(try found(EntrySelection(subjects: ["DE"])) == [0, 1])
        #expect(try found(EntrySelection(subjects: ["DE"], places: ["DE"])) == [0])
        #expect(try found(EntrySelection(kinds: ["regulation"])) == [1])
    }

    @Test func emptiedMemoryIsALostOne() throws {
        let store = try SampleStore(isOwn: false)
        try store.database.beginLife(HashValue(of: "life".utf8))
        let head = try store.country.checkpoint(SampleCountry.entries(0..<2)).head
        try store.database.cosign(store.origin) { _ in (head, ()) }
        try store.database.close()
        try sqlite(store.folder.path("log.sqlite"), "DELETE FROM witness_state;")
        let opened = try LogDatabase(inFolder: store.folder.path)
        #expect(try opened.sealReasons() == [.memoryForgotten(origin: store.origin)])
    }

    @Test func refusesFileThatIsNoDatabase() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("log.sqlite")
        try Data("<html>not a database</html>".utf8).write(to: URL(filePath: path))
        let error = #expect(throws: StorageError.self) { try LogDatabase(opening: path) }
        guard case .damaged = error else {
            Issue.record("expected .damaged, found \(String(describing: error))")
            return
        }
    }

    @Test func refusesFolderThatIsNotThere() throws {
        let folder = try TemporaryFolder()
        #expect(throws: StorageError.self) { try LogDatabase(inFolder: folder.path("none")) }
    }

    @Test func opensDatabaseWhoseWriterWasKilled() throws {
        // The file as a crash leaves it: rows in the write-ahead log only.
        let store = try SampleStore()
        try store.append(0..<300)
        let copy = try TemporaryFolder()
        for name in ["log.sqlite", "log.sqlite-wal"] {
            try FileManager.default.copyItem(
                atPath: store.folder.path(name), toPath: copy.path(name))
        }
        let again = try LogDatabase(inFolder: copy.path)
        #expect(try again.read { try $0.log(store.origin)?.size } == 300)
    }

    @Test func spendsChallengeOnce() throws {
        let database = try SampleStore().database
        let nonce = [UInt8](repeating: 7, count: 16)
        let now = Timestamp(seconds: 1_000)
        try database.keepChallenge(nonce, audience: "DE", expires: now + 60, at: now)
        #expect(try database.spendChallenge(nonce, audience: "PH", at: now) == .wrongAudience)
        #expect(try database.spendChallenge(nonce, audience: "DE", at: now + 61) == .expired)
        #expect(try database.spendChallenge(nonce, audience: "DE", at: now) == .spent)
        #expect(try database.spendChallenge(nonce, audience: "DE", at: now) == .alreadySpent)
        let other = [UInt8](repeating: 8, count: 16)
        #expect(try database.spendChallenge(other, audience: "DE", at: now) == .unknown)
    }

    @Test func keepsTheRequestOfAChallengeUntilItExpires() throws {
        let database = try SampleStore().database
        let nonce = [UInt8](repeating: 7, count: 16)
        let now = Timestamp(seconds: 1_000)
        try database.keepChallenge(
            nonce, audience: "DE", expires: now + 60, request: [1, 2, 3], at: now)
        #expect(try database.keptRequest(nonce) == [1, 2, 3])
        #expect(try database.spendChallenge(nonce, audience: "DE", at: now) == .spent)
        #expect(try database.keptRequest(nonce) == [1, 2, 3])
        let other = [UInt8](repeating: 8, count: 16)
        #expect(try database.keptRequest(other) == nil)
        try database.keepChallenge(other, audience: "DE", expires: now + 90, at: now + 61)
        #expect(try database.keptRequest(nonce) == nil)
        #expect(try database.keptRequest(other) == nil)
    }

    @Test func spendsChallengeOnceAmongMany() async throws {
        let store = try SampleStore()
        let database = store.database
        let nonce = [UInt8](repeating: 7, count: 16)
        let now = Timestamp(seconds: 1_000)
        try database.keepChallenge(nonce, audience: "DE", expires: now + 60, at: now)
        let outcomes = try await withThrowingTaskGroup(of: ChallengeOutcome.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    try await database.perform { database throws(StorageError) in
                        try database.spendChallenge(nonce, audience: "DE", at: now)
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.filter { $0 == .spent }.count == 1)
    }

    private func sqlite(_ path: String, _ sql: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["sqlite3", path, sql]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }
}
