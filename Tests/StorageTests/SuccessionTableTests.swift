import Cryptography
import Encoding
import Storage
import TestSupport
import Testing
import TransparencyLog

/// A log that goes on under another name, with the same bytes at the same places.
@Suite struct SuccessionTableTests {
    static let next = "sample.example/XA/2"

    private func succession(
        of store: SampleStore, size: UInt64 = 7
    ) throws -> SuccessionRecord {
        SuccessionRecord(
            predecessor: store.origin, origin: Self.next, size: size,
            firstLogKey: try SampleKeys.signer(Self.next).verifier)
    }

    @Test func aCopyIsContinuedWithTheTimesOfTheOldLog() throws {
        let store = try SampleStore(isOwn: false)
        let database = store.database
        var growth = LogExtension(extending: try database.read { try $0.edge(store.origin) })
        growth.append(contentsOf: SampleCountry.entries(0..<9).map { NewEntry($0) })
        try database.append(growth, to: store.origin)
        for (size, time) in [(4, 100), (6, 200), (9, 300)] {
            try database.keep([try store.witnessed(size, at: Int64(time))])
        }
        let succession = try succession(of: store)
        try database.adopt(succession)
        try database.read { snapshot throws in
            #expect(try snapshot.successor(of: store.origin) == succession)
            #expect(try snapshot.predecessor(of: Self.next) == succession)
            #expect(try snapshot.log(Self.next)?.size == 7)
            #expect(try snapshot.root(Self.next, size: 7) == snapshot.root(store.origin, size: 7))
            #expect(
                try snapshot.entries(Self.next, 0..<7) == snapshot.entries(store.origin, 0..<7))
            #expect(try snapshot.loggedTime(Self.next, 3) == Timestamp(seconds: 100))
            #expect(try snapshot.loggedTime(Self.next, 5) == Timestamp(seconds: 200))
            // Seen only above the good size: nobody of the new log has seen it yet.
            #expect(try snapshot.loggedTime(Self.next, 6) == nil)
            #expect(try snapshot.log(store.origin)?.size == 9)
            #expect(try snapshot.isComplete(.witness, of: Self.next))
        }
        #expect(throws: StorageError.self) { try database.adopt(succession) }
    }

    @Test func theNewLogsEntriesAreFoundBySubjectAndKind() throws {
        let store = try SampleStore(isOwn: false)
        let database = store.database
        let entries = (0..<9).map { number in
            NewEntry(
                bytes: [UInt8(number)], identity: HashValue(of: [UInt8(number)]),
                kind: number % 3 == 0 ? "peer" : "mandate",
                subjects: ["XA", "xa.office\(number % 2)"])
        }
        var growth = LogExtension(extending: try database.read { try $0.edge(store.origin) })
        growth.append(contentsOf: entries)
        try database.append(growth, to: store.origin)
        try database.adopt(succession(of: store))
        for selection in [
            EntrySelection(subjects: ["XA"]), EntrySelection(subjects: ["xa.office1"]),
            EntrySelection(kinds: ["peer"]),
            EntrySelection(subjects: ["XA"], onlyKinds: ["mandate"]),
        ] {
            try database.read { snapshot throws in
                let old = try snapshot.entries(store.origin, selecting: selection, below: 7)
                #expect(!old.isEmpty)
                #expect(
                    try snapshot.entries(Self.next, selecting: selection, below: 7) == old)
            }
        }
    }

    @Test func anUnwrittenStretchIsNotContinued() throws {
        let store = try SampleStore(isOwn: false)
        #expect(throws: StorageError.self) {
            try store.database.adopt(succession(of: store, size: 1))
        }
        #expect(try store.database.read { try $0.log(Self.next) } == nil)
    }

    @Test func theOwnLogIsTheNewOneAndItsMarkBeginsAnew() throws {
        let store = try SampleStore()
        let database = store.database
        try database.beginLife(HashValue(of: "life".utf8))
        try store.append(0..<8)
        let head = try store.country.checkpoint(SampleCountry.entries(0..<8))
        try database.stage(head.head)
        try database.publish(CheckpointRecord(head), replacing: nil)
        try database.succeed(
            succession(of: store), incarnation: HashValue(of: "second life".utf8))
        let logs = try database.read { try $0.logs() }
        #expect(logs.filter(\.isOwn).map(\.origin) == [Self.next])
        #expect(try database.sealReasons().isEmpty)
        #expect(try database.isMatched(.log))
        #expect(try database.stagedHead() == nil)
        // The old log is a copy from now on: nothing is appended to it.
        #expect(throws: StorageError.self) {
            try database.append([NewEntry([1])], to: store.origin, expecting: 8)
        }
        let next = try database.append(
            [NewEntry([2])], to: Self.next, expecting: 7)
        #expect(next == 8)
    }
}
