import Cryptography
import Encoding
import Foundation
import Records
import Registrar
import Registry
import Sync
import TransparencyLog

/// F3: somebody without a key tries to change what a running node says.
enum ServiceAttacks {
    static let all: [AttackCase] = [
        AttackCase(
            "F3-routes", "every address of a node is written to, without any signature",
            .refused("unchanged")
        ) { stage in
            let before = try await stage.serviceState()
            let paths = try await stage.paths()
            guard paths.count > 20 else { throw AttackFailure("expected routes, found \(paths)") }
            for path in paths {
                for body in ["", "{}", "{\"kind\":\"revoke\"}"] {
                    _ = try? await stage.service.post(path, Array(body.utf8))
                }
            }
            return try await stage.unchanged(since: before)
        },
        AttackCase(
            "F3-stranger", "an act under a mandated name, signed by a stranger",
            .refused("unchanged")
        ) { stage in
            let before = try await stage.serviceState()
            let name = stage.service.country.authority.verifier.name
            let forged = try NoteSigner(name: name, key: stage.stranger, algorithm: .ed25519)
            let answer = try await stage.service.post(
                PeerPath.entries, stage.act(signedBy: forged))
            guard answer.status >= 400 else { throw AttackFailure("taken: \(answer.status)") }
            return try await stage.unchanged(since: before)
        },
        AttackCase("F3-mandated", "the same act, honestly signed: the node takes it", .holds) {
            stage in
            let before = try await stage.serviceState()
            let entry = try stage.act(signedBy: stage.service.country.authority)
            var status = 0
            // A node that has just started asks whom it must before it signs.
            for _ in 0..<200 where status != 200 {
                status = try await stage.service.post(PeerPath.entries, entry).status
                if status != 200 { try await Task.sleep(for: .milliseconds(20)) }
            }
            let after = try await stage.serviceState()
            guard status == 200, after != before else {
                throw AttackFailure("the node takes nothing from anybody: status \(status)")
            }
            return AttackAnswer(exitCode: 0, word: "authentic", reasons: [])
        },
    ]
}

extension AttackStage {
    /// What the node shows of its log, and how many records it keeps.
    fileprivate func serviceState() async throws -> [UInt8] {
        let heads = try await service.heads()
        return heads + Array("\(try service.records.summaries().count)".utf8)
    }

    fileprivate func unchanged(since before: [UInt8]) async throws -> AttackAnswer {
        guard try await serviceState() == before else {
            throw AttackFailure("the node's log or records have changed")
        }
        return .declined("unchanged")
    }

    /// The addresses that the node itself describes, with something in the place of parameters.
    fileprivate func paths() async throws -> [String] {
        let limits = JSONLimits(size: 4 << 20, depth: 32)
        let description = try JSONValue(
            parsing: try await service.get("/openapi.json"), limits: limits)
        let hash = HashValue(of: service.country.origin.utf8).hexadecimal
        return description.object?["paths"]?.object?.members.map { member in
            member.name.replacing("{log}", with: hash)
                .replacing(#/\{[a-z]+\}/#, with: "1")
        } ?? []
    }

    /// An act of the service's authority.
    fileprivate func act(signedBy signer: NoteSigner) throws -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        let country = service.country
        return try ActDraft(
            kind: "qualification", author: country.authority.verifier.name,
            subjects: ["xs.forging"],
            act: [
                "qualification": "xs.forging", "version": "1", "country": .string(country.code),
                "titles": ["en": "Sample Forging"], "isco08": ["7221"], "iscedF": ["0715"],
                "units": [],
            ]
        ).entry(for: country.origin, signedBy: [signer], using: &generator).serialized
    }
}
