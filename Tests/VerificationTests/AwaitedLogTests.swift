import Testing
import Verification

/// A log that is not here and one that waits for its witnesses are told apart.
@Suite struct AwaitedLogTests {
    @Test(arguments: ["DE", "PH"]) func saysWhichWitnessesAreMissing(country: String) throws {
        let text = try VerdictReport(Scenario.without(country, isAwaited: true)).text
        #expect(text.contains("sample.example/\(country.lowercased())/1 is here"))
        #expect(text.contains("not yet seen by the 2 of 2 witnesses"))
        #expect(!text.contains("no copy"))
    }

    @Test(arguments: ["DE", "PH"]) func saysThatNoCopyIsHere(country: String) throws {
        let text = try VerdictReport(Scenario.without(country)).text
        #expect(text.contains("no copy of"))
        #expect(!text.contains("not yet seen"))
    }
}
