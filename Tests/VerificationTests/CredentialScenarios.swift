import Credentials
import Cryptography
import Encoding
import Registry
import TestSupport
import TransparencyLog
import Verification

extension Scenario {
    static let credential: [Scenario] = [
        Scenario(
            "name and year of birth kept back",
            [
                "form undetermined holder-claims-missing"
            ], exit: 2
        ) {
            let (network, file) = try SampleNetwork.standard()
            return try network.verify(
                CredentialFile(
                    credential: file.credential.selecting(claimNames: ["name"]), batch: file.batch))
        },
        Scenario("a credential of somebody else's kind", ["logs undetermined not-logged"], exit: 2)
        {
            let (network, _) = try SampleNetwork.standard()
            var generator = SeededGenerator(seed: 3)
            let other = try SDJWT.issue(
                claims: ["vct": "urn:eudi:pid:1", "iss": "https://pid.example", "country": "PH"],
                disclosable: ["country"], header: ["typ": "dc+sd-jwt"],
                by: SampleKeys.signing("elsewhere"), using: &generator)
            return try network.verify(CredentialFile(credential: other))
        },
        Scenario("not a credential of a known kind", ["form failed malformed"], exit: 1) {
            let (network, _) = try SampleNetwork.standard()
            var generator = SeededGenerator(seed: 3)
            let other = try SDJWT.issue(
                claims: ["vct": "urn:concord:credential:other:1", "iss": "ph.centre"],
                disclosable: [],
                header: ["typ": "dc+sd-jwt"], by: SampleKeys.signing(SampleNetwork.body),
                using: &generator)
            return try network.verify(CredentialFile(credential: other))
        },
        Scenario("a disclosure that the issuer did not sign", ["form failed disclosures"], exit: 1)
        {
            let (network, file) = try SampleNetwork.standard()
            let forged = Base64.url.encode(Array(#"["c2FsdHNhbHRzYWx0","nickname","An"]"#.utf8))
            let text = String(decoding: file.credential.serialized, as: UTF8.self) + forged + "~"
            return try network.verify(
                CredentialFile(
                    credential: SDJWT(parsing: Array(text.utf8)), batch: file.batch))
        },
        Scenario("signed with another key", ["credential failed signature"], exit: 1) {
            var (network, _) = try SampleNetwork.standard()
            let file = try network.issue([network.award()], key: SampleKeys.signing("thief"))[0]
            try network.refresh()
            return try network.verify(file)
        },
        Scenario(
            "signed with the body's key for another qualification",
            [
                "credential failed signature"
            ], exit: 1
        ) {
            var (network, _) = try SampleNetwork.standard()
            let key = try SampleKeys.signer("ph.centre.second")
            try network.ph.add(
                "accreditation", by: "tesda", about: [SampleNetwork.body, "q.ph.dw-nc2"],
                SampleActs.accreditation(
                    SampleNetwork.body, key.verifier, qualifications: ["q.ph.dw-nc2"]))
            let file = try network.issue(
                [network.award()], key: SampleKeys.signing("ph.centre.second"))[0]
            try network.refresh()
            return try network.verify(file)
        },
        Scenario(
            "a key that ended goes on signing beside a new one",
            [
                "issuer failed accreditation-withdrawn"
            ], exit: 1
        ) {
            // The first accreditation has ended; its key makes a batch and an award although
            // a second accreditation with another key stands.
            var network = try SampleNetwork()
            try network.publishList(1)
            try network.ph.withdraw(network.accreditation, by: "tesda")
            let key = try SampleKeys.signer("ph.centre.second")
            try network.ph.add(
                "accreditation", by: "tesda", about: [SampleNetwork.body, "q.ph.smaw-nc2"],
                SampleActs.accreditation(SampleNetwork.body, key.verifier))
            try network.ph.seal(at: .noon("2026-11-03"))
            let file = try network.issue([network.award()])[0]
            try network.refresh()
            return try network.verify(file)
        },
        Scenario(
            "an algorithm that is not in the suite",
            [
                "issuer undetermined not-in-batch", "credential failed unsupported-algorithm",
            ], exit: 1
        ) {
            let (network, file) = try SampleNetwork.standard()
            let parts = String(decoding: file.credential.serialized, as: UTF8.self)
                .split(separator: ".", maxSplits: 1).map(String.init)
            let header = Base64.url.encode(Array(#"{"alg":"none","typ":"dc+sd-jwt"}"#.utf8))
            let text = "\(header).\(parts[1])"
            return try network.verify(
                CredentialFile(credential: SDJWT(parsing: Array(text.utf8))))
        },
        Scenario("a path of another leaf", ["credential failed batch-path"], exit: 1) {
            var (network, _) = try SampleNetwork.standard()
            let files = try network.issue([network.award(index: 8), network.award(index: 9)])
            try network.refresh()
            return try network.verify(
                CredentialFile(credential: files[0].credential, batch: files[1].batch))
        },
        Scenario("a path of another length", ["credential failed batch-path"], exit: 1) {
            let (network, file) = try SampleNetwork.standard()
            guard let path = file.batch else { throw SampleError.noFile }
            return try network.verify(
                CredentialFile(
                    credential: file.credential,
                    batch: BatchPath(
                        origin: path.origin, entryIndex: path.entryIndex,
                        leafIndex: path.leafIndex, hashes: Array(path.hashes.dropLast()))))
        },
        Scenario("a leaf beyond the count", ["credential failed batch-path"], exit: 1) {
            let (network, file) = try SampleNetwork.standard()
            guard let path = file.batch else { throw SampleError.noFile }
            return try network.verify(
                CredentialFile(
                    credential: file.credential,
                    batch: BatchPath(
                        origin: path.origin, entryIndex: path.entryIndex,
                        leafIndex: path.leafIndex + 64, hashes: path.hashes)))
        },
        Scenario("not valid yet", ["credential undetermined not-yet-valid"], exit: 2) {
            try timed { $0.notBefore = SampleNetwork.now + 60 }
        },
        Scenario("technically expired", ["credential undetermined technically-expired"], exit: 2) {
            try timed { $0.expires = SampleNetwork.now }
        },
        Scenario(
            "compromised before the batch",
            [
                "issuer undetermined batch-not-held", "credential failed key-compromised",
                "status undetermined status-missing",
            ], exit: 1
        ) {
            var (network, file) = try SampleNetwork.standard()
            try compromise(&network, since: Int64(network.accreditation) + 1)
            return try network.verify(file)
        },
        Scenario("compromised after the batch and the list", [], exit: 0) {
            var (network, file) = try SampleNetwork.standard()
            try compromise(&network, since: Int64(file.batch?.entryIndex ?? 0) + 1)
            return try network.verify(file)
        },
        Scenario(
            "compromised, then granted again: the key stays dead",
            [
                "issuer undetermined batch-not-held", "credential failed key-compromised",
            ], exit: 1
        ) {
            var (network, old) = try SampleNetwork.standard()
            let since = Int64(old.batch?.entryIndex ?? 0) + 1
            try compromise(&network, since: since)
            try network.ph.add(
                "accreditation", by: "tesda", about: [SampleNetwork.body, "q.ph.smaw-nc2"],
                SampleActs.accreditation(
                    SampleNetwork.body,
                    SampleKeys.signer("other-name", seed: SampleNetwork.body).verifier))
            let file = try network.issue([network.award()])[0]
            try network.refresh()
            return try network.verify(file)
        },
        Scenario("compromise stated by the body itself: no effect", [], exit: 0) {
            var (network, file) = try SampleNetwork.standard()
            try compromise(&network, since: 0, by: SampleNetwork.body)
            return try network.verify(file)
        },
    ]

    private static func timed(
        _ change: (inout QualificationCredential) -> Void
    ) throws -> Verdict {
        var (network, _) = try SampleNetwork.standard()
        let file = try network.issue([network.award("2026-11-02", index: 7, change)])[0]
        try network.refresh()
        return try network.verify(file)
    }

    private static func compromise(
        _ network: inout SampleNetwork, since: Int64, by author: String = "tesda"
    ) throws {
        try network.ph.add(
            "status-event", by: author, about: [SampleNetwork.body],
            SampleActs.event(
                "compromise", about: SampleNetwork.body,
                key: SampleKeys.signer(SampleNetwork.body).verifier, since: since))
        try network.refresh()
    }
}
