import Encoding
import Recognition
import Registry
import Testing

/// What an author cannot mean is named with its member.
@Suite struct ProvisionContradictionTests {
    private static func fault(_ change: JSONObject) throws -> ProvisionFault? {
        var members: JSONObject = [
            "jurisdiction": "DE", "purposes": ["title"], "target": ["occ": "7212"],
            "entry": [["p": "award-date", "from": "2010-01-01", "to": "2020-12-31"]],
            "conditions": [["id": "b1", "p": "language", "lang": "de", "level": "B1"]],
            "effect": "right", "since": "2020-01-01",
        ]
        for member in change.members { members[member.name] = member.value }
        let act = try Act(draft: members, kind: "equivalence", at: "act")
        guard case .equivalence(let equivalence) = act else { return nil }
        #expect(ProvisionFault(in: equivalence.provision) == nil)
        return ProvisionFault.contradiction(in: equivalence.provision)
    }

    @Test func findsNoneInWhatCanBeMeant() throws {
        #expect(try Self.fault([:]) == nil)
        #expect(try Self.fault(["effect": "refuse", "differences": ["practice"]]) == nil)
        #expect(try Self.fault(["effect": "alternative", "alternative": "Helper"]) == nil)
        #expect(try Self.fault(["scope": ["U1"], "differences": ["U2"]]) == nil)
        let months: JSONObject = [
            "entry": [["p": "experience", "min_months": 36, "within_months": 36]]
        ]
        #expect(try Self.fault(months) == nil)
        // Another scale compares with itself.
        let japanese: JSONObject = [
            "entry": [["p": "language", "lang": "ja", "level": "N4"]]
        ]
        #expect(try Self.fault(japanese) == nil)
    }

    @Test(
        arguments: [
            (["purposes": []], "purposes"),
            (
                ["entry": [["p": "award-date", "from": "2021-01-01", "to": "2020-12-31"]]],
                "entry[0].to"
            ),
            (
                [
                    "entry": [
                        [
                            "p": "award-jur", "in": ["FR"],
                            "also": ["GB": ["since": "2020-01-01", "until": "2019-01-01"]],
                        ]
                    ]
                ], "entry[0].also.GB.until"
            ),
            (
                ["entry": [["p": "experience", "min_months": 36, "within_months": 24]]],
                "entry[0].min_months"
            ),
            (
                [
                    "conditions": [
                        ["id": "c", "p": "language", "lang": "de", "level": "B9"]
                    ]
                ], "conditions[0].level"
            ),
            (
                ["conditions": [["id": "c", "p": "good-standing"], ["id": "c"]]],
                "conditions[1].id"
            ),
            (["conditions": [["id": "c", "deadline": "2019-12-31"]]], "conditions[0].deadline"),
            (["scope": ["U1", "U2"], "differences": ["U2"]], "differences"),
            (["effect": "alternative"], "alternative"),
            (["effect": "refuse"], "differences"),
        ] as [(JSONObject, String)])
    func namesTheMember(_ change: JSONObject, _ member: String) throws {
        let fault = try #require(try Self.fault(change))
        #expect(fault.member == member)
        #expect(fault.description.contains("contradicts the rest of the act"))
    }
}
