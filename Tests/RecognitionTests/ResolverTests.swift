import Cryptography
import Encoding
import Recognition
import Registry
import TestSupport
import Testing
import TransparencyLog

@Suite struct ResolverTests {
    static let smaw: JSONValue = ["p": "award-qual", "in": ["q.ph.smaw-nc2"]]

    /// DE with an authority for everything and one without a mandate.
    static func log(_ change: (inout SampleLog) throws -> Void) throws -> SampleLog {
        var log = try SampleLog("DE")
        try log.add(
            "mandate", by: "DE-root", about: ["de.ihk"],
            SampleActs.mandate("de.ihk", ["recognise"], scope: ["*"], territory: ["DE"]))
        for authority in ["de.ihk", "de.blog"] {
            try log.add(
                "key", by: "DE-root", about: [authority],
                SampleActs.key("authority", authority, SampleKeys.signer(authority).verifier))
        }
        try change(&log)
        try log.seal(at: .noon("2026-10-01"))
        return log
    }

    static func award(
        validUntil: String? = nil, awarded: String = "2026-09-01", units: [String]? = nil
    ) throws -> Award {
        let entry = try SampleLog("PH").entry(
            "qualification", by: "tesda", about: ["q.ph.smaw-nc2"],
            SampleActs.qualification(months: 12, validMonths: nil))
        guard case .qualification(let qualification) = entry.act else { throw SampleError.noFile }
        return Award(
            id: "a", qualification: qualification, body: "ph.centre", awarded: try .day(awarded),
            validUntil: try validUntil.map { try CalendarDate.day($0) }, units: units,
            authenticity: .proven)
    }

    static func resolve(
        _ log: SampleLog, _ purpose: Purpose = .visaSkill, award: Award? = nil,
        target: [String: String] = ["occ": "7212"], destination: String = "DE",
        isComplete: Bool = true
    ) throws -> RecognitionVerdict {
        let log = LogStatements.Log(country: "DE", acts: try log.state().acts)
        var statements = LogStatements(destination: log, others: []).statements
        statements.awards = [try award ?? ResolverTests.award()]
        return Resolver(
            statements,
            RecognitionQuestion(
                destination: destination, purpose: purpose, awards: ["a"], target: Target(target),
                day: try .day("2026-11-23"), isComplete: isComplete)
        ).verdict
    }

    static func equivalence(
        _ log: inout SampleLog, by author: String = "de.ihk", _ act: JSONObject
    ) throws {
        try log.add(
            "equivalence", by: author,
            about: ["q.ph.smaw-nc2", "q.ph.dw-nc2", "isco:7212", "isco:2221", "q.de.x", "DE"], act)
    }

    static func word(
        _ purpose: Purpose = .visaSkill, award: Award? = nil,
        _ change: (inout SampleLog) throws -> Void
    ) throws -> RecognitionWord {
        try resolve(log(change), purpose, award: award).word
    }

    // MARK: Words

    @Test func grants() throws {
        let verdict = try ResolverTests.resolve(
            ResolverTests.log { try ResolverTests.equivalence(&$0, SampleActs.equivalence("DE")) })
        #expect(verdict.word == .granted)
        #expect(verdict.grounds.map(\.author) == ["de.ihk"])
        #expect(verdict.rules.contains(.p4))
    }

    /// What nobody has said may be so.
    @Test func givesNoRightToWorkWhereNobodySaidWhetherItIsRegulated() throws {
        func verdict(_ regulated: Bool?) throws -> RecognitionVerdict {
            try ResolverTests.resolve(
                ResolverTests.log { log in
                    try ResolverTests.equivalence(&log, SampleActs.equivalence("DE"))
                    guard let regulated else { return }
                    try log.add(
                        "regulation", by: "de.ihk", about: ["isco:7212", "DE"],
                        SampleActs.regulation("DE", "7212", regulated: regulated))
                }, isComplete: false)
        }
        let unknown = try verdict(nil)
        #expect(unknown.word == .undetermined)
        #expect(unknown.reason == .regulationUnknown)
        #expect(unknown.grounds.isEmpty)
        #expect(unknown.others.map(\.objection) == [.unknown(["regulation"])])
        #expect(unknown.nextSteps == [.ask(authority: "de.ihk")])
        #expect(try verdict(true).word == .conditional)
        #expect(try verdict(false).word == .granted)
        #expect(try verdict(false).notes.contains(.notSearched))
    }

    @Test(
        arguments: [
            ("right", ["no overhead welding"], [], RecognitionWord.partial),
            (
                "right", [], [["p": "language", "id": "b1", "lang": "de", "level": "B1"]],
                .conditional
            ),
            ("assess", [], [], .assessable), ("advice", [], [], .advisory),
            ("refuse", ["no practical test"], [], .refused), ("alternative", [], [], .alternative),
        ] as [(String, [String], [JSONValue], RecognitionWord)])
    func saysWhatTheStatementSays(
        _ effect: String, _ differences: [String], _ conditions: [JSONValue],
        _ expected: RecognitionWord
    ) throws {
        let act = SampleActs.equivalence(
            "DE", effect: effect, conditions: conditions, differences: differences)
        #expect(try ResolverTests.word { try ResolverTests.equivalence(&$0, act) } == expected)
    }

    @Test func aStatementWithoutMandateIsAdvice() throws {
        let verdict = try ResolverTests.resolve(
            ResolverTests.log {
                try ResolverTests.equivalence(&$0, by: "de.blog", SampleActs.equivalence("DE"))
            })
        #expect(verdict.word == .advisory)
        #expect(verdict.rules.contains(.p1))
        #expect(verdict.ask == ["de.ihk"])
    }

    @Test func aRefusalWithoutReasonsIsShownAsDefective() throws {
        let verdict = try ResolverTests.resolve(
            ResolverTests.log {
                try ResolverTests.equivalence(&$0, SampleActs.equivalence("DE", effect: "refuse"))
            })
        #expect(verdict.word == .refused)
        #expect(verdict.notes == [.defectiveRefusal])
    }

    @Test func nothingFoundIsNotARefusal() throws {
        let verdict = try ResolverTests.resolve(ResolverTests.log { _ in })
        #expect(verdict.word == .undetermined)
        #expect(verdict.reason == .noGround)
    }

    @Test func factsAreNotGuessed() throws {
        let act = SampleActs.equivalence(
            "DE", entry: [ResolverTests.smaw, ["p": "nationality", "in": ["PH"]]])
        let verdict = try ResolverTests.resolve(
            ResolverTests.log { try ResolverTests.equivalence(&$0, act) })
        #expect(verdict.word == .undetermined)
        #expect(verdict.reason == .need(["nationality"]))
    }

    @Test(
        arguments: [
            ["p": "award-qual", "in": ["q.ph.smaw-nc2"], "tier": "gold"],
            ["p": "award-qual", "in": 2], ["p": "award-qual"],
            ["p": "award-date", "from": 2020], ["p": "award-date", "from": "soon"],
            ["p": "award-date"], ["p": "mode-not"], ["p": "min-months", "n": "9"],
            ["p": "award-jur", "in": ["PH"], "also": ["registration"]],
        ] as [JSONObject])
    func aPredicateThatIsNotUnderstoodNeverHolds(_ predicate: JSONObject) throws {
        let act = SampleActs.equivalence("DE", entry: [.object(predicate)])
        #expect(try ResolverTests.word { try ResolverTests.equivalence(&$0, act) } == .undetermined)
    }

    @Test(
        arguments: [
            (["p": "award-qual", "in": ["q.ph.*"]], true),
            (["p": "award-qual", "in": ["q.ph.dw-nc2"]], false),
            (["p": "award-jur", "in": ["PH", "IN"]], true),
            (["p": "award-jur", "in": ["IN"]], false),
            (["p": "award-date", "from": "2026-09-01", "to": "2026-09-01"], true),
            (["p": "award-date", "from": "2026-09-02"], false),
            (["p": "award-date", "to": "2026-08-31"], false),
            (["p": "mode-not", "in": ["rpl"]], true), (["p": "mode-not", "in": ["formal"]], false),
            (["p": "min-months", "n": 12], true), (["p": "min-months", "n": 13], false),
        ] as [(JSONObject, Bool)])
    func evaluatesWhatTheAwardShows(_ predicate: JSONObject, _ holds: Bool) throws {
        let act = SampleActs.equivalence("DE", entry: [.object(predicate)])
        #expect(
            try ResolverTests.word { try ResolverTests.equivalence(&$0, act) }
                == (holds ? .granted : .undetermined))
    }

    @Test func exhaustiveCriteriaThatAreNotMetRefuse() throws {
        let act = SampleActs.equivalence(
            "DE", entry: [["p": "min-months", "n": 36]], exhaustive: true)
        let verdict = try ResolverTests.resolve(
            ResolverTests.log { try ResolverTests.equivalence(&$0, act) })
        #expect(verdict.word == .refused)
        #expect(verdict.missing == ["min-months"])
        #expect(
            try ResolverTests.word {
                try ResolverTests.equivalence(&$0, by: "de.blog", act)
            } == .undetermined)
    }

    @Test func takesNoSideInAContradiction() throws {
        let verdict = try ResolverTests.resolve(
            ResolverTests.log {
                try ResolverTests.equivalence(&$0, SampleActs.equivalence("DE"))
                try ResolverTests.equivalence(
                    &$0, SampleActs.equivalence("DE", effect: "refuse", differences: ["x"]))
            })
        #expect(verdict.word == .conflict)
        #expect(verdict.grounds.count == 2)
    }

    @Test func ofSeveralGroundsTheMostFavourableCounts() throws {
        #expect(
            try ResolverTests.word {
                try ResolverTests.equivalence(&$0, SampleActs.equivalence("DE", effect: "advice"))
                try ResolverTests.equivalence(&$0, SampleActs.equivalence("DE", effect: "assess"))
            } == .assessable)
    }

    // MARK: Place, purpose, target, time

    @Test func borrowsNoPurpose() throws {
        func word(_ stated: String, _ asked: Purpose) throws -> RecognitionWord {
            try ResolverTests.word(asked) {
                try ResolverTests.equivalence(&$0, SampleActs.equivalence("DE", purposes: [stated]))
            }
        }
        #expect(try word("visa-skill", .visaSkill) == .granted)
        #expect(try word("visa-skill", .title) == .undetermined)
        #expect(try word("practise", .employ) == .granted)
        #expect(try word("practise", .visaSkill) == .undetermined)
        #expect(try word("employ", .practise) == .undetermined)
    }

    @Test func matchesNoOtherTargetByAMemberInCommon() throws {
        let act = SampleActs.equivalence(
            "DE", target: ["occ": "2221", "sector": "construction"])
        let log = try ResolverTests.log { try ResolverTests.equivalence(&$0, act) }
        let verdict = try ResolverTests.resolve(
            log, target: ["occ": "7212", "sector": "construction"])
        #expect(verdict.word == .undetermined)
        #expect(
            try ResolverTests.resolve(log, target: ["occ": "2221", "sector": "construction"]).word
                == .granted)
    }

    @Test func appliesOnlyWhileInForceAndStanding() throws {
        func word(_ since: String, _ until: String?) throws -> RecognitionWord {
            try ResolverTests.word {
                try ResolverTests.equivalence(
                    &$0, SampleActs.equivalence("DE", since: since, until: until))
            }
        }
        #expect(try word("2026-11-23", "2026-11-23") == .granted)
        #expect(try word("2026-11-24", nil) == .undetermined)
        #expect(try word("2025-01-01", "2026-11-22") == .undetermined)
        #expect(
            try ResolverTests.word {
                try ResolverTests.equivalence(&$0, SampleActs.equivalence("DE"))
                try $0.withdraw($0.size - 1, by: "de.ihk")
            } == .undetermined)
    }

    @Test func isFreeWhereTheActivityIsNotRegulated() throws {
        let log = try ResolverTests.log {
            try $0.add(
                "regulation", by: "de.ihk", about: ["isco:7212", "DE"],
                SampleActs.regulation("DE", "7212", regulated: false))
        }
        #expect(try ResolverTests.resolve(log, .employ).word == .free)
        #expect(try ResolverTests.resolve(log, .practise, destination: "DE-BY").word == .free)
        #expect(try ResolverTests.resolve(log, .visaSkill).word == .undetermined)
        #expect(
            try ResolverTests.resolve(log, .employ, target: ["occ": "2221"]).word == .undetermined)
    }

    @Test func theMostSpecificPlaceAndSectorDecide() throws {
        let log = try ResolverTests.log { log in
            for (place, sector, isRegulated) in [
                ("DE", nil, false), ("DE-BY", nil, true), ("DE-BY", "art", false),
            ] as [(String, String?, Bool)] {
                try log.add(
                    "regulation", by: "de.ihk", about: ["isco:7212", place],
                    SampleActs.regulation(
                        place, "7212", regulated: isRegulated, sector: sector, authority: "hwk"))
            }
        }
        #expect(try ResolverTests.resolve(log, .employ).word == .free)
        let bavaria = try ResolverTests.resolve(log, .employ, destination: "DE-BY")
        #expect(bavaria.word == .undetermined)
        #expect(bavaria.ask.first == "hwk")
        #expect(
            try ResolverTests.resolve(
                log, .employ, target: ["occ": "7212", "sector": "art"], destination: "DE-BY"
            ).word == .free)
        #expect(try ResolverTests.resolve(log, .employ, destination: "DE-BE").word == .free)
    }

    @Test func noRightToPractiseARegulatedOccupationWithoutGoodStanding() throws {
        let log = try ResolverTests.log {
            try $0.add(
                "regulation", by: "de.ihk", about: ["isco:7212", "DE"],
                SampleActs.regulation("DE", "7212", regulated: true, authority: "hwk"))
            try ResolverTests.equivalence(
                &$0, SampleActs.equivalence("DE", purposes: ["practise", "visa-skill"]))
        }
        let verdict = try ResolverTests.resolve(log, .practise, isComplete: false)
        #expect(verdict.word == .conditional)
        #expect(verdict.conditions.map(\.id) == ["good-standing"])
        #expect(verdict.rules.contains(.r12))
    }

    // MARK: The award

    @Test func aLapsedAwardIsRenewedWhereACurrentOneIsNeeded() throws {
        let lapsed = try ResolverTests.award(validUntil: "2026-11-22")
        let current = try ResolverTests.award(validUntil: "2026-11-23")
        func verdict(_ award: Award, _ purpose: Purpose) throws -> RecognitionVerdict {
            try ResolverTests.resolve(
                ResolverTests.log {
                    try ResolverTests.equivalence(
                        &$0, SampleActs.equivalence("DE", purposes: ["visa-skill", "title"]))
                }, purpose, award: award)
        }
        #expect(try verdict(lapsed, .visaSkill).word == .conditional)
        #expect(try verdict(lapsed, .visaSkill).conditions.map(\.id) == ["renew:a"])
        #expect(try verdict(lapsed, .title).word == .granted)
        #expect(try verdict(current, .visaSkill).word == .granted)
    }

    @Test(
        arguments: [
            (["MEE721306"], RecognitionWord.granted), (["MEE721399"], .undetermined),
            ([], .undetermined), (["MEE721306", "MEE721399"], .granted),
        ] as [([String], RecognitionWord)])
    func anAwardOfSomeUnitsIsNotTheQualification(
        _ units: [String], _ expected: RecognitionWord
    ) throws {
        #expect(
            try ResolverTests.word(award: ResolverTests.award(units: units)) {
                try ResolverTests.equivalence(&$0, SampleActs.equivalence("DE"))
            } == expected)
    }

    // MARK: Order and strangers

    @Test func orderAndUnrelatedStatementsChangeNothing() throws {
        var generator = SeededGenerator(seed: 7)
        let acts: [(String, JSONObject)] = [
            ("equivalence", SampleActs.equivalence("DE", effect: "advice")),
            ("equivalence", SampleActs.equivalence("DE", differences: ["overhead"])),
            ("equivalence", SampleActs.equivalence("DE", effect: "assess")),
        ]
        let unrelated: [(String, JSONObject)] = [
            ("equivalence", SampleActs.equivalence("DE", target: ["occ": "2221"])),
            ("equivalence", SampleActs.equivalence("DE", purposes: ["study-access"])),
            (
                "equivalence",
                SampleActs.equivalence("DE", entry: [["p": "award-qual", "in": ["q.de.x"]]])
            ),
        ]
        let expected = try ResolverTests.resolve(
            ResolverTests.log { log in
                for act in acts { try ResolverTests.equivalence(&log, act.1) }
            })
        #expect(expected.word == .partial)
        for _ in 0..<20 {
            let shuffled = (acts + unrelated).shuffled(using: &generator)
            let verdict = try ResolverTests.resolve(
                ResolverTests.log { log in
                    for act in shuffled { try ResolverTests.equivalence(&log, act.1) }
                })
            #expect(verdict.word == expected.word)
            #expect(verdict.missing == expected.missing)
            #expect(verdict.rules == expected.rules)
            #expect(verdict.notes == expected.notes)
            #expect(verdict.grounds.count == 1)
        }
    }
}
