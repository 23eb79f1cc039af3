import Encoding
import Issuance
import TestSupport
import Testing

@Suite struct AwardTemplateTests {
    private static func field(_ members: JSONObject) -> (inout JSONObject) -> Void {
        { $0["fields"] = .array(SampleTemplate.fields + [.object(members)]) }
    }

    @Test func readsTheSample() throws {
        let template = try SampleTemplate.template()
        #expect(template.validity == .months(60))
        #expect(template.namedUnits == ["U1", "U2", "U3"])
        #expect(!template.hasArchive)
        #expect(template.fields.count == 8)
    }

    @Test func knowsItselfByItsBytes() throws {
        let other = try SampleTemplate.template { $0["languages"] = ["en"] }
        #expect(try SampleTemplate.template().identity != other.identity)
    }

    @Test(arguments: [
        "iss", "iat", "status", "cnf", "exp", "nbf", "vct", "country", "qualification", "version",
        "replaces", "Name", "first name", "", "_sd",
    ])
    func refusesClaimsThatAreNotTheRegistrars(_ claim: String) {
        #expect(throws: ParsingError.self) {
            try SampleTemplate.template(
                Self.field(["column": "X", "claim": .string(claim), "type": "text"]))
        }
    }

    @Test(arguments: [
        ("name", "date"), ("birth_year", "integer"), ("awarded", "text"), ("units", "text"),
        ("archive", "text"), ("holder_key", "text"), ("course", "codes"), ("course", "key"),
    ])
    func refusesAClaimOfAnotherType(_ claim: String, _ type: String) {
        #expect(throws: ParsingError.self) {
            try SampleTemplate.template(
                Self.field(["column": "X", "claim": .string(claim), "type": .string(type)]))
        }
    }

    @Test func refusesAColumnTwiceWhateverItsCase() {
        #expect(
            throws: ParsingError.wrongForm(
                path: "fields[8].column", expected: "a heading of its own")
        ) {
            try SampleTemplate.template(Self.field(["column": "UNITS", "type": "text"]))
        }
    }

    @Test func refusesAClaimFromTwoPlaces() {
        #expect(throws: ParsingError.self) {
            try SampleTemplate.template(
                Self.field(["column": "Second", "claim": "units", "type": "codes"]))
        }
        #expect(throws: ParsingError.self) {
            try SampleTemplate.template { $0["fixed"] = ["sex": "F"] }
        }
    }

    @Test(arguments: ["Given name", "Date of birth", "Awarded"])
    func asksForWhatEveryAwardNeeds(_ column: String) {
        #expect(throws: ParsingError.self) {
            try SampleTemplate.template { object in
                object["fields"] = .array(
                    SampleTemplate.fields.filter { $0.object?["column"]?.string != column })
            }
        }
    }

    @Test func takesTheDayOfAwardFromFixed() throws {
        let template = try SampleTemplate.template { object in
            object["fields"] = .array(
                SampleTemplate.fields.filter { $0.object?["column"]?.string != "Awarded" })
            object["fixed"] = ["awarded": "2026-11-02", "mode": "rpl"]
        }
        let award = try AwardForm(template).award([
            (name: "Given name", text: "Testina"), (name: "birthdate", text: "17/05/1994"),
        ])
        #expect(try award.awarded == CalendarDate.day("2026-11-02"))
        #expect(award.mode == "rpl")
    }

    @Test func refusesAnEndFromTwoRules() {
        #expect(throws: ParsingError.self) {
            try SampleTemplate.template(
                Self.field(["column": "Until", "claim": "valid_until", "type": "date"]))
        }
        #expect(throws: ParsingError.self) {
            try SampleTemplate.template { $0["validity"] = "field" }
        }
    }

    @Test(
        arguments: [
            ("type", "entry"), ("version", 2), ("dates", "DD/MM/YY"),
            ("languages", []), ("languages", ["en", "en"]), ("languages", ["english language"]),
            ("validity", "never"), ("validity", ["months": 0]), ("validity", ["years": 5]),
            ("layout", "a4"), ("fields", []), ("languages", ["en", "fil", "de"]),
            ("colour", "blue"),
            ("fixed", ["awarded": "2.11.2026"]),
            ("fixed", ["name": "Testina"]), ("fixed", ["mode": 1]), ("qualification", "two words"),
        ] as [(String, JSONValue)])
    func refusesAMemberOfAnotherForm(_ name: String, _ value: JSONValue) {
        #expect(throws: ParsingError.self) {
            try SampleTemplate.template { $0[name] = value }
        }
    }

    @Test func refusesATooLargeFile() {
        #expect(throws: ParsingError.self) {
            try AwardTemplate(
                parsing: Array(repeating: 0x20, count: AwardTemplate.sizeLimit + 1))
        }
    }
}
