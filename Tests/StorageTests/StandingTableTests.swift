import Encoding
import Storage
import TestSupport
import Testing

/// What became of entries, as folds found it, is kept for the next question.
@Suite struct StandingTableTests {
    private let selection = EntrySelection(subjects: ["body"])

    private func standings(_ store: SampleStore) throws -> [StandingRecord?] {
        try store.database.read { snapshot throws(StorageError) in
            guard let log = try snapshot.log(store.origin) else { return [] }
            return try snapshot.foldedEntries(log, selecting: selection, below: 3).map(\.standing)
        }
    }

    private func run(_ store: SampleStore) throws -> StandingRun {
        let mark = try store.database.read { snapshot throws(StorageError) in
            try snapshot.mark(store.origin, below: 3)
        }
        let day = CalendarDate(daysSince1970: 20_000)
        return StandingRun(
            of: store.origin,
            [
                StandingRecord(
                    index: 0, outcome: .effective, loggedTime: Timestamp(seconds: 5), end: nil),
                StandingRecord(
                    index: 2, outcome: .void, loggedTime: Timestamp(seconds: 6),
                    end: .init(index: 1, stated: nil, effective: day, isAnnulment: true)),
            ], mark: mark)
    }

    /// Who only asks still leaves what was derived: the question is short the next time.
    @Test func isKeptByADatabaseThatWasOpenedForQuestions() throws {
        let store = try SampleStore()
        try store.append(0..<3)
        #expect(try standings(store) == [nil, nil, nil])
        let run = try run(store)
        try LogDatabase.reading(inFolder: store.folder.path).keep([run])
        #expect(try standings(store) == [run.records[0], nil, run.records[1]])
    }

    @Test func countsNoMoreOnceAnActCouldHaveChangedIt() throws {
        let store = try SampleStore()
        try store.append(0..<3)
        try store.database.keep([try run(store)])
        let withdrawal = NewEntry(
            SampleCountry.entries(3..<4)[0], kind: "withdrawal", subjects: ["other"])
        try store.database.append([withdrawal], to: store.origin, expecting: 3)
        // Below the withdrawal nothing has changed; with it, each must be looked at again.
        #expect(try standings(store).compactMap { $0 }.count == 2)
        let known = try store.database.read { snapshot throws(StorageError) -> [FoldedEntry] in
            guard let log = try snapshot.log(store.origin) else { return [] }
            return try snapshot.foldedEntries(log, selecting: selection, below: 4)
        }
        #expect(known.map(\.standing) == [nil, nil, nil])
    }
}
