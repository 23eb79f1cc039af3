import Credentials
import Cryptography
import Encoding
import Registry
import TestSupport
import TransparencyLog
import Verification

extension Scenario {
    private static let outside = ["issuer failed awarded-outside-mandate"]

    /// A statement alone, as what is asked about.
    static let statement: [Scenario] = [
        Scenario("a decision by an authority that may recognise", [], exit: 0) {
            try german(SampleNetwork.statement())
        },
        Scenario("a decision decides without the award", [], exit: 3) {
            try german(SampleNetwork.statement(), question: SampleNetwork.visa)
        },
        Scenario("what became of a decision", [], exit: 0) {
            try german(
                SampleNetwork.statement(
                    .decisionEvent,
                    [
                        "decision": "00112233445566778899aabbccddeeff", "event": "appeal",
                        "since": "2026-11-01",
                    ]))
        },
        Scenario("a decision by an authority that may only accredit", outside, exit: 1) {
            try philippine(["register", "accredit"], SampleNetwork.statement())
        },
        Scenario("a decision before the authority had its mandate", outside, exit: 1) {
            try philippine(
                ["recognise"],
                SampleNetwork.statement(on: "1990-01-01") {
                    $0.statement["decided"] = "1990-01-01"
                })
        },
        Scenario(
            "a decision on the day after the mandate had ended",
            [
                "issuer failed awarded-outside-mandate"
            ], exit: 1
        ) {
            try philippine(["recognise"], SampleNetwork.statement(), until: "2026-11-01")
        },
        Scenario(
            "a decision by nobody",
            [
                "issuer undetermined awarding-body-unknown",
                "credential undetermined awarding-body-unknown",
                "status undetermined status-missing",
            ], exit: 2
        ) { try german(SampleNetwork.statement(by: "de.stranger")) },
        Scenario("signed with another key", ["credential failed signature"], exit: 1) {
            try german(SampleNetwork.statement(), key: "thief")
        },
        Scenario(
            "in a batch that the authority did not sign",
            [
                "issuer undetermined batch-not-held", "credential undetermined batch-not-held",
            ], exit: 2
        ) {
            try german(
                SampleNetwork.statement(), by: SampleKeys.signer("de.ihk", seed: "thief"))
        },
        Scenario(
            "without a batch",
            ["issuer undetermined not-in-batch", "credential undetermined not-in-batch"], exit: 2
        ) {
            var (network, _) = try SampleNetwork.standard()
            let file = try network.issue(statements: [SampleNetwork.statement()])[0]
            try network.refresh()
            return try network.verify(CredentialFile(credential: file.credential))
        },
        Scenario("logged long after its day", ["issuer undetermined logged-late"], exit: 2) {
            try german(
                SampleNetwork.statement(on: "2026-09-01") {
                    $0.statement["decided"] = "2026-09-01"
                })
        },
        Scenario("revoked by the authority", ["status failed revoked"], exit: 1) {
            try german(SampleNetwork.statement(), revoked: [3])
        },
        Scenario("the authority published no list", ["status undetermined status-missing"], exit: 2)
        { try german(SampleNetwork.statement(), withList: false) },
        Scenario("declared void by the root", ["issuer failed voided"], exit: 1) {
            var (network, _) = try SampleNetwork.standard()
            let file = try network.issue(statements: [SampleNetwork.statement()])[0]
            try network.de.add(
                "status-event", by: network.de.root.verifier.name, about: ["de.ihk"],
                SampleActs.event("void", about: "de.ihk"))
            try network.refresh()
            return try network.verify(file)
        },
        Scenario(
            "signed with a key that the root had ended before the batch",
            [
                "issuer undetermined batch-not-held", "credential undetermined batch-not-held",
                "status undetermined status-missing",
            ], exit: 2
        ) {
            var (network, _) = try SampleNetwork.standard()
            let key = network.de.entries.firstIndex {
                $0.envelope.kind == "key" && $0.envelope.subjects == ["de.ihk"]
            }
            try network.de.withdraw(UInt64(key ?? 0), by: network.de.root.verifier.name)
            let file = try network.issue(statements: [SampleNetwork.statement()])[0]
            try network.refresh()
            return try network.verify(file)
        },
        Scenario(
            "signed with a key that was ended, in a batch signed with the new one",
            ["credential failed signature"], exit: 1
        ) {
            var (network, _) = try SampleNetwork.standard()
            let root = network.de.root.verifier.name
            let key = network.de.entries.firstIndex {
                $0.envelope.kind == "key" && $0.envelope.subjects == ["de.ihk"]
            }
            let second = try SampleKeys.signer("de.ihk", seed: "de.ihk-2")
            try network.de.withdraw(UInt64(key ?? 0), by: root)
            try network.de.add(
                "key", by: root, about: ["de.ihk"],
                SampleActs.key("authority", "de.ihk", second.verifier))
            let file = try network.issue(
                statements: [SampleNetwork.statement()], by: second, withList: false)[0]
            let token = try SampleNetwork.token(
                list: SampleNetwork.list(of: "de.ihk"), key: SampleKeys.signing("de.ihk-2"))
            network.lists[token.hash] = token.serialized
            let list = SampleNetwork.list(of: "de.ihk")
            try network.de.add(
                "status-list", by: "de.ihk", about: ["de.ihk", list],
                [
                    "body": "de.ihk", "list": .string(list), "number": 1,
                    "hash": .string(token.hash.hexadecimal),
                ], signedBy: [second])
            try network.refresh()
            return try network.verify(file)
        },
        Scenario("a registration by the register of the profession", [], exit: 0) {
            try philippine(["license"], registration())
        },
        Scenario("a registration for another occupation", outside, exit: 1) {
            try philippine(["register"], registration(), scope: ["isco:2221"])
        },
        Scenario("a registration in another country", outside, exit: 1) {
            try philippine(["register"], registration(in: "AE"))
        },
        Scenario("a registration by an authority that may only recognise", outside, exit: 1) {
            try philippine(["recognise"], registration())
        },
        Scenario("experience, stated by an authority with any mandate", [], exit: 0) {
            try philippine(
                ["advise"], SampleNetwork.statement(.evidence, SampleNetwork.experience),
                scope: ["x"])
        },
        Scenario("an alert", [], exit: 0) { try philippine(["alert"], alert()) },
        Scenario("an alert by a register", outside, exit: 1) {
            try philippine(["register"], alert())
        },
        Scenario("a link by the civil register", [], exit: 0) {
            try philippine(
                ["register"], SampleNetwork.statement(.link, ["basis": "marriage"]),
                scope: ["identity"])
        },
        Scenario("a link by a register of professions", outside, exit: 1) {
            try philippine(
                ["register"], SampleNetwork.statement(.link, ["basis": "marriage"]))
        },
        Scenario("a test by a body that is accredited for it", [], exit: 0) {
            try byBody(["test:aptitude"])
        },
        Scenario("a language by a body that is accredited for it", [], exit: 0) {
            try byBody(["language:de"], ["kind": "language", "language": "de", "level": "B2"])
        },
        Scenario("experience by a body that is accredited for it", [], exit: 0) {
            try byBody(["experience"], SampleNetwork.experience)
        },
        Scenario("a test by a body that is accredited for another", outside, exit: 1) {
            try byBody(["test:welding", "aptitude", "test"])
        },
        Scenario("a registration by a body", outside, exit: 1) {
            try byBody(
                ["registration:nurse", "registration"],
                ["kind": "registration", "occupation": "7212", "jurisdiction": "PH"])
        },
        Scenario(
            "a test by a body whose accreditor may not accredit for tests",
            [
                "issuer undetermined awarding-body-unknown",
                "credential undetermined awarding-body-unknown",
                "status undetermined status-missing",
            ], exit: 2
        ) { try byBody(["test:aptitude"], accreditorScope: ["q.ph.*"]) },
        Scenario(
            "a test by a body whose accreditation was withdrawn",
            [
                "issuer failed accreditation-withdrawn",
                "status undetermined status-missing",
            ], exit: 1
        ) { try byBody(["test:aptitude"], withdrawn: true) },
        Scenario(
            "a link without the former name", ["form undetermined holder-claims-missing"], exit: 2
        ) {
            try cut(
                SampleNetwork.statement(.link, ["basis": "marriage"]), ["name", "birth_year"])
        },
        Scenario(
            "a statement without the name", ["form undetermined holder-claims-missing"], exit: 2
        ) { try cut(SampleNetwork.statement(), ["birth_year"]) },
        Scenario("a type that nobody knows", ["form failed malformed"], exit: 1) {
            try raw { $0["vct"] = "urn:concord:credential:verdict:1" }
        },
        Scenario("a statement without a statement", ["form failed malformed"], exit: 1) {
            try raw { $0["statement"] = nil }
        },
    ]

    static func registration(in place: String = "PH") throws -> StatementCredential {
        try SampleNetwork.statement(
            .evidence,
            ["kind": "registration", "occupation": "7212", "jurisdiction": .string(place)])
    }

    static func alert() throws -> StatementCredential {
        try SampleNetwork.statement(
            .alert,
            [
                "occupation": "7212", "jurisdiction": "PH", "kind": "prohibited",
                "since": "2026-10-01",
            ])
    }

    private static func german(
        _ statement: StatementCredential, by signer: NoteSigner? = nil, key: String? = nil,
        revoked: [Int] = [], withList: Bool = true,
        question: VerificationQuestion = SampleNetwork.authenticity
    ) throws -> Verdict {
        var (network, _) = try SampleNetwork.standard()
        let file = try network.issue(
            statements: [statement], by: signer, key: key, revoked: revoked, withList: withList)[0]
        try network.refresh()
        return try network.verify(file, question)
    }

    private static func philippine(
        _ acts: [String], _ statement: StatementCredential, scope: [String] = ["isco:*"],
        until: String? = nil
    ) throws -> Verdict {
        var (network, _) = try SampleNetwork.standard()
        try network.addAuthority(acts, scope: scope, until: until)
        // Under a mandate of its own, so that the batch counts whatever the other allows.
        try network.ph.add(
            "mandate", by: network.ph.root.verifier.name, about: ["prc"],
            SampleActs.mandate("prc", ["reference"], scope: ["fw.ph"], territory: ["PH"]))
        var statement = statement
        statement.issuer = "prc"
        statement.country = "PH"
        statement.status = StatusReference(uri: SampleNetwork.list(of: "prc"), index: 3)
        let file = try network.issue(statements: [statement])[0]
        try network.refresh()
        return try network.verify(file)
    }

    private static func byBody(
        _ qualifications: [String], _ members: JSONObject = SampleNetwork.test,
        withdrawn: Bool = false, accreditorScope: [String] = ["*"]
    ) throws -> Verdict {
        var (network, _) = try SampleNetwork.standard()
        try network.ph.add(
            "mandate", by: network.ph.root.verifier.name, about: ["tesda"],
            SampleActs.mandate(
                "tesda", ["accredit"], scope: accreditorScope, territory: ["PH"]))
        let index = try network.ph.add(
            "accreditation", by: "tesda", about: ["ph.tests"] + qualifications,
            SampleActs.accreditation(
                "ph.tests", SampleKeys.signer("ph.tests").verifier,
                qualifications: qualifications))
        try network.ph.seal(at: .noon("2026-11-01"))
        if withdrawn { try network.ph.withdraw(index, by: "tesda", annul: true) }
        let statement = try SampleNetwork.statement(
            .evidence, members, by: "ph.tests", in: "PH")
        let file = try network.issue(statements: [statement])[0]
        try network.refresh()
        return try network.verify(file)
    }

    private static func cut(
        _ statement: StatementCredential, _ names: [String]
    ) throws -> Verdict {
        var (network, _) = try SampleNetwork.standard()
        let file = try network.issue(statements: [statement])[0]
        try network.refresh()
        return try network.verify(
            CredentialFile(
                credential: file.credential.selecting(claimNames: names), batch: file.batch))
    }

    private static func raw(_ change: (inout JSONObject) -> Void) throws -> Verdict {
        var (network, _) = try SampleNetwork.standard()
        var claims = try SampleNetwork.statement().claims
        change(&claims)
        let jwt = JSONWebSignature.signed(
            header: ["typ": "dc+sd-jwt"], payload: JSONValue.object(claims).serialized,
            by: try SampleKeys.signing("de.ihk"))
        try network.refresh()
        return try network.verify(
            CredentialFile(credential: SDJWT(parsing: jwt.compact + [UInt8(ascii: "~")])))
    }
}
