import Encoding
import Registry
import Testing

/// What a statement grants is compared by what it says.
@Suite struct ProvisionTests {
    private static func provision(_ change: JSONObject = [:]) throws -> Provision {
        var members: JSONObject = [
            "jurisdiction": "DE", "purposes": ["title"], "target": ["occ": "7212"],
            "entry": [["p": "award-qual", "in": ["ph.a"]]], "effect": "right",
            "since": "2020-01-01",
        ]
        for member in change.members { members[member.name] = member.value }
        let act = try Act(draft: members, kind: "equivalence", at: "act")
        guard case .equivalence(let equivalence) = act else {
            throw ParsingError.unknownMember(path: "kind")
        }
        return equivalence.provision
    }

    @Test func isTheSameAsAnotherThatSaysTheSame() throws {
        #expect(try Self.provision() == Self.provision())
        #expect(try Self.provision().hashValue == Self.provision().hashValue)
    }

    private static let changes: [JSONObject] = [
        ["purposes": ["employ"]], ["target": ["occ": "7213"]],
        ["entry": [["p": "award-qual", "in": ["ph.b"]]]],
        ["conditions": [["id": "b1", "p": "language", "lang": "de", "level": "B1"]]],
        ["effect": "advice"], ["exhaustive": true], ["scope": ["U1"]], ["differences": ["U2"]],
        ["unitMap": [["from": ["U1"], "to": "A"]]], ["alternative": "Helper"],
        ["noAward": true], ["since": "2020-01-02"], ["until": "2030-01-01"],
        ["specificity": 7],
        ["basis": ["text": "A law", "source": "gazette", "confidence": "recalled"]],
    ]

    @Test(arguments: changes)
    func differsWhereOneMemberDoes(_ change: JSONObject) throws {
        #expect(try Self.provision(change) != Self.provision())
    }
}
