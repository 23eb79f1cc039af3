import Credentials
import Cryptography
import Encoding
import Foundation
import TransparencyLog
import Verification

/// F4, F13 and F27: somebody shows what is not theirs, shows it again, or shows less.
enum HolderAttacks {
    static let all: [AttackCase] = [
        AttackCase(
            "F4-again", "an answer that was good once, shown again later",
            .refused("holder-not-shown")
        ) { stage in
            try stage.request("f4")
            try stage.present(stage.certificates.bound, to: "f4", as: "f4-shown")
            let shown = stage.path("f4-shown.json")
            let first = try stage.verify(shown, by: stage.employer)
            guard first.word == "authentic" else {
                throw AttackFailure("the first showing was not taken: \(first.reasons)")
            }
            return try stage.verify(shown, by: stage.employer)
        },
        AttackCase(
            "F4-other", "an answer to the employer, replayed to an agency that asked too",
            .refused("holder-not-shown")
        ) { stage in
            try stage.request("f4-employer")
            try stage.request("f4-agency", by: stage.agency)
            try stage.present(stage.certificates.bound, to: "f4-employer", as: "f4-replayed")
            return try stage.verify(stage.path("f4-replayed.json"), by: stage.agency)
        },
        AttackCase(
            "F4-unasked", "an answer to a challenge that the presenter made up",
            .refused("holder-not-shown")
        ) { stage in
            let shown = stage.certificates.bound.answering(
                "default", nonce: Base64.url.encode([UInt8](repeating: 0, count: 16)),
                by: stage.certificates.holderKey, at: stage.network.now)
            return try stage.verify(shown.serialized, as: "f4-unasked", by: stage.employer)
        },
        AttackCase(
            "F13", "two claims were asked for, one is shown", .refused("asked-claims-missing")
        ) { stage in
            try stage.request("f13", asking: ["birthdate"])
            try stage.present(stage.certificates.bound, to: "f13", as: "f13-shown")
            return try stage.verify(stage.path("f13-shown.json"), by: stage.employer)
        },
        AttackCase(
            "F27-copy", "a copy of somebody's bound certificate, without an answer",
            .refused("holder-not-shown"), file: { $0.certificates.bound.serialized }),
        AttackCase(
            "F27-key", "somebody's bound certificate, answered with the thief's own key",
            .refused("key-binding")
        ) { stage in
            let nonce = try stage.request("f27-key")
            let shown = stage.certificates.bound.answering(
                nonce.audience, nonce: nonce.nonce, by: stage.stranger, at: stage.network.now)
            return try stage.verify(shown.serialized, as: "f27-key", by: stage.employer)
        },
        AttackCase(
            "F27-name", "one person's paper beside another person's name", .refused("identity")
        ) { stage in
            let beside = stage.path("f27-other.json")
            try Data(stage.certificates.other.serialized).write(to: URL(filePath: beside))
            let answer = try stage.verify(
                stage.paper(stage.certificates.paper), as: "f27-name", by: stage.employer,
                ["--with", beside])
            // The paper is honest; what must be refused is the other person's document beside it.
            guard let document = answer.beside.first, document["used"]?.bool == false else {
                throw AttackFailure("the other person's document was used")
            }
            return AttackAnswer(
                exitCode: 2, word: document["word"]?.string ?? "",
                reasons: [document["reason"]?.string ?? ""])
        },
    ]
}

extension AttackStage {
    /// Runs `concord request`, and reads what was asked.
    @discardableResult
    func request(
        _ name: String, by verifier: Verifier? = nil, asking claims: [String] = []
    ) throws -> PresentationRequest {
        let key = path("\(name).key")
        try program.prepare(
            ["key", "new", "verifier", "--name", name, "--out", key, "--sample", "--unsealed"])
        try program.prepare(
            ["request", "--key", key, "--out", path("\(name).request")]
                + claims.flatMap { ["--ask", $0] } + (verifier ?? employer).source)
        let bytes = Array(try Data(contentsOf: URL(filePath: path("\(name).request"))))
        return try SignedRequest(parsing: bytes).content
    }

    /// Runs `concord present` with the holder's key: the claims that are always shown, and no more.
    func present(_ file: CredentialFile, to request: String, as name: String) throws {
        let key = path("holder.key")
        let content = KeyFile(
            unsealed: certificates.holderKey, role: "holder", name: "holder", isSample: true)
        try Data(content.serialized).write(to: URL(filePath: key))
        let certificate = path("\(name).certificate")
        try Data(file.serialized).write(to: URL(filePath: certificate))
        try program.prepare(
            [
                "present", certificate, "--request", path("\(request).request"), "--key", key,
                "--out", path("\(name).json"),
            ])
    }
}

extension CredentialFile {
    /// The file with an answer to that challenge, whoever signs it.
    func answering(
        _ audience: String, nonce: String, by key: SigningKey, at time: Timestamp
    ) -> CredentialFile {
        CredentialFile(
            credential: credential.bound(to: audience, nonce: nonce, at: time, by: key),
            batch: batch)
    }
}
