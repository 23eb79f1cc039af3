import Cases
import Testing

/// A member of another form is refused: what is dropped would quietly be another statement.
@Suite struct FixtureFormTests {
    private static let equivalence = """
        {"t":"equivalence","id":"x","by":"auth.fr","jur":"FR","purposes":"employ",
         "effect":"right","since":"2026-01-01","MEMBER"}
        """
    private static let instrument = """
        {"t":"instrument","id":"x","binds":"FR","purposes":"employ","effect":"right",
         "since":"2026-01-01","MEMBER"}
        """
    private static let referencing = """
        {"t":"referencing","id":"x","from":"fw.a","to":"fw.b","status":"endorsed",
         "since":"2026-01-01","MEMBER"}
        """
    private static let award = """
        {"t":"award","id":"x","qual":"q","body":"auth.ph","date":"2023-06-15","holder":"h",
         "MEMBER"}
        """

    private static func message(_ fixture: String, _ member: String) -> String {
        let whole = fixture.replacing(#""MEMBER""#, with: member)
        return CaseFileTests.message(
            CaseFileTests.file(
                [whole, CaseFileTests.mandate, CaseFileTests.qualification, CaseFileTests.award]))
    }

    @Test(
        arguments: [
            (equivalence, #""occ":["isco:2221"]"#, "a string at fixtures[0].occ"),
            (equivalence, #""occ":2221"#, "a string at fixtures[0].occ"),
            (equivalence, #""supersedes":["e"]"#, "a string at fixtures[0].supersedes"),
            (referencing, #""map":{"from":"3","to":"4"}"#, "a list at fixtures[0].map"),
            (referencing, #""map":["3"]"#, "an object at fixtures[0].map[0]"),
            (instrument, #""derogations":"FR""#, "a list at fixtures[0].derogations"),
            (
                instrument, #""derogations":[{"jur":"FR","since":"2026-01-01"},"FR"]"#,
                "an object at fixtures[0].derogations[1]"
            ),
            (equivalence, #""unitmap":"U1""#, "a list at fixtures[0].unitmap"),
            (equivalence, #""unitmap":["U1"]"#, "an object at fixtures[0].unitmap[0]"),
            (instrument, #""awards":{}"#, "a list at fixtures[0].awards"),
            (instrument, #""awards":"none""#, "a list at fixtures[0].awards"),
            (equivalence, #""awards":["a"]"#, "an empty list at fixtures[0].awards"),
            (award, #""limits":["PF"]"#, "an object at fixtures[0].limits"),
            (award, #""limits":{"position":[1,2]}"#, "fixtures[0].limits.position"),
            (award, #""limits":{"position":["PF",2]}"#, "fixtures[0].limits.position"),
            (award, #""limits":{"thickness":3}"#, "fixtures[0].limits.thickness"),
            (award, #""limits":{"thickness":{"min":3}}"#, "fixtures[0].limits.thickness"),
        ] as [(String, String, String)])
    func namesTheMemberOfAnotherForm(_ fixture: String, _ member: String, _ hint: String) {
        let message = Self.message(fixture, member)
        #expect(message.contains(hint), "\(message)")
    }

    @Test(
        arguments: [
            (equivalence, #""occ":"2221","supersedes":"e","awards":[]"#),
            (equivalence, #""occ":null,"supersedes":null,"unitmap":null,"awards":null"#),
            (equivalence, #""unitmap":[{"from":"U1","to":"A1"}]"#),
            (referencing, #""map":[{"from":"3","to":"4"},{"from":["5"],"to":[]}]"#),
            (award, #""limits":{"position":["PF"],"process":"135","material":null}"#),
            (award, #""limits":{"thickness":{"min":3,"max":12}}"#),
        ] as [(String, String)])
    func readsTheFormsThatAreMeant(_ fixture: String, _ member: String) {
        #expect(Self.message(fixture, member) == "accepted")
    }
}
