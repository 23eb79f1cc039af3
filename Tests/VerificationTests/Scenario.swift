import Encoding
import Testing
import Verification

/// One story with the checks that must not pass in it, and the exit code.
struct Scenario: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// `step outcome reason` of every check that does not pass.
    let open: [String]
    let exitCode: Int32
    let make: @Sendable () throws -> Verdict

    init(
        _ name: String, _ open: [String], exit: Int32,
        _ make: @escaping @Sendable () throws -> Verdict
    ) {
        testDescription = name
        self.open = open
        exitCode = exit
        self.make = make
    }

    static let all =
        issuer + credential + es256 + holder + status + logs + dossier + worth + statement
        + supporting
}

@Suite struct ScenarioTests {
    @Test(arguments: Scenario.all) func endsAsItMust(_ scenario: Scenario) throws {
        let verdict = try scenario.make()
        #expect(verdict.open == scenario.open)
        #expect(verdict.exitCode == scenario.exitCode)
    }

    /// A code that no story reaches is a promise that nobody keeps.
    @Test(arguments: ReasonCode.allCases) func reachesEveryReason(_ code: ReasonCode) {
        let reached = Scenario.all.contains { scenario in
            scenario.open.contains { $0.hasSuffix(" \(code.rawValue)") }
        }
        #expect(reached)
    }

    /// The worst check decides; what is undetermined is never green.
    @Test(arguments: Scenario.all) func theWorstCheckDecides(_ scenario: Scenario) throws {
        let verdict = try scenario.make()
        let severity = verdict.checks.map(\.outcome.severity).max()
        switch severity {
        case 2: #expect(verdict.exitCode == 1)
        case 1: #expect(verdict.exitCode == 2)
        default: #expect(verdict.exitCode == 0 || verdict.exitCode == 3)
        }
    }

    @Test(arguments: Scenario.all) func speaksOfEveryCheckOnceAndInOrder(
        _ scenario: Scenario
    ) throws {
        let verdict = try scenario.make()
        let steps = verdict.checks.map(\.step)
        #expect(steps == VerificationStep.allCases.filter(steps.contains))
        #expect(verdict.document.object?["exitCode"]?.integer == Int64(verdict.exitCode))
        let text = VerdictReport(verdict).text
        for check in verdict.checks where check.outcome != .passed {
            #expect(text.contains(check.outcome.reason?.rawValue ?? "-"))
        }
    }
}
