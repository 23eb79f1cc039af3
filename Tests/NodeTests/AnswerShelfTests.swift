import Encoding
import NIOCore
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Node

/// What the shelf keeps, for how long, and how much of it.
@Suite struct AnswerShelfTests {
    let folder: TemporaryFolder
    let database: LogDatabase
    let table = MetricsTable()
    let clock: Clock
    let shelf: AnswerShelf

    final class Clock: Sendable {
        let seconds = Mutex<Int64>(1_800_000_000)
        var time: Timestamp { Timestamp(seconds: seconds.withLock { $0 }) }
    }

    init() throws {
        folder = try TemporaryFolder()
        database = try LogDatabase(inFolder: folder.path)
        let clock = Clock()
        self.clock = clock
        shelf = AnswerShelf(
            changes: try ChangeWatch(database), limits: RequestLimits(), allowed: AllowedMethods(),
            table: table, date: AnswerDate(now: { clock.time }))
    }

    private static let log = String(repeating: "ab", count: 32)

    private static func request(_ path: String) -> ByteBuffer {
        ByteBuffer(string: "GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
    }

    private func answer(_ body: String) -> ByteBuffer {
        ByteBuffer(
            string: "HTTP/1.1 200 OK\r\nDate: \(AnswerDate.text(clock.time))\r\n\r\n\(body)")
    }

    private func keep(_ path: String, _ body: String, mark: Int64? = nil) throws {
        shelf.keep(
            answer(body), to: Self.request(path), path: path, status: 200,
            mark: try mark ?? #require(shelf.mark))
    }

    private func found(_ path: String, from address: String? = nil) -> String? {
        shelf.answer(to: Self.request(path), from: address).map { String(buffer: $0) }
    }

    @Test func answersTheSameBytesWithTheDateOfNow() throws {
        try keep("/a/tile/0/000", "tile")
        let first = found("/a/tile/0/000")
        #expect(first == String(buffer: answer("tile")))
        clock.seconds.withLock { $0 += 86_400 }
        #expect(found("/a/tile/0/000") == String(buffer: answer("tile")))
        #expect(found("/a/tile/0/000") != first)
        #expect(found("/a/tile/0/001") == nil)
        let counts = table.snapshot.values.compactMap {
            if case .counter(let count) = $0 { count } else { nil }
        }
        #expect(counts == [3])
    }

    @Test func forgetsWhatTheLogsAnsweredOnceTheyChange() throws {
        let mark = try #require(shelf.mark)
        try keep("/\(Self.log)/checkpoint", "old", mark: mark)
        #expect(found("/\(Self.log)/checkpoint")?.hasSuffix("old") == true)
        try database.addLog("concord.example/xa", isOwn: true)
        #expect(found("/\(Self.log)/checkpoint") == nil)
        // What was read before the change is not the answer after it.
        try keep("/\(Self.log)/checkpoint", "old", mark: mark)
        #expect(found("/\(Self.log)/checkpoint") == nil)
        try keep("/\(Self.log)/checkpoint", "new")
        #expect(found("/\(Self.log)/checkpoint")?.hasSuffix("new") == true)
    }

    @Test func takesTilesOffABudgetAndCheckpointsOffNone() throws {
        try keep("/a/tile/0/000", "tile")
        try keep("/\(Self.log)/checkpoint", "note")
        var count = 0
        while found("/a/tile/0/000", from: "192.0.2.1") != nil, count < 20_000 { count += 1 }
        #expect((6_000..<20_000).contains(count))
        #expect(found("/\(Self.log)/checkpoint", from: "192.0.2.1") != nil)
        #expect(found("/a/tile/0/000", from: "192.0.2.2") != nil)
        #expect(found("/a/tile/0/000") != nil)
    }

    @Test func holdsABoundedNumberOfBytesAndWhatIsAskedForStays() throws {
        let body = String(repeating: "x", count: 60_000)
        try keep("/popular", "popular")
        for number in 0..<1_000 {
            try keep("/\(number)", body)
            #expect(found("/popular") != nil)
        }
        #expect(shelf.byteCount <= 2 * AnswerShelf.byteLimit + 64 << 10)
        #expect(shelf.byteCount > AnswerShelf.byteLimit)
        #expect(found("/0") == nil)
        #expect(found("/999") != nil)
    }

    @Test func keepsNothingThatIsTooLargeOrHasNoDate() throws {
        try keep("/large", String(repeating: "x", count: AnswerShelf.answerByteLimit))
        #expect(found("/large") == nil)
        shelf.keep(
            ByteBuffer(string: "HTTP/1.1 200 OK\r\n\r\nbody"), to: Self.request("/b"), path: "/b",
            status: 200, mark: try #require(shelf.mark))
        #expect(found("/b") == nil)
    }
}
