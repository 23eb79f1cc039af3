import Recognition
import TestSupport
import Testing

/// A verdict is a function of a set: order, repetition and strangers change nothing.
@Suite struct IndifferenceTests {
    @Test func orderAndStrangersChangeNothing() throws {
        var generator = SeededGenerator(seed: 41)
        for item in try OwnCases.all() {
            let expected = item.verdict
            var strangers = StrangerStatements(of: item)
            for round in 0..<20 {
                var statements = item.statements
                statements.formUnion(try strangers.make(12, using: &generator))
                var question = item.question
                question.awards.shuffle(using: &generator)
                let verdict = Resolver(
                    statements.shuffled(using: &generator), question
                ).verdict
                #expect(verdict == expected, "\(item.id), round \(round)")
            }
        }
    }

    @Test func repetitionChangesNothing() throws {
        for item in try OwnCases.all() {
            var statements = item.statements
            statements.formUnion(item.statements)
            let verdict = Resolver(statements, item.question).verdict
            #expect(verdict.word == item.verdict.word, "\(item.id)")
            #expect(verdict.reason == item.verdict.reason, "\(item.id)")
            #expect(verdict.until == item.verdict.until, "\(item.id)")
        }
    }

    /// They are named among those that did not decide, and that is all.
    @Test func statementsForOtherPurposesDecideNothing() throws {
        for item in try OwnCases.all() {
            var statements = item.statements
            statements.formUnion(try StrangerStatements(of: item).ofOtherPurposes())
            var verdict = Resolver(statements, item.question).verdict
            var expected = item.verdict
            verdict.others = []
            expected.others = []
            verdict.rules.removeAll { $0 == .x6 }
            expected.rules.removeAll { $0 == .x6 }
            #expect(verdict == expected, "\(item.id)")
        }
    }
}
