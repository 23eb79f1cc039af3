import Encoding
import Language
import Registry
import Testing
import Verification

@testable import Recognition

/// The sentences of a verdict on worth.
@Suite struct WorthReportTests {
    private static let reasons: [RecognitionReason] = [
        .signature, .signatureUnverified, .revoked, .annulled, .suspended, .awardedOutsideMandate,
        .awardingBodyUnknown, .identity, .noGround, .noAward, .criteria,
        .need(["nationality", "refugee"]), .unlevelled, .noEndorsedPath,
        .equivocation(author: "de.ihk", sequence: 7), .contradiction, .twoDecisions, .stale("PH"),
        .act("alert-1"), .noAnchorForDestination, .qualificationUnknown,
        .notUnderstood(["tide-table"]), .regulationUnknown,
    ]

    private static let notes: [RecognitionNote] = [
        .stale("PH"), .ignored(award: "a.w1", .revoked), .appealPending, .defectiveRefusal,
        .premiseVoid, .premiseUnwatched(body: "ph.cebu"), .restriction("under supervision"),
        .moreFavourable(ground: "g1", .newer),
        .moreFavourable(ground: "g1", .wasInForce), .employerJudges, .notSearched,
        .lapsed("a.w1"), .regulatedInSector("construction"),
        .comparable(ground: "g1", .partial),
    ]

    private static let steps: [RecognitionStep] = [
        .ask(authority: "de.ihk"), .applyForAssessment(authority: "de.ihk"),
        .applyForAssessment(authority: nil), .applyAgain(authority: nil),
        .appeal(body: "de.vg", days: 30), .appeal(body: nil, days: nil),
        .followUpApplication(authority: "de.ihk"), .meet(condition: "c1"), .renew(award: "a.w1"),
        .show(facts: ["study-start"]), .showGoodStanding, .linkNames, .sync(country: "PH"),
        .askBoth(authorities: ["de.ihk", "de.hwk"]), .update,
    ]

    private static let objections: [RecognitionVerdict.Other.Objection] = [
        .notMet(["award-date", "units"]), .unknown(["nationality"]), .notUnderstood(["tide-table"]),
        .notInForce, .otherPurpose,
        .superseded, .suspended, .outranked,
    ]

    private static let kinds: [RecognitionVerdict.Ground.Kind] = [
        .decision, .instrument, .equivalence, .regulation, .referencing, .award, .alert, .statement,
    ]

    /// Every case of every closed list, in one verdict that nobody would get.
    private static func everything(_ reason: RecognitionReason) -> RecognitionVerdict {
        var verdict = RecognitionVerdict(.undetermined, reason: reason, rules: Rule.allCases)
        verdict.grounds = kinds.map { .init(id: "g-\($0.rawValue)", kind: $0) }
        verdict.notes = notes
        verdict.nextSteps = steps
        verdict.level = ["5", "6"]
        return verdict
    }

    @Test(arguments: LanguageTag.known) func saysEverythingInEveryLanguage(
        _ tag: LanguageTag
    ) throws {
        let catalogue = try #require(Catalogue(tag: tag.language))
        for reason in Self.reasons {
            let report = WorthReport(Self.everything(reason), in: catalogue)
            for line in [report.headline] + report.lines + report.nextSteps {
                #expect(!line.contains("{"), "\(line)")
                #expect(!line.contains("[en]"), "\(line)")
            }
        }
    }

    /// The English texts differ from the codes, so each code has a sentence of its own.
    @Test func hasASentenceForEveryCode() {
        let sentences = WorthSentences(RecognitionVerdict(.undetermined), names: WorthNames())
        let texts =
            Self.reasons.map { ($0.code, sentences.reason($0).description) }
            + Self.notes.map { ($0.code, sentences.note($0).description) }
        for (code, text) in texts {
            #expect(text != code)
            #expect(text.contains(" "), "\(text)")
        }
        #expect(Set(texts.map(\.1)).count == texts.count - 1, "stale is a reason and a note")
    }

    @Test func hasAWordAndAMeaningForEveryWordAndPurpose() {
        for word in RecognitionWord.allCases {
            #expect(Message.word(word).description == word.rawValue)
            #expect(Message.meaning(word).description.count > 20)
        }
        for purpose in Purpose.allCases {
            #expect(Message.purpose(purpose).description != purpose.rawValue)
        }
        for reason in ReasonCode.allCases {
            #expect(Message.reason(reason).description.contains(" "))
        }
    }

    @Test func saysWhoDecidedWhatIsMissingAndWhatToDo() throws {
        var verdict = RecognitionVerdict(.partial, rules: [.t1, .p3, .c3])
        verdict.grounds = [
            .init(
                id: "d1", kind: .decision, author: "de.fosa", basis: "BQFG § 4",
                since: CalendarDate(parsing: "2026-02-01"))
        ]
        verdict.scope = ["M1"]
        verdict.missing = ["M2", "position"]
        verdict.conditions = [
            try OpenCondition.reading(
                [
                    #"{"p":"language","lang":"de","level":"B2"}"#,
                    #"{"p":"test","name":"knowledge"}"#,
                ], id: "c1", stage: .after, deadline: "2027-06-30"),
            OpenCondition(id: "c2", origin: .ground("d1")),
            OpenCondition(id: "renew:a1", origin: .lapsed(award: "a1")),
            OpenCondition(id: "successor:a1", origin: .successorState(award: "a1")),
            OpenCondition(id: "good-standing", origin: .goodStanding),
        ]
        verdict.until = CalendarDate(parsing: "2029-12-31")
        verdict.notes = [.notSearched]
        verdict.ask = ["de.fosa"]
        verdict.nextSteps = [.meet(condition: "c1"), .appeal(body: "de.vg", days: 30)]
        let names = WorthNames(
            names: ["de.fosa": "IHK FOSA", "M1": "Arc welding", "M2": "Pipe welding"],
            places: [:])
        let report = WorthReport(verdict, names: names)
        #expect(
            report.headline == "PARTIAL: a right for a named part; the rest is listed as missing")
        #expect(
            report.lines == [
                "  decided by   IHK FOSA, individual decision, d1, since 2026-02-01",
                "  basis        BQFG § 4",
                "  covers       M1 Arc welding",
                "  missing      M2 Pipe welding",
                "               position",
                "  conditions   c1: language skills: German (level B2) or test “knowledge” (a name from "
                    + "the act, which says no more about it), by 2027-06-30; the right exists "
                    + "until then",
                "               “c2” (a name from the act, which says no more about it): as the "
                    + "authority named it; only the authority can say that it is met, before the "
                    + "right begins",
                "               the award has lapsed and must be renewed (a1)",
                "               the state that made the award is gone: a successor state must "
                    + "attest that it has the same force (a1)",
                "               registration or good standing at home must be shown, no older "
                    + "than 24 h",
                "  until        all that it rests on is in force until 2029-12-31, as far as is "
                    + "known",
                "  notes        individual refusals, alerts and later decisions were not searched; "
                    + "ask IHK FOSA",
                "  rules        T1 P3 C3",
            ])
        #expect(
            report.nextSteps == [
                "ask IHK FOSA how the missing parts can be done, and apply there",
                "meet the open condition: language skills: German (level B2) or test “knowledge” "
                    + "(a name from the act, which says no more about it)",
                "appeal to de.vg within 30 days",
            ])
    }

    @Test func namesTheGroundsThatDidNotDecide() {
        let sentences = WorthSentences(RecognitionVerdict(.granted), names: WorthNames())
        let texts = Self.objections.map { objection in
            sentences.other(.init(id: "g1", objection: objection)).description
        }
        #expect(texts[0] == "g1 did not decide: not met: day of award, units")
        #expect(Set(texts).count == texts.count)
    }

    @Test func callsALevelAdvice() {
        var verdict = RecognitionVerdict(.advisory)
        verdict.level = ["4"]
        verdict.framework = "fw.de"
        let one = WorthReport(verdict).lines
        #expect(one == ["  level        level 4 of fw.de: advice, no entitlement"])
        verdict.level = ["4", "5"]
        let names = WorthNames(names: ["fw.de": "German framework"])
        let band = WorthReport(verdict, names: names).lines
        #expect(
            band == [
                "  level        within the levels 4, 5 of German framework (fw.de): advice, no "
                    + "entitlement"
            ])
    }

    @Test func neverEndsWithoutANextStep() {
        for word in RecognitionWord.allCases {
            #expect(!WorthSteps(RecognitionVerdict(word), names: WorthNames()).messages.isEmpty)
        }
    }

    @Test func asksTheAuthorityWhereNothingIsKnown() {
        var verdict = RecognitionVerdict(.undetermined, reason: .noGround)
        verdict.ask = ["de.ihk"]
        verdict.nextSteps = [.ask(authority: "de.ihk")]
        let report = WorthReport(verdict)
        #expect(report.nextSteps == ["no decision is known here; ask de.ihk"])
        #expect(
            report.lines == [
                "  reason       no act known here decides it; this is not a refusal"
            ])
    }
}
