import Registrar
import Testing

@testable import concord

/// What a person is told while it takes long.
@Suite struct ProgressTests {
    @Test(arguments: [
        (10, 300, 5.0, "verified 10 of 300, 2.0 a second, 2 min 25 s left"),
        (1, 4, 1.5, "verified 1 of 4, 0.7 a second, 5 s left"),
        (5_000, 100_000, 1.0, "verified 5000 of 100000, 5000 a second, 19 s left"),
        (1, 2, 0, "verified 1 of 2, 1000 a second, 1 s left"),
    ])
    func saysHowFarAVerificationIs(
        _ done: Int, _ total: Int, _ seconds: Double, _ text: String
    ) {
        #expect(VerificationLine(done: done, of: total, seconds: seconds).text == text)
    }

    @Test(arguments: [true, false])
    func beginsAfterASecondHoweverFewThereAre(_ isTerminal: Bool) {
        #expect(VerificationProgress.pause(isTerminal: isTerminal, isFirst: true) == .seconds(1))
        #expect(VerificationProgress.pause(isTerminal: isTerminal, isFirst: false) > .zero)
    }

    @Test(arguments: [
        (
            ImportProgress(.signing, done: 42_000, of: 100_000, rows: 42_000), 5.25,
            "signing: 42 %, 42,000 rows, 8,000 a second, 8 s left",
            "signing [##########..............] 42 %, 42,000 rows, 8,000 a second, 8 s left"
        ),
        (
            ImportProgress(.checking, done: 0, of: 0, rows: 0), 0.0, "checking: 0 %, 0 rows",
            "checking [........................] 0 %, 0 rows"
        ),
        (
            ImportProgress(.paper, done: 1, of: 100, rows: 1), 3.0,
            "paper: 1 %, 1 rows, 0 a second, 5 min left",
            "paper [........................] 1 %, 1 rows, 0 a second, 5 min left"
        ),
    ])
    func saysHowFarAnImportIs(
        _ progress: ImportProgress, _ seconds: Double, _ plain: String, _ bar: String
    ) {
        #expect(ProgressLine(progress, seconds: seconds).plain == plain)
        #expect(ProgressLine(progress, seconds: seconds).bar == bar)
    }
}
