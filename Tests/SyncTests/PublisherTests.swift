import Cryptography
import Encoding
import Storage
import Sync
import TestSupport
import Testing
import TransparencyLog

@Suite struct PublisherTests {
    let folder: TemporaryFolder
    let country: SampleCountry
    let database: LogDatabase
    let publisher: Publisher

    init() throws {
        folder = try TemporaryFolder()
        country = try SampleCountry("XA", 1)
        database = try LogDatabase(inFolder: folder.path)
        try database.addLog(country.origin, isOwn: true)
        try database.beginLife(HashValue(of: "life".utf8))
        publisher = Publisher(
            database: database, origin: country.origin, signer: country.log)
    }

    private func entries(_ range: Range<Int>) -> [NewEntry] {
        SampleCountry.entries(range).map { NewEntry(reading: $0) }
    }

    @Test func signsWhatTheReferenceSigns() async throws {
        for (start, end) in [(0, 0), (0, 3), (3, 300), (300, 301)] {
            let checkpoint = try await publisher.publish(
                entries(start..<end), expecting: UInt64(start))
            #expect(checkpoint == (try country.checkpoint(SampleCountry.entries(0..<end))))
        }
    }

    @Test func crashBetweenAppendAndSignatureReplaysToTheSameBytes() async throws {
        let before = try await publisher.publish(entries(0..<3), expecting: 0)
        // The crash: entries are on disk, the note is not.
        try database.append(entries(3..<9), to: country.origin, expecting: 3)
        try database.close()
        let again = try LogDatabase(inFolder: folder.path)
        #expect(try again.read { try $0.head(country.origin)?.note } == before.note)
        let restarted = Publisher(database: again, origin: country.origin, signer: country.log)
        let note = try await restarted.resume().note
        #expect(note == (try country.checkpoint(SampleCountry.entries(0..<9))).note)
        #expect(try await restarted.resume().note == note)
    }

    @Test func refusesSecondWriter() async throws {
        try await publisher.publish(entries(0..<3), expecting: 0)
        let error = SyncError.storage(
            .sizeConflict(origin: country.origin, expected: 2, found: 3))
        await #expect(throws: error) { try await publisher.publish(entries(2..<4), expecting: 2) }
    }

    @Test func refusesOtherKeysAndOtherLogs() async throws {
        let other = try SampleCountry("XB", 2)
        let wrong = Publisher(database: database, origin: country.origin, signer: other.log)
        await #expect(throws: SyncError.notOwnKey(origin: country.origin)) {
            try await wrong.publish(entries(0..<1), expecting: 0)
        }
        try database.addLog(other.origin, isOwn: false)
        let foreign = Publisher(database: database, origin: other.origin, signer: other.log)
        await #expect(throws: SyncError.self) { try await foreign.resume() }
        #expect(try database.read { try $0.log(country.origin)?.size } == 0)
    }

    @Test func signsNothingOnceItsOwnForkIsKnown() async throws {
        let first = try await publisher.publish(entries(0..<3), expecting: 0)
        let other = try country.checkpoint(SampleCountry.entries(0..<3, branch: "b"))
        try database.store(
            SplitView(sameSize: first.note, other.note), of: country.origin,
            standing: .keyMisused(goodSize: 3))
        await #expect(throws: SyncError.halted(origin: country.origin, size: 3)) {
            try await publisher.publish(entries(3..<4), expecting: 3)
        }
        #expect(try database.read { try $0.head(country.origin)?.head.size } == 3)
    }
}
