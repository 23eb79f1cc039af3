import Credentials
import Cryptography
import Encoding
import TestSupport
import Verification

extension Scenario {
    static let holder: [Scenario] = [
        Scenario(
            "bound, no answer to a request",
            [
                "holder undetermined holder-not-shown"
            ], exit: 2
        ) { try bound(.none, binding: nil) },
        Scenario("bound, the answer to this verifier's request", [], exit: 0) {
            try bound(own(), binding: "ana")
        },
        Scenario(
            "bound, an answer that nobody asked for",
            [
                "holder undetermined holder-not-shown"
            ], exit: 2
        ) { try bound(.none, binding: "ana") },
        Scenario(
            "bound, an answer made for another verifier",
            [
                "holder undetermined holder-not-shown"
            ], exit: 2
        ) { try bound(.foreign, binding: "ana") },
        Scenario(
            "bound, an answer to another request of this verifier",
            [
                "holder undetermined holder-not-shown"
            ], exit: 2
        ) { try bound(own(nonce: "another"), binding: "ana") },
        Scenario(
            "bound, an answer that was used before",
            [
                "holder undetermined holder-not-shown"
            ], exit: 2
        ) { try bound(.spent, binding: "ana") },
        Scenario(
            "bound, the request had expired",
            [
                "holder undetermined holder-not-shown"
            ], exit: 2
        ) { try bound(own(expires: SampleNetwork.now + -1), binding: "ana") },
        Scenario(
            "bound, a request that expires before it was made",
            [
                "holder undetermined holder-not-shown"
            ], exit: 2
        ) { try bound(own(expires: Timestamp(seconds: 0)), binding: "ana") },
        Scenario("bound, answered with another key", ["holder failed key-binding"], exit: 1) {
            try bound(own(), binding: "bob")
        },
        Scenario(
            "bound, a forged answer that nobody asked for",
            [
                "holder failed key-binding"
            ], exit: 1
        ) { try bound(.none, binding: "bob") },
        Scenario(
            "bound, a disclosure removed after the answer",
            [
                "holder failed key-binding"
            ], exit: 1
        ) {
            try bound(own(), binding: "ana", isCut: true)
        },
        Scenario("bound, an answer that shows what was asked for", [], exit: 0) {
            try bound(own(), binding: "ana", asked: ["email", "qualification", "name"])
        },
        Scenario(
            "bound, an answer without a claim that was asked for",
            [
                "form undetermined asked-claims-missing"
            ], exit: 2
        ) { try bound(own(), binding: "ana", asked: ["email", "sex"]) },
        Scenario("not bound, with an answer", ["holder failed key-binding"], exit: 1) {
            let (network, file) = try SampleNetwork.standard()
            let credential = try file.credential.bound(
                to: "employer.example", nonce: "n", at: SampleNetwork.now,
                by: SampleKeys.signing("ana"))
            return try network.verify(
                CredentialFile(credential: credential, batch: file.batch), challenge: own())
        },
    ]

    private static func own(
        nonce: String = "n", expires: Timestamp = SampleNetwork.now + 300
    ) -> ChallengeAnswer {
        .own(
            audience: "employer.example", nonce: nonce, issued: SampleNetwork.now + -60,
            expires: expires)
    }

    private static func bound(
        _ challenge: ChallengeAnswer, binding signer: String?, isCut: Bool = false,
        asked: [ClaimPath] = []
    ) throws -> Verdict {
        var (network, _) = try SampleNetwork.standard()
        let key = try SampleKeys.signing("ana").verificationKey
        var file = try network.issue(
            [
                network.award {
                    $0.holderKey = JSONWebKey(key)
                    $0.others = ["email": "ana@example.org"]
                }
            ])[0]
        try network.refresh()
        if let signer {
            file.credential = try file.credential.bound(
                to: "employer.example", nonce: "n", at: SampleNetwork.now + -10,
                by: SampleKeys.signing(signer))
        }
        if isCut, let binding = file.credential.keyBinding {
            let cut = try file.credential.presenting([])
            let text = cut.serialized + binding.jwt.compact
            file.credential = try SDJWT(parsing: text)
        }
        return try network.verify(file, challenge: challenge, asked: asked)
    }
}
