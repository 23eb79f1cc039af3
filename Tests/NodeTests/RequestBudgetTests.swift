import Testing

@testable import Node

@Suite struct RequestBudgetTests {
    private let rate = RequestBudget.Rate(burst: 3, perSecond: 2)

    /// What becomes of one address's requests at those times.
    private func answers(_ times: [Double]) -> [Bool] {
        var budget = RequestBudget(rate)
        return times.map { budget.spend("a", at: $0) }
    }

    @Test func refusesAfterABurstAndEarnsItBack() {
        #expect(
            answers([10, 10, 10, 10, 10.4, 10.6]) == [true, true, true, false, false, true])
        // Never more than the burst, however long the silence.
        #expect(
            answers([1, 1, 1, 1_000, 1_000, 1_000, 1_000])
                == [true, true, true, true, true, true, false])
    }

    @Test func oneAddressTakesNothingFromAnother() {
        var budget = RequestBudget(rate)
        for _ in 0..<10 { _ = budget.spend("a", at: 1) }
        let other = budget.spend("b", at: 1)
        #expect(other)
    }

    @Test func clockThatGoesBackGivesNothing() {
        #expect(answers([10, 10, 10, 5, 10]) == [true, true, true, false, false])
    }

    @Test func remembersABoundedNumberOfAddresses() {
        var budget = RequestBudget(rate, addressLimit: 100)
        for number in 0..<10_000 { _ = budget.spend("\(number)", at: Double(number)) }
        #expect(budget.addressCount <= 100)
        for number in 0..<1_000 { _ = budget.spend("same \(number)", at: 20_000) }
        #expect(budget.addressCount <= 100)
    }
}
