import Credentials
import Cryptography
import Encoding
import TestSupport
import TransparencyLog
import Verification

/// Signatures by others: issuers and wallets with keys on P-256.
extension Scenario {
    static let es256: [Scenario] = [
        Scenario("an issuer's key for ES256 that its accreditation lists", [], exit: 0) {
            try issued(by: "hsm", listing: ["other", "hsm"])
        },
        Scenario(
            "ES256 with a key that nobody granted", ["credential failed signature"], exit: 1
        ) { try issued(by: "thief", listing: ["hsm"]) },
        Scenario(
            "ES256 where no key for it was granted", ["credential failed signature"], exit: 1
        ) { try issued(by: "hsm", listing: []) },
        Scenario(
            "ES256 with its key in the header", ["credential failed signature"], exit: 1
        ) {
            let key = JSONWebKey(try ES256Signer("thief").publicKey).object
            return try issued(
                by: "thief", listing: ["hsm"],
                header: ["jwk": .object(key), "kid": "https://keys.example/1", "x5c": ["AAAA"]])
        },
        Scenario(
            "ES256 after the grant was compromised",
            [
                "issuer undetermined batch-not-held", "credential failed key-compromised",
                "status undetermined status-missing",
            ], exit: 1
        ) { try issued(by: "hsm", listing: ["hsm"], isCompromised: true) },
        Scenario("a certificate under a root that the accreditation names", [], exit: 0) {
            try certified("dns:issuer.example")
        },
        Scenario(
            "a certificate under that root of another name",
            ["credential failed signature"], exit: 1
        ) { try certified("dns:other.example") },
        Scenario(
            "a certificate under a root that no act names",
            ["credential failed signature"], exit: 1
        ) { try certified(nil) },
        Scenario(
            "a certificate that had ended when the batch was logged",
            ["credential failed signature"], exit: 1
        ) { try certified("dns:issuer.example", until: "2026-11-02") },
        Scenario(
            "a certificate of somebody else's key", ["credential failed signature"], exit: 1
        ) { try certified("dns:issuer.example", signer: "thief") },
        Scenario("a wallet's key for ES256 that answers the request", [], exit: 0) {
            try bound { try $0.bound($1, to: "employer.example", nonce: "n", at: now) }
        },
        Scenario(
            "a wallet's key for ES256, answered by another key",
            ["holder failed key-binding"], exit: 1
        ) {
            let thief = try ES256Signer("thief")
            return try bound { _, shown in
                try thief.bound(shown, to: "employer.example", nonce: "n", at: now)
            }
        },
        Scenario(
            "an answer with an algorithm that is not known",
            ["holder undetermined holder-not-shown"], exit: 2
        ) {
            try bound {
                try $0.bound(
                    $1, to: "employer.example", nonce: "n", at: now, header: ["alg": "ES384"])
            }
        },
        Scenario(
            "an answer with a key of the other algorithm",
            ["holder failed key-binding"], exit: 1
        ) {
            try bound { _, shown in
                shown.bound(
                    to: "employer.example", nonce: "n", at: now,
                    by: try SampleKeys.signing("ana"))
            }
        },
    ]

    private static var now: Timestamp { SampleNetwork.now + -10 }

    /// - Parameter name: what the accreditation asks of a leaf under its root; nil: it names none.
    private static func certified(
        _ name: String?, until last: String = "2027-11-03", signer: String = "hsm"
    ) throws -> Verdict {
        let from = try Timestamp.noon("2026-10-01")
        let root = try SampleCertificate(
            "Sample Root", key: "root", .authority(pathLength: 0), from: from,
            until: try .noon("2036-11-03"))
        let leaf = try SampleCertificate(
            "Sample Issuer", key: "hsm", .leaf(["issuer.example"]), by: root, from: from,
            until: try .noon(last))
        let roots = name.map { name -> [JSONValue] in
            [["certificate": .string(Base64.standard.encode(root.der)), "name": .string(name)]]
        }
        return try issued(
            by: signer, listing: [],
            header: ["x5c": [.string(Base64.standard.encode(leaf.der))]], under: roots ?? [])
    }

    private static func issued(
        by signer: String, listing keys: [String], header: JSONObject = [:],
        isCompromised: Bool = false, under roots: [JSONValue] = []
    ) throws -> Verdict {
        var network = try SampleNetwork()
        try network.publishList(1)
        let body = SampleNetwork.body
        let key = try SampleKeys.signer(body).verifier
        var act = SampleActs.accreditation(body, key)
        if !keys.isEmpty {
            act["credentialKeys"] = .array(
                try keys.map { .object(JSONWebKey(try ES256Signer($0).publicKey).object) })
        }
        if !roots.isEmpty { act["certificateRoots"] = .array(roots) }
        try network.ph.add(
            "accreditation", by: "tesda", about: [body, "q.ph.smaw-nc2"], act)
        // Signed by the body's own software, and then once more by its other key.
        let award = try network.issue([network.award()])[0]
        let resigned = try ES256Signer(signer).resigned(award.credential, header: header)
        let leaf = MerkleTree.leafHash(resigned.issuerSignedBytes)
        let entry = try network.ph.add(
            "batch", by: body, about: [body],
            [
                "body": .string(body), "list": .string(SampleNetwork.list), "count": 1,
                "earliest": "2026-11-02", "latest": "2026-11-02",
                "root": .string(leaf.hexadecimal),
            ])
        if isCompromised {
            try network.ph.add(
                "status-event", by: "tesda", about: [body],
                SampleActs.event(
                    "compromise", about: body, key: key, since: Int64(network.accreditation) + 1))
        }
        try network.ph.seal(at: .noon("2026-11-03"))
        try network.refresh()
        return try network.verify(
            CredentialFile(
                credential: resigned,
                batch: BatchPath(
                    origin: network.ph.origin, entryIndex: entry, leafIndex: 0, hashes: [])))
    }

    private static func bound(
        _ answer: (ES256Signer, SDJWT) throws -> SDJWT
    ) throws -> Verdict {
        var (network, _) = try SampleNetwork.standard()
        let wallet = try ES256Signer("wallet")
        var file = try network.issue([
            network.award { $0.holderKey = JSONWebKey(wallet.publicKey) }
        ])[0]
        try network.refresh()
        file.credential = try answer(wallet, file.credential)
        return try network.verify(
            file,
            challenge: .own(
                audience: "employer.example", nonce: "n", issued: SampleNetwork.now + -60,
                expires: SampleNetwork.now + 300))
    }
}
