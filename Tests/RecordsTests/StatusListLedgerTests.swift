import Credentials
import Records
import TestSupport
import Testing

@Suite("Status list ledger")
struct StatusListLedgerTests {
    let sample: SampleStore
    let ledger: StatusListLedger
    let id = SampleStore.list

    init() throws {
        sample = try SampleStore()
        ledger = try sample.opened().statusLists
        try ledger.create(id)
    }

    @Test func givesEachSlotOnceAndAtRandom() throws {
        var generator = SeededGenerator(seed: 1)
        var indexes: [Int] = []
        for _ in 0..<5 {
            indexes += try ledger.allocate(1_000, in: id, using: &generator).map(\.index)
        }
        #expect(Set(indexes).count == 5_000)
        #expect(indexes.allSatisfy { (0..<StatusListLedger.slotCount).contains($0) })
        #expect(indexes != indexes.sorted())
        let low = indexes.count { $0 < StatusListLedger.slotCount / 2 }
        #expect((2_200...2_800).contains(low))
        let entry = try #require(try ledger.lists().first)
        #expect(entry.id == id)
        #expect(entry.bits == 2)
        #expect(entry.number == 0)
        #expect(entry.freeSlots == StatusListLedger.slotCount - 5_000)
    }

    @Test func givesEverySlotAndThenNoMore() throws {
        var generator = SeededGenerator(seed: 2)
        let all = StatusListLedger.slotCount
        let taken = try ledger.allocate(all - 1, in: id, using: &generator)
        #expect(throws: RecordsError.listFull(id, wanted: 2, free: 1)) {
            try ledger.allocate(2, in: id, using: &generator)
        }
        let last = try ledger.allocate(1, in: id, using: &generator)
        #expect(Set((taken + last).map(\.index)) == Set(0..<all))
    }

    @Test func followsWhatTheLogSays() throws {
        var generator = SeededGenerator(seed: 3)
        let slots = try ledger.allocate(3, in: id, using: &generator)
        var (number, list) = try ledger.next(id)
        #expect(number == 1)
        #expect(list.count == StatusListLedger.slotCount)
        try list.set(.suspended, at: slots[0].index)
        try list.set(.invalid, at: slots[2].index)
        // What is only made says nothing.
        #expect(try ledger.status(of: slots[2]) == .valid)
        try ledger.adopt(id, number: 1, list: list)
        #expect(try ledger.next(id).number == 2)
        #expect(try slots.map { try ledger.status(of: $0) } == [.suspended, .valid, .invalid])
        // Slots stay taken.
        #expect(try ledger.lists().first?.freeSlots == StatusListLedger.slotCount - 3)
    }

    @Test func neverGoesBackToAnOlderToken() throws {
        let old = try ledger.next(id).list
        var new = old
        try new.set(.invalid, at: 7)
        try ledger.adopt(id, number: 5, list: new)
        try ledger.adopt(id, number: 4, list: old)
        #expect(try ledger.next(id).number == 6)
        #expect(try ledger.next(id).list == new)
    }

    @Test(arguments: [StatusList(bits: 1, count: 262_144), StatusList(bits: 2, count: 8)])
    func refusesAListOfAnotherShape(_ list: StatusList) throws {
        #expect(throws: RecordsError.otherShape(list: id)) {
            try ledger.adopt(id, number: 1, list: list)
        }
    }

    @Test func namesUnknownAndExistingLists() throws {
        #expect(throws: RecordsError.unknownList("x")) { try ledger.next("x") }
        #expect(throws: RecordsError.listExists(id)) { try ledger.create(id) }
    }
}
