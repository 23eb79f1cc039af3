import Cases
import Encoding
import Recognition
import Testing

/// What a file of cases says about itself when it is wrong.
@Suite struct CaseFileTests {
    static let mandate = """
        {"t":"mandate","id":"m","authority":"auth.ph","jur":"PH","acts":["award"],
         "since":"1994-08-25"}
        """
    static let qualification = """
        {"t":"qualification","id":"q","jur":"PH","title":"Welding","fw":null,"level":null}
        """
    static let award = """
        {"t":"award","id":"a","qual":"q","body":"auth.ph","date":"2023-06-15","holder":"h"}
        """

    static func file(
        _ fixtures: [String] = [mandate, qualification, award], uses: String = #"["m","q","a"]"#,
        query: String = #"{"dest":"DE","purpose":"employ","holder":"h","awards":["a"],"#
            + #""target":{"occ":"7212"},"date":"2026-11-01"}"#,
        expected: String = #"{"status":"undetermined"}"#
    ) -> [UInt8] {
        Array(
            """
            {"fixtures":[\(fixtures.joined(separator: ","))],
             "cases":[{"id":"C1","uses":\(uses),"query":\(query),"expected":\(expected)}]}
            """.utf8)
    }

    static func message(_ bytes: [UInt8]) -> String {
        do {
            _ = try CaseFile(parsing: bytes)
            return "accepted"
        } catch { return "\(error)" }
    }

    @Test func runsACase() throws {
        let file = try CaseFile(parsing: Self.file())
        let outcome = CaseOutcome(file.cases[0], file.verdict(on: file.cases[0]))
        #expect(outcome.isPassed, "\(outcome.differences)")
        #expect(outcome.verdict.reason == .noGround)
    }

    @Test func saysWhatDiffers() throws {
        let file = try CaseFile(
            parsing: Self.file(expected: #"{"status":"granted","rules":"P3","reason":"stale"}"#))
        let outcome = CaseOutcome(file.cases[0], file.verdict(on: file.cases[0]))
        #expect(
            outcome.differences == [
                "status: expected granted, found undetermined",
                "reason: expected stale, found no-ground", "rules: expected P3, found [X1]",
            ])
    }

    @Test(
        arguments: [
            (#"{"t":"treaty","id":"x"}"#, "fixtures[0].t"),
            (#"{"t":"link","id":"x"}"#, "accepted"),
            (#"{"t":"supersession","id":"x","old":"q"}"#, "fixtures[0].new"),
            (#"{"t":"award","id":"x","qual":"q"}"#, "fixtures[0].body"),
            (
                #"{"t":"award","id":"x","qual":"q","body":"b","date":"June","holder":"h"}"#,
                "fixtures[0].date"
            ),
            (#"{"t":"mandate","id":"x","authority":"a","jur":"PH"}"#, "fixtures[0].acts"),
            (
                #"{"t":"instrument","id":"x","binds":"DE","purposes":"employ","since":"2020-01-01"}"#,
                "fixtures[0].effect"
            ),
            (
                #"{"t":"status","id":"x","kind":"forget","target":"a","since":"2020-01-01"}"#,
                "fixtures[0].kind"
            ),
            (
                #"{"t":"status","id":"x","kind":"void","target":{"moon":1},"since":"2020-01-01"}"#,
                "fixtures[0].target.moon"
            ),
            (
                #"{"t":"decision","id":"x","jur":"DE","holder":"h","date":"2020-01-01","#
                    + #""purposes":"employ","result":"maybe"}"#, "fixtures[0].result"
            ),
        ])
    func namesTheMemberThatIsWrong(_ fixture: String, _ expected: String) {
        let fixtures = [fixture, Self.mandate, Self.qualification, Self.award]
        #expect(Self.message(Self.file(fixtures)).contains(expected))
    }

    @Test func refusesWhatNamesNothing() {
        #expect(Self.message(Self.file(uses: #"["m","nothing"]"#)).contains("cases[0].uses"))
        #expect(
            Self.message(Self.file([Self.mandate, Self.mandate])).contains("fixtures[1]"))
        #expect(Self.message(Array("[]".utf8)).contains("an object"))
        #expect(Self.message(Array("{}".utf8)).contains("one case at least"))
        #expect(Self.message(Array("{".utf8)).contains("not a file of cases"))
        #expect(
            Self.message(Self.file(query: #"{"dest":"DE","purpose":"fun","date":"2026-11-01"}"#))
                .contains("cases[0].query.purpose"))
    }

    @Test(
        arguments: [
            (#""dest""#, #""dset""#, "query.dest, found none"),
            (#""dest":"DE""#, #""dest":"Germany""#, "query.dest, found Germany"),
            (#""occ":"7212""#, #""occ":7212"#, "query.target.occ"),
            (#""occ""#, #""ocupation""#, "query.target.ocupation"),
            (#""date""#, #""holderFact":{},"date""#, "query.holderFact"),
            (#""date""#, #""holderFacts":["PH"],"date""#, "query.holderFacts"),
            (#""date""#, #""staledays":{},"date""#, "query.staledays"),
            (#""date""#, #""staleDays":{"DE":"900"},"date""#, "query.staleDays.DE"),
            (#"["a"]"#, #"["m"]"#, "query.awards[0], found m, which is of kind mandate"),
            (#"["a"]"#, #"["b"]"#, "query.awards[0], found b"),
        ])
    func namesTheMemberOfTheQueryThatIsWrong(_ right: String, _ wrong: String, _ hint: String) {
        let query =
            #"{"dest":"DE","purpose":"employ","holder":"h","awards":["a"],"#
            + #""target":{"occ":"7212"},"date":"2026-11-01"}"#
        let message = Self.message(Self.file(query: query.replacing(right, with: wrong)))
        #expect(message.contains("cases[0].\(hint)"), "\(message)")
    }

    @Test(
        arguments: [
            (#"{"status":"undetermined","ground":["a"]}"#, "cases[0].expected.ground"),
            (#"{"status":"undetermined","reasn":"no"}"#, "cases[0].expected.reasn"),
            (#"{"status":"undetermined","level":4}"#, "cases[0].expected.level"),
        ])
    func namesTheExpectedMemberThatIsWrong(_ expected: String, _ hint: String) {
        let message = Self.message(Self.file(expected: expected))
        #expect(message.contains(hint), "\(message)")
    }

    @Test(
        arguments: [
            (#"{"t":"evidence","id":"x","kind":"test","date":"2020-01-01"}"#, "fixtures[0].holder"),
            (
                #"{"t":"award","id":"x","qual":"gone","body":"b","date":"2020-01-01","holder":"h"}"#,
                "fixtures[0].qual, found gone"
            ),
            (
                #"{"t":"award","id":"x","qual":"m","body":"b","date":"2020-01-01","holder":"h"}"#,
                "fixtures[0].qual, found m, which is of kind mandate"
            ),
        ])
    func namesTheStatementThatHangsInTheAir(_ fixture: String, _ hint: String) {
        let fixtures = [fixture, Self.mandate, Self.qualification, Self.award]
        let message = Self.message(Self.file(fixtures))
        #expect(message.contains(hint), "\(message)")
    }

    @Test func refusesTwoCasesOfOneId() throws {
        let once = String(decoding: Self.file(), as: UTF8.self)
        let item = try #require(once.firstRange(of: #"{"id":"C1""#))
        let twice = once.replacing("}]}", with: "},\(once[item.lowerBound...].dropLast(2))]}")
        #expect(Self.message(Array(twice.utf8)).contains("found C1 again at cases[1]"))
        #expect(Self.message(Array(#"{"cases":{}}"#.utf8)).contains("a list at cases"))
        let useless = once.replacing(#""uses""#, with: #""use""#)
        #expect(Self.message(Array(useless.utf8)).contains("cases[0].uses"))
    }

    @Test func namesMembersThatMeanNothing() throws {
        let odd = Self.mandate.replacing("\"since\"", with: "\"colour\":\"red\",\"since\"")
        let file = try CaseFile(parsing: Self.file([odd, Self.qualification, Self.award]))
        #expect(file.ignoredMembers == ["fixtures[0].colour"])
    }

    @Test func anUnknownPredicateLeavesTheAnswerUndetermined() throws {
        let strange = """
            {"t":"instrument","id":"i","binds":"DE","purposes":"employ","effect":"right",
             "entry":[{"p":"moon-phase","in":["full"]}],"since":"2020-01-01"}
            """
        let plain = strange.replacing("\"i\"", with: "\"j\"")
            .replacing(#"{"p":"moon-phase","in":["full"]}"#, with: "")
        let fixtures = [Self.mandate, Self.qualification, Self.award, strange, plain]
        let both = try CaseFile(
            parsing: Self.file(fixtures, uses: #"["m","q","a","i","j"]"#))
        #expect(both.verdict(on: both.cases[0]).reason == .notUnderstood(["moon-phase"]))
        let without = try CaseFile(parsing: Self.file(fixtures, uses: #"["m","q","a","j"]"#))
        #expect(without.verdict(on: without.cases[0]).word == .granted)
    }

    @Test func aDraftShowsWhatItWouldChange() throws {
        let file = try CaseFile(parsing: Self.file())
        let draft = try DraftStatements(
            parsing: Array(
                """
                {"kind":"instrument","by":"de.ministry","subjects":["DE"],"act":{
                  "instrument":"in.new","names":{"en":"New agreement"},"type":"mou",
                  "jurisdiction":"DE","purposes":["employ"],"effect":"right","since":"2026-01-01"}}
                """.utf8)
        ).union(
            DraftStatements(
                parsing: Array(
                    """
                    {"t":"mandate","id":"m.de","authority":"de.ministry","jur":"DE",
                     "acts":["recognise"],"since":"1994-08-25"}
                    """.utf8)))
        let item = file.cases[0]
        let outcome = CaseOutcome(
            item, file.verdict(on: item), withDraft: file.verdict(on: item, with: draft))
        #expect(outcome.isPassed)
        let change = try #require(outcome.change?.first)
        #expect(
            [change.name, change.expected, change.found]
                == ["status", "undetermined", "granted"])
        let none = try DraftStatements(
            parsing: Array(
                """
                {"t":"equivalence","id":"e","by":"auth.fr","jur":"FR","purposes":"employ",
                 "effect":"right","since":"2026-01-01"}
                """.utf8))
        #expect(
            CaseOutcome(
                item, file.verdict(on: item), withDraft: file.verdict(on: item, with: none)
            ).change == nil)
    }

    /// P1: publishing would refuse it, or the log would keep it as advice.
    @Test(
        arguments: [
            #"""
            {"kind":"instrument","by":"nobody","subjects":["DE"],"act":{
              "instrument":"in.new","names":{"en":"New agreement"},"type":"mou",
              "jurisdiction":"DE","purposes":["employ"],"effect":"right","since":"2026-01-01"}}
            """#,
            #"""
            {"kind":"regulation","by":"nobody","subjects":["isco:7212","DE"],"act":{
              "jurisdiction":"DE","occupation":"7212","regulated":false}}
            """#,
        ])
    func aDraftWithoutAMandateGivesNoRight(_ draft: String) throws {
        let file = try CaseFile(parsing: Self.file())
        let item = file.cases[0]
        let verdict = file.verdict(on: item, with: try DraftStatements(parsing: Array(draft.utf8)))
        #expect([.undetermined, .advisory].contains(verdict.word), "\(verdict.word)")
    }

    @Test func aDraftIsNoAward() {
        #expect(throws: CaseError.unknownStatementKind(path: "the draft.t", found: "award")) {
            try DraftStatements(parsing: Array(Self.award.utf8))
        }
    }

    @Test func namesEveryMemberThatADraftChanges() throws {
        let file = try CaseFile(parsing: Self.file())
        let item = file.cases[0]
        let verdict = file.verdict(on: item)
        var other = verdict
        other.until = CalendarDate(year: 2030, month: 1, day: 1)
        other.ask = ["de.ihk"]
        other.scope = ["U1"]
        other.alternative = "Helper"
        other.nextSteps = [.linkNames]
        other.rules = [.p4]
        let outcome = CaseOutcome(item, verdict, withDraft: other)
        #expect(
            outcome.change?.map(\.name) == [
                "scope", "alternative", "until", "rules", "ask", "next",
            ])
        let changes = outcome.document.object?["changes"]?.array
        #expect(changes?.count == 6)
        #expect(changes?.last?.object?["after"] == "[link-names]")
    }
}
