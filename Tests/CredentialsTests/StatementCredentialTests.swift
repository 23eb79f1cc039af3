import Credentials
import Cryptography
import Encoding
import TestSupport
import Testing

@Suite("Statements about a person")
struct StatementCredentialTests {
    var sample = SampleAward()

    static let id = "00112233445566778899aabbccddeeff"

    /// One well-formed statement of each kind.
    static let statements: [(StatementCredential.Kind, JSONObject)] = [
        (
            .decision,
            [
                "jurisdiction": "DE", "occupation": "7212", "decided": "2026-09-01",
                "purposes": ["visa-skill", "employ"], "target": ["qual": "de.anlagenmechaniker"],
                "result": "partial", "wording": "teilweise gleichwertig",
                "scope": ["joining and welding"], "differences": ["control technology"],
                "conditions": [
                    ["id": "adaptation-1", "p": "adaptation", "name": "control-technology"]
                ],
                "via": "exam", "premise": .string(id), "basedOn": [.string(id)],
                "expires": ["visa-skill": "2029-09-01"], "supersedes": .string(id),
                "alternative": "Fachkraft", "remedy": ["body": "Sample Court", "days": 30],
                "basis": "BQFG 4", "x-file": "12/7",
            ]
        ),
        (
            .evidence,
            [
                "kind": "experience", "name": "welder", "occupation": "7212",
                "jurisdiction": "PH", "since": "2020-01-01", "until": "2024-12-31",
                "site": "yard-2", "lawful": true, "restrictions": ["no pressure vessels"],
            ]
        ),
        (.evidence, ["kind": "language", "language": "de", "level": "B2", "date": "2026-01-01"]),
        (.evidence, ["kind": "registration", "occupation": "2221", "jurisdiction": "PH"]),
        (
            .alert,
            [
                "occupation": "2221", "jurisdiction": "RO", "kind": "prohibited",
                "since": "2026-05-01", "until": "2027-05-01",
            ]
        ),
        (.link, ["basis": "marriage certificate"]),
        (
            .decisionEvent,
            [
                "decision": .string(id), "event": "condition-met", "condition": "adaptation-1",
                "since": "2026-08-01",
            ]
        ),
        (.decisionEvent, ["decision": .string(id), "event": "withdraw", "since": "2026-08-01"]),
    ]

    func credential(
        _ kind: StatementCredential.Kind, _ statement: JSONObject
    ) -> StatementCredential {
        StatementCredential(
            kind, id: Self.id, issued: SampleAward.day, statement: statement,
            formerName: kind == .link ? "Testina Formername" : nil, frame: sample.credential.frame,
            others: ["file": "12/7"])
    }

    @Test(arguments: statements)
    func readBackAsIssued(_ kind: StatementCredential.Kind, _ statement: JSONObject) throws {
        var generator = SeededGenerator(seed: 3)
        let expected = credential(kind, statement)
        let issued = try expected.issued(by: sample.issuer, using: &generator)
        try issued.verify(with: sample.issuer.verificationKey)
        let read = try IssuedCredential(parsing: SDJWT(parsing: issued.serialized))
        #expect(read == .statement(expected))
        #expect(read.day == SampleAward.day)
        #expect(read.frame == sample.credential.frame)
        #expect(
            try issued.processed().disclosedNames.sorted()
                == ["birth_year", "birthdate", "file"]
                + (kind == .link ? ["former_name"] : []) + ["name"])
    }

    @Test(arguments: statements)
    func showOnlyWhatMustBeShown(
        _ kind: StatementCredential.Kind, _ statement: JSONObject
    ) throws {
        var generator = SeededGenerator(seed: 3)
        let issued = try credential(kind, statement).issued(
            by: sample.issuer, using: &generator)
        let shown = try issued.presenting([])
        #expect(shown.disclosures.count == kind.mandatoryDisclosures.count)
        let read = try StatementCredential(parsing: shown)
        #expect(read.statement == statement)
        #expect(read.birthdate == nil)
        for name in kind.mandatoryDisclosures {
            let cut = try issued.selecting(
                claimNames: kind.mandatoryDisclosures.filter { $0 != name })
            #expect(throws: CredentialError.missingClaim(name)) {
                try IssuedCredential(parsing: cut)
            }
        }
    }

    /// The claims with one changed, signed with all of them plain.
    func signed(
        _ kind: StatementCredential.Kind = .decision, _ change: (inout JSONObject) -> Void
    ) throws -> SDJWT {
        let statement = try #require(Self.statements.first { $0.0 == kind }).1
        var claims = credential(kind, statement).claims
        change(&claims)
        let jwt = JSONWebSignature.signed(
            header: ["typ": "dc+sd-jwt"], payload: JSONValue.object(claims).serialized,
            by: sample.issuer)
        return try SDJWT(parsing: jwt.compact + [UInt8(ascii: "~")])
    }

    @Test(arguments: [
        "iss", "country", "id", "issued", "statement", "iat", "status", "name", "birth_year",
    ])
    func nameTheClaimThatIsMissing(_ name: String) throws {
        let presented = try signed { $0[name] = nil }
        #expect(throws: CredentialError.missingClaim(name)) {
            try IssuedCredential(parsing: presented)
        }
    }

    @Test func refuseALinkWithoutTheFormerName() throws {
        let presented = try signed(.link) { $0["former_name"] = nil }
        #expect(throws: CredentialError.missingClaim("former_name")) {
            try IssuedCredential(parsing: presented)
        }
    }

    @Test(arguments: [
        "urn:concord:credential:decision:2", "urn:concord:credential:verdict:1", "decision",
        "urn:concord:credential:award:1",
    ])
    func refuseAnotherType(_ type: String) throws {
        let presented = try signed { $0["vct"] = .string(type) }
        #expect(throws: CredentialError.self) { try IssuedCredential(parsing: presented) }
        #expect(
            throws: CredentialError.wrongCredentialType(
                expected: "urn:concord:credential:KIND:1")
        ) { try StatementCredential(parsing: presented) }
    }

    @Test(
        arguments: [
            ("id", "0011"), ("id", "00112233445566778899AABBCCDDEEFF"), ("issued", "2026-13-01"),
            ("statement", "granted"), ("statement", []), ("country", "DEU"),
        ] as [(String, JSONValue)])
    func refuseAClaimOfAnotherForm(_ name: String, _ value: JSONValue) throws {
        let presented = try signed { $0[name] = value }
        let error = #expect(throws: CredentialError.self) {
            try IssuedCredential(parsing: presented)
        }
        #expect(error?.code == "wrong-claim")
    }

    static let wrongMembers: [(StatementCredential.Kind, String, JSONValue?)] = [
        (.decision, "jurisdiction", nil), (.decision, "decided", nil),
        (.decision, "decided", "2100-01-01"), (.decision, "purposes", []),
        (.decision, "purposes", "employ"), (.decision, "target", ["occ": 7212]),
        (.decision, "result", "yes"), (.decision, "scope", [""]),
        (.decision, "scope", ["a\u{1B}[2J"]), (.decision, "conditions", [["p": "test"]]),
        (.decision, "via", "luck"), (.decision, "premise", "e.cbt"),
        (.decision, "basedOn", ["e.cbt"]), (.decision, "expires", "2027-01-01"),
        (.decision, "expires", ["employ": 2027]), (.decision, "remedy", ["body": "Court"]),
        (.decision, "occupation", "welder"), (.decision, "verdict", "granted"),
        (.evidence, "kind", "rumour"), (.evidence, "kind", nil), (.evidence, "since", nil),
        (.evidence, "until", "2019-01-01"), (.evidence, "until", "2100-01-01"),
        (.evidence, "lawful", "yes"), (.evidence, "kind", "language"),
        (.evidence, "level", "B 2"), (.alert, "occupation", nil), (.alert, "kind", "warning"),
        (.alert, "since", nil), (.alert, "until", "2026-04-30"), (.link, "basis", nil),
        (.link, "former_name", "X"), (.decisionEvent, "decision", "d.1"),
        (.decisionEvent, "condition", nil), (.decisionEvent, "event", "withdraw"),
        (.decisionEvent, "since", nil),
    ]

    @Test(arguments: wrongMembers)
    func refuseAWrongMember(
        _ kind: StatementCredential.Kind, _ member: String, _ value: JSONValue?
    ) throws {
        let presented = try signed(kind) { claims in
            var statement = claims["statement"]?.object ?? JSONObject()
            statement[member] = value
            claims["statement"] = .object(statement)
        }
        let error = #expect(throws: CredentialError.self) {
            try IssuedCredential(parsing: presented)
        }
        #expect(error?.code == "malformed-statement")
    }

    @Test(arguments: ["id", "issued", "statement", "country"])
    func keepThePlainClaimsPlain(_ name: String) throws {
        var generator = SeededGenerator(seed: 3)
        let claims = credential(.decision, Self.statements[0].1).claims
        let hidden = try SDJWT.issue(
            claims: claims, disclosable: [ClaimPath([.name(name)])],
            header: ["typ": "dc+sd-jwt"], by: sample.issuer, using: &generator)
        #expect(throws: CredentialError.mustBePlain(claim: name)) {
            try IssuedCredential(parsing: hidden)
        }
    }

    @Test func hideNothingWithinTheStatement() throws {
        var generator = SeededGenerator(seed: 3)
        let claims = credential(.decision, Self.statements[0].1).claims
        let hidden = try SDJWT.issue(
            claims: claims,
            disclosable: [ClaimPath([.name("statement"), .name("differences")])],
            header: ["typ": "dc+sd-jwt"], by: sample.issuer, using: &generator)
        #expect(throws: CredentialError.mustBePlain(claim: "statement")) {
            try IssuedCredential(parsing: hidden)
        }
    }

    @Test func refuseToIssueWhatWouldNotRead() throws {
        var generator = SeededGenerator(seed: 3)
        var wrong = credential(.alert, ["occupation": "2221"])
        #expect(throws: CredentialError.self) {
            try wrong.issued(by: sample.issuer, using: &generator)
        }
        wrong = credential(.link, ["basis": "marriage certificate"])
        wrong.formerName = nil
        #expect(throws: CredentialError.missingClaim("former_name")) {
            try wrong.issued(by: sample.issuer, using: &generator)
        }
    }
}
