import Credentials
import Encoding
import Language
import TestSupport
import Testing
import Verification

@testable import Pages

@Suite struct VerdictPageTests {
    /// An award from an archive, asked about for a day of its own.
    private static func verdict() throws -> Verdict {
        var network = try SampleNetwork(archive: true)
        try network.publishList(1)
        let file = try network.issue(
            [network.award("2024-11-02") { $0.archive = "register-4-page-12" }])[0]
        try network.refresh()
        let visa = SampleNetwork.visa
        let question = VerificationQuestion(
            destination: visa.destination, purpose: visa.purpose, target: visa.target,
            facts: visa.facts, day: CalendarDate(parsing: "2026-11-20"))
        return try network.verify(file, question)
    }

    @Test(arguments: LanguageTag.known)
    func showsTheFactsOfTheTerminalInEveryLanguage(_ tag: LanguageTag) throws {
        let verdict = try Self.verdict()
        let context = try PageFrameTests.context(tag.language)
        let html = Page.verdicts([verdict], Atlas([], on: verdict.asked.day), in: context).main
            .map(\.source).joined()
        #expect(!html.contains("{"))
        #expect(html.contains("register-4-page-12"))
        let facts = SubjectFact.all(of: verdict)
        #expect(
            facts.map(\.label) == [
                .labelCertificate, .labelAwarded, .labelKind, .stepHolder, .labelAsked,
            ])
        // The question, the occupation, the day.
        #expect(facts.last?.values.count == 3)
        let report = VerdictReport(verdict, in: context.catalogue).text
        for fact in facts {
            #expect(html.contains(HTML(context.text(fact.label)).source))
            for value in fact.values {
                let text =
                    switch value {
                    case .message(let message): context.text(message)
                    case .name(let text), .id(let text): text
                    }
                #expect(html.contains(HTML(text).source), "\(text)")
                #expect(report.contains(text), "\(text)")
            }
        }
    }
}
