import Testing

@testable import Node

@Suite struct RequestBudgetTests {
    private let rate = RequestBudget.Rate(burst: 3, perSecond: 2)

    @Test func refusesAfterABurstAndEarnsItBack() {
        var budget = RequestBudget(rate)
        #expect((0..<3).allSatisfy { _ in budget.spend("a", at: 10) })
        #expect(!budget.spend("a", at: 10))
        #expect(!budget.spend("a", at: 10.4))
        #expect(budget.spend("a", at: 10.6))
        // Never more than the burst, however long the silence.
        #expect((0..<3).allSatisfy { _ in budget.spend("a", at: 1_000) })
        #expect(!budget.spend("a", at: 1_000))
    }

    @Test func oneAddressTakesNothingFromAnother() {
        var budget = RequestBudget(rate)
        for _ in 0..<10 { _ = budget.spend("a", at: 1) }
        #expect(budget.spend("b", at: 1))
    }

    @Test func clockThatGoesBackGivesNothing() {
        var budget = RequestBudget(rate)
        for _ in 0..<3 { _ = budget.spend("a", at: 10) }
        #expect(!budget.spend("a", at: 5))
        #expect(!budget.spend("a", at: 10))
    }

    @Test func remembersABoundedNumberOfAddresses() {
        var budget = RequestBudget(rate, addressLimit: 100)
        for number in 0..<10_000 { _ = budget.spend("\(number)", at: Double(number)) }
        #expect(budget.addressCount <= 100)
        for number in 0..<1_000 { _ = budget.spend("same \(number)", at: 20_000) }
        #expect(budget.addressCount <= 100)
    }
}
