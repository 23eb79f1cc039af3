import Credentials
import Cryptography
import Encoding
import TestSupport
import Testing

@Suite("Awards of qualifications")
struct QualificationCredentialTests {
    var sample = SampleAward()

    @Test mutating func readBackAsIssued() throws {
        let issued = try sample.issued()
        try issued.verify(with: sample.issuer.verificationKey)
        let read = try QualificationCredential(parsing: SDJWT(parsing: issued.serialized))
        var expected = sample.credential
        // Disclosed claims come in the order of their digests.
        expected.others = read.others
        #expect(read == expected)
        #expect(
            JSONValue.object(read.others).sorted
                == JSONValue.object(sample.credential.others).sorted)
        #expect(
            try issued.processed().disclosedNames.sorted() == [
                "birth_year", "birthdate", "certificate_number", "name", "sex",
            ])
    }

    @Test mutating func showOnlyWhatIsAsked() throws {
        let presented = try sample.issued().presenting([])
        let read = try QualificationCredential(parsing: presented)
        #expect(read.birthdate == nil)
        #expect(read.others.isEmpty)
        #expect(read.name == "Testina Exemplar")
        #expect(presented.disclosures.count == 2)
    }

    @Test(arguments: QualificationCredential.mandatoryDisclosures)
    func refusePresentationWithout(_ name: String) throws {
        var sample = sample
        let others = QualificationCredential.mandatoryDisclosures.filter { $0 != name }
        let presented = try sample.issued().selecting(claimNames: others)
        #expect(throws: CredentialError.missingClaim(name)) {
            try QualificationCredential(parsing: presented)
        }
    }

    /// The sample's claims with one changed, signed with all of them plain.
    func credential(_ change: (inout JSONObject) -> Void) -> SDJWT? {
        var claims = sample.credential.claims
        change(&claims)
        let jwt = JSONWebSignature.signed(
            header: ["typ": "vc+sd-jwt"], payload: JSONValue.object(claims).serialized,
            by: sample.issuer)
        return try? SDJWT(parsing: jwt.compact + [UInt8(ascii: "~")])
    }

    @Test(arguments: [
        "vct", "iss", "country", "qualification", "version", "awarded", "iat", "status", "name",
        "birth_year",
    ])
    func nameTheClaimThatIsMissing(_ name: String) throws {
        let presented = try #require(credential { $0[name] = nil })
        #expect(throws: CredentialError.missingClaim(name)) {
            try QualificationCredential(parsing: presented)
        }
    }

    @Test(arguments: [
        "valid_until", "started", "mode", "units", "exp", "nbf", "cnf", "birthdate", "sex",
    ])
    func readWithoutTheOptional(_ name: String) throws {
        let presented = try #require(credential { $0[name] = nil })
        _ = try QualificationCredential(parsing: presented)
    }

    static let wrongForms: [(String, JSONValue)] = [
        ("country", "ph"), ("country", "PHL"), ("iss", "a b"), ("iss", ""),
        ("version", 7), ("awarded", "2026-02-30"), ("awarded", 20_260_101),
        ("valid_until", "2000-01-01"), ("started", "2100-01-01"), ("mode", "a\u{7F}"),
        ("units", []), ("units", [7]), ("units", "MEE"), ("iat", "0"), ("iat", .decimal("1.5")),
        ("iat", -1), ("exp", .decimal("1e9")), ("nbf", .null), ("cnf", [:]), ("name", ""),
        ("name", "a\nb"), ("birth_year", "1994"), ("birth_year", 94), ("birthdate", "1995-05-17"),
        ("vct", 7),
    ]

    @Test(arguments: wrongForms)
    func refuseWrongForm(_ name: String, value: JSONValue) throws {
        let presented = try #require(credential { $0[name] = value })
        let error = #expect(throws: CredentialError.self) {
            try QualificationCredential(parsing: presented)
        }
        #expect(error?.code == "wrong-claim")
        // SPEC: a message never shows the value of a claim.
        if let text = value.string, text.utf8.count > 3 {
            #expect(error.map { !$0.description.contains(text) } == true)
        }
    }

    @Test func refuseAnotherTypeOfCredential() throws {
        let presented = try #require(credential { $0["vct"] = "urn:other" })
        let error = #expect(throws: CredentialError.self) {
            try QualificationCredential(parsing: presented)
        }
        #expect(error?.code == "wrong-credential-type")
    }

    @Test mutating func refuseAnotherTypeOfToken() throws {
        let issued = try sample.issued()
        let jwt = JSONWebSignature.signed(
            header: ["typ": "JWT"], payload: issued.issuerJWT.payload, by: sample.issuer)
        let tilde = try #require(issued.serialized.firstIndex(of: UInt8(ascii: "~")))
        let error = #expect(throws: CredentialError.self) {
            try QualificationCredential(
                parsing: SDJWT(parsing: jwt.compact + issued.serialized[tilde...]))
        }
        #expect(error?.code == "wrong-type")
    }

    @Test func areValidFromTheirStartToTheirEnd() throws {
        let credential = sample.credential
        let end = try #require(credential.expires)
        try credential.frame.checkValidity(at: SampleAward.now)
        try credential.frame.checkValidity(at: end + -1)
        #expect(throws: CredentialError.expired(at: end)) {
            try credential.frame.checkValidity(at: end)
        }
        #expect(throws: CredentialError.notYetValid(until: SampleAward.now)) {
            try credential.frame.checkValidity(at: SampleAward.now + -1)
        }
    }

    @Test func refusePlainClaimInADisclosure() throws {
        var sample = sample
        for name in ["country", "awarded", "qualification", "iat"] {
            let issued = try SDJWT.issue(
                claims: sample.credential.claims, disclosable: [ClaimPath([.name(name)])],
                header: ["typ": "dc+sd-jwt"], by: sample.issuer, using: &sample.generator)
            #expect(throws: CredentialError.mustBePlain(claim: name)) {
                try QualificationCredential(parsing: issued)
            }
        }
    }
}
