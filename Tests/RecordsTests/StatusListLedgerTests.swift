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

    @Test func saysWhatWasSet() throws {
        var generator = SeededGenerator(seed: 3)
        let slots = try ledger.allocate(3, in: id, using: &generator)
        try ledger.set(.suspended, of: slots[0])
        try ledger.set(.valid, of: slots[0])
        try ledger.set(.replaced, of: slots[1])
        try ledger.set(.invalid, of: slots[2])
        let next = try ledger.next(id)
        #expect(next.number == 1)
        #expect(next.list.count == StatusListLedger.slotCount)
        #expect(
            try slots.map { try next.list.status(at: $0.index) } == [.valid, .replaced, .invalid])
        #expect(try ledger.status(of: slots[1]) == .replaced)
    }

    @Test func keepsInvalidForEver() throws {
        var generator = SeededGenerator(seed: 4)
        let slot = try ledger.allocate(1, in: id, using: &generator)[0]
        try ledger.set(.invalid, of: slot)
        try ledger.set(.invalid, of: slot)
        for status in [Status.valid, .suspended, .replaced] {
            #expect(throws: RecordsError.statusIsFinal(list: id, index: slot.index)) {
                try ledger.set(status, of: slot)
            }
        }
    }

    @Test func refusesSlotsThatNobodyHasAndValuesThatDoNotFit() throws {
        for index in [-1, 0, StatusListLedger.slotCount, .max] {
            #expect(throws: RecordsError.slotNotTaken(list: id, index: index)) {
                try ledger.set(.invalid, of: StatusReference(uri: id, index: index))
            }
        }
        var generator = SeededGenerator(seed: 5)
        let slot = try ledger.allocate(1, in: id, using: &generator)[0]
        let error = #expect(throws: RecordsError.self) { try ledger.set(.unknown(4), of: slot) }
        guard case .statusRefused = error else {
            Issue.record("expected the value to be refused")
            return
        }
    }

    @Test func countsPublishedTokensOneByOne() throws {
        #expect(throws: RecordsError.numberTaken(list: id, number: 2, current: 0)) {
            try ledger.published(id, number: 2)
        }
        try ledger.published(id, number: 1)
        #expect(try ledger.next(id).number == 2)
        #expect(throws: RecordsError.numberTaken(list: id, number: 1, current: 1)) {
            try ledger.published(id, number: 1)
        }
    }

    @Test func namesUnknownAndExistingLists() throws {
        #expect(throws: RecordsError.unknownList("x")) { try ledger.next("x") }
        #expect(throws: RecordsError.listExists(id)) { try ledger.create(id) }
    }
}
