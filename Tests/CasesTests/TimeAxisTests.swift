import Encoding
import Recognition
import Testing

/// Two axes of time: the day that is asked about, and the day of what is known.
@Suite struct TimeAxisTests {
    @Test func whatIsNotYetKnownChangesNothing() throws {
        var tried = 0
        for item in try OwnCases.all() where item.question.knownAt == nil {
            let day = item.question.day
            for (index, event) in item.statements.events.enumerated() {
                var statements = item.statements
                statements.events[index] = StatementEvent(
                    Authorship(
                        id: event.authorship.id, author: event.authorship.author,
                        competence: event.authorship.competence, recorded: day.adding(days: 10)),
                    kind: event.kind, target: event.target, since: event.since,
                    isRetroactive: event.isRetroactive, condition: event.condition)
                var without = item.statements
                without.events.remove(at: index)

                var question = item.question
                question.knownAt = day.adding(days: 9)
                #expect(
                    Resolver(statements, question).verdict
                        == Resolver(without, item.question).verdict, "\(item.id) before")
                question.knownAt = day.adding(days: 10)
                #expect(Resolver(statements, question).verdict == item.verdict, "\(item.id) after")
                tried += 1
            }
        }
        #expect(tried > 30)
    }

    /// What is recorded says nothing of the day asked: knowing later does not move it.
    @Test func knowingLaterDoesNotMoveTheDay() throws {
        for item in try OwnCases.all() where item.question.knownAt == nil {
            var question = item.question
            question.knownAt = .latest
            #expect(Resolver(item.statements, question).verdict == item.verdict, "\(item.id)")
        }
    }
}
