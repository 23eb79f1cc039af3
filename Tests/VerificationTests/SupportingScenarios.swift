import Credentials
import Cryptography
import Encoding
import Registry
import TestSupport
import Verification

extension Scenario {
    /// An authentic award with documents beside it, which must not change the answer for the
    /// worse unless the answer rests on them.
    static let supporting: [Scenario] = [
        Scenario("a decision beside the award", [], exit: 3) {
            try beside([SampleNetwork.statement()])
        },
        Scenario("a revoked decision is ignored", ["1 status failed revoked"], exit: 0) {
            try beside([SampleNetwork.statement()], revoked: [3])
        },
        Scenario(
            "evidence by a body that is not accredited for it is ignored",
            [
                "1 issuer failed awarded-outside-mandate"
            ], exit: 0
        ) {
            var (network, award) = try SampleNetwork.standard()
            let test = try SampleNetwork.statement(
                .evidence, SampleNetwork.test, by: SampleNetwork.body, in: "PH")
            let file = try network.issue(statements: [test])[0]
            try network.refresh()
            return try network.verify(award, SampleNetwork.visa, with: [file])
        },
        Scenario(
            "a decision about somebody else is ignored", ["1 holder undetermined identity"],
            exit: 0
        ) { try beside([SampleNetwork.statement { $0.name = "Ben Reyes" }]) },
        Scenario(
            "a decision about a namesake of another year",
            [
                "1 holder undetermined identity"
            ], exit: 0
        ) { try beside([SampleNetwork.statement { $0.birthYear = 1993 }]) },
        Scenario(
            "a decision under the former name, without a link",
            [
                "1 holder undetermined identity"
            ], exit: 0
        ) { try beside([SampleNetwork.statement { $0.name = "Ana Cruz" }]) },
        Scenario("a decision under the former name, with a link", [], exit: 3) {
            try withLink()
        },
        Scenario(
            "a decision under the former name, the link revoked",
            [
                "1 holder undetermined identity", "2 status failed revoked",
            ], exit: 0
        ) { try withLink(revoked: [4]) },
        Scenario(
            "a decision under the former name, the link of another year",
            [
                "1 holder undetermined identity", "2 holder undetermined identity",
            ], exit: 0
        ) { try withLink { $0.birthYear = 1993 } },
        Scenario(
            "a file beside it that is no credential of ours", ["1 form failed malformed"], exit: 0
        ) {
            let (network, award) = try SampleNetwork.standard()
            let jwt = JSONWebSignature.signed(
                header: ["typ": "dc+sd-jwt"], payload: JSONValue.object(["a": 1]).serialized,
                by: try SampleKeys.signing("x"))
            return try network.verify(
                award, SampleNetwork.visa,
                with: [
                    CredentialFile(
                        credential: SDJWT(parsing: jwt.compact + [UInt8(ascii: "~")]))
                ])
        },
        Scenario(
            "bound to a key that was not shown: the answer that rests on it is open",
            [
                "holder undetermined holder-not-shown",
                "1 holder undetermined holder-not-shown",
            ], exit: 2
        ) { try bound(award: nil, answers: []) },
        Scenario(
            "bound to a key that was not shown, where no worth is asked",
            ["1 holder undetermined holder-not-shown"], exit: 0
        ) { try bound(award: nil, answers: [], question: SampleNetwork.authenticity) },
        Scenario("bound, in answer to the request", [], exit: 3) {
            try bound(award: nil, answers: [1])
        },
        Scenario("bound to the key that the award has shown", [], exit: 3) {
            try bound(award: "ana", answers: [0])
        },
        Scenario("award and statement in answer to one request", [], exit: 3) {
            try bound(award: "ana", answers: [0, 1])
        },
        Scenario(
            "bound to another key than the award has shown",
            [
                "holder undetermined holder-not-shown",
                "1 holder undetermined holder-not-shown",
            ], exit: 2
        ) { try bound(award: "bob", answers: [0]) },
        Scenario("bound, with a forged answer", ["1 holder failed key-binding"], exit: 0) {
            try bound(award: nil, answers: [1], signer: "bob")
        },
        Scenario("beside a changed award nothing helps", ["credential failed signature"], exit: 1) {
            var (network, _) = try SampleNetwork.standard()
            let award = try network.issue([network.award()], key: SampleKeys.signing("thief"))[0]
            let file = try network.issue(statements: [SampleNetwork.statement()])[0]
            try network.ph.seal(at: .noon("2026-11-03"))
            try network.refresh()
            return try network.verify(award, SampleNetwork.visa, with: [file])
        },
    ]

    private static func beside(
        _ statements: [StatementCredential], revoked: [Int] = []
    ) throws -> Verdict {
        var (network, award) = try SampleNetwork.standard()
        let files = try network.issue(statements: statements, revoked: revoked)
        try network.refresh()
        return try network.verify(award, SampleNetwork.visa, with: files)
    }

    /// A decision for Ana Cruz, who is Ana Reyes by a link of the civil register.
    private static func withLink(
        revoked: [Int] = [], change: (inout StatementCredential) -> Void = { _ in }
    ) throws -> Verdict {
        var (network, award) = try SampleNetwork.standard()
        try network.addAuthority(["register"], scope: ["identity"])
        let decision = try network.issue(
            statements: [SampleNetwork.statement { $0.name = "Ana Cruz" }])
        let link = try network.issue(
            statements: [
                SampleNetwork.statement(
                    .link, ["basis": "marriage"], by: "prc", in: "PH", index: 4, change: change)
            ], revoked: revoked)
        try network.refresh()
        return try network.verify(award, SampleNetwork.visa, with: decision + link)
    }

    /// An award, bound to a key or not, and a decision bound to that of `ana`; some of the two
    /// answer this verifier's request.
    private static func bound(
        award holder: String?, answers: Set<Int>, signer: String? = nil,
        question: VerificationQuestion = SampleNetwork.visa
    ) throws -> Verdict {
        var (network, _) = try SampleNetwork.standard()
        let keys = try [holder, "ana"].map { try $0.map(SampleKeys.signing) }
        let award = try network.issue([
            network.award { $0.holderKey = keys[0].map { JSONWebKey($0.verificationKey) } }
        ])[0]
        try network.ph.seal(at: .noon("2026-11-03"))
        let decision = try network.issue(statements: [
            SampleNetwork.statement {
                $0.holderKey = keys[1].map { JSONWebKey($0.verificationKey) }
            }
        ])[0]
        try network.refresh()
        let files = try [award, decision].enumerated().map { index, file in
            guard answers.contains(index), let key = keys[index] else { return file }
            let credential = try file.credential.bound(
                to: "employer.example", nonce: "n", at: SampleNetwork.now + -10,
                by: signer.map { try SampleKeys.signing($0) } ?? key)
            return CredentialFile(credential: credential, batch: file.batch)
        }
        return try network.verify(
            files[0], question, with: [files[1]],
            challenge: .own(
                audience: "employer.example", nonce: "n", issued: SampleNetwork.now + -60,
                expires: SampleNetwork.now + 300))
    }
}
