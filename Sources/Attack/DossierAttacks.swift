import Credentials
import Cryptography
import Encoding
import Foundation
import Registrar
import Registry
import TransparencyLog
import Verification

/// D1 and up: dossiers from which something is missing, or in which something is old or foreign.
///
/// Each is judged by somebody who has the anchor and nothing else: what the forger leaves out,
/// nobody could look up.
enum DossierAttacks {
    static let all: [AttackCase] = missing + old + signed + paths

    /// A dossier of a certificate whose end is logged, without the act that says so.
    private static func without(
        _ id: String, _ kind: String, _ what: String,
        of certificate: @escaping @Sendable (AttackedCertificates) -> CredentialFile
    ) -> AttackCase {
        AttackCase(id, what, .refused("extract-mismatch")) { stage in
            let honest = try await stage.dossier(certificate(stage.certificates))
            let forged = honest.changing(stage.network.home) { items in
                items.removeAll { $0.entry.envelope.kind == kind }
            }
            guard forged != honest else { throw AttackFailure("there was no \(kind) to remove") }
            return try stage.verify(forged.serialized, as: id, by: stage.nobody)
        }
    }

    private static let missing: [AttackCase] = [
        without(
            "D1", "withdrawal", "without the act that withdrew the accreditation",
            of: { $0.afterWithdrawal }),
        without("D2-void", "status-event", "without the selector event", of: { $0.voided }),
        without(
            "D2-theft", "status-event", "without the position from which the key was stolen",
            of: { $0.afterTheft }),
        AttackCase(
            "D3", "without the split view that the extract's signers know of",
            .refused("extract-signature")
        ) { stage in
            let dossier = try await stage.dossier(stage.certificates.honest)
            let known = "\(stage.network.home.origin) \(String(repeating: "0", count: 64))"
            let warning = try stage.signed(
                stage.extractText(dossier).replacing(
                    "\"splitViews\":[]", with: "\"splitViews\":[\"\(known)\"]"))
            // With it, the answer must be that the log is forked; the forger takes it out.
            let honest = try stage.verify(
                dossier.with(extract: warning).serialized, as: "d3-honest", by: stage.nobody)
            guard honest.word == "conflict", honest.reasons.contains("split-view") else {
                throw AttackFailure("the split view is not heeded: \(honest.word)")
            }
            let forged = try SignedNote(
                text: stage.extractText(dossier), signatures: warning.signatures)
            return try stage.verify(
                dossier.with(extract: forged).serialized, as: "d3", by: stage.nobody)
        },
        AttackCase("D4", "without its extract", .refused("extract-missing")) { stage in
            let dossier = try await stage.dossier(stage.certificates.honest)
            return try stage.verify(
                dossier.with(extract: nil).serialized, as: "d4", by: stage.nobody)
        },
    ]

    private static let old: [AttackCase] = [
        AttackCase(
            "D5", "all of it old: old checkpoints, the old status list, the old extract",
            .refused("stale")
        ) { stage in
            try stage.verify(
                stage.certificates.oldDossier.serialized, as: "d5", by: stage.nobody)
        },
        AttackCase(
            "D6", "an extract too old for the acts beside it", .refused("extract-mismatch")
        ) { stage in
            let dossier = try await stage.dossier(stage.certificates.revoked)
            let old = stage.certificates.oldDossier.extract
            return try stage.verify(
                dossier.with(extract: old).serialized, as: "d6", by: stage.nobody)
        },
        AttackCase(
            "D7", "the old status list, with its true proof under the newest checkpoint",
            .refused("status-not-current")
        ) { stage in
            let dossier = try await stage.dossier(stage.certificates.revoked)
            let forged = try stage.withOldList(dossier)
            return try stage.verify(forged.serialized, as: "d7", by: stage.nobody)
        },
    ]

    private static let signed: [AttackCase] = [
        AttackCase(
            "D8-stranger", "an extract by a node outside the anchor's policy",
            .refused("extract-signature")
        ) { stage in
            let dossier = try await stage.dossier(stage.certificates.honest)
            let name = stage.network.destination.office.card.extract.name
            let stranger = try NoteSigner(name: name, key: stage.stranger, algorithm: .ed25519)
            let text = try stage.extractText(dossier)
            let note = try SignedNote(text: text, signatures: [stranger.sign(text)])
            return try stage.verify(
                dossier.with(extract: note).serialized, as: "d8", by: stage.nobody)
        },
        AttackCase(
            "D8-single", "an extract signed by one holder, where the policy asks for two",
            .refused("extract-signature")
        ) { stage in
            let dossier = try await stage.dossier(stage.certificates.honest)
            guard let line = dossier.extract?.signatures.first else {
                throw AttackFailure("expected a signed extract, found none")
            }
            let note = try SignedNote(text: stage.extractText(dossier), signatures: [line])
            return try stage.verify(
                dossier.with(extract: note).serialized, as: "d8-single", by: stage.nobody)
        },
        AttackCase(
            "D9", "a true extract about another body", .refused("extract-incomplete")
        ) { stage in
            let other = try await stage.dossier(stage.certificates.beforeTheft)
            return try stage.verify(
                other.with(presentation: stage.certificates.afterWithdrawal).serialized,
                as: "d9", by: stage.nobody)
        },
        AttackCase(
            "D10", "a checkpoint that no witness has seen", .notJudged
        ) { stage in
            let dossier = try await stage.dossier(stage.certificates.honest)
            let forged = Dossier(
                presentation: dossier.presentation,
                logs: try dossier.logs.map { log in
                    let bare = try SignedNote(
                        text: log.checkpoint.text,
                        signatures: Array(log.checkpoint.signatures.prefix(1)))
                    return Dossier.Log(
                        country: log.country, checkpoint: bare, older: [], items: log.items)
                }, statusLists: dossier.statusLists, extract: dossier.extract)
            return try stage.verify(forged.serialized, as: "d10", by: stage.nobody)
        },
        AttackCase(
            "D11", "acts of the forger's own log, with the network's names", .notJudged
        ) { stage in
            let dossier = try await stage.dossier(stage.certificates.honest)
            let act = try stage.forgedAccreditation()
            let forged = dossier.changing(stage.network.home) { items in
                guard let last = items.last else { return }
                items.append(
                    Dossier.Item(index: last.index + 1, entry: act, proof: last.proof))
            }
            return try stage.verify(forged.serialized, as: "d11", by: stage.nobody)
        },
    ]

    private static let paths: [AttackCase] = [
        AttackCase(
            "D12-leaf", "the path of another certificate of the batch", .refused("batch-path"),
            file: { stage in
                try ForgedCredential.of(stage.certificates.honest) {
                    $0.batch = stage.certificates.other.batch
                }
            }),
        AttackCase(
            "D12-batch", "the path into another body's batch",
            .refused("batch-of-another-body"),
            file: { stage in
                try ForgedCredential.of(stage.certificates.honest) {
                    $0.batch = stage.certificates.beforeTheft.batch
                }
            }),
        AttackCase(
            "D12-future", "the path into a batch that no log has", .refused("batch-not-held"),
            file: { stage in
                try ForgedCredential.of(stage.certificates.honest) { forged in
                    forged.batch = forged.batch.map {
                        BatchPath(
                            origin: $0.origin, entryIndex: 1 << 40, leafIndex: $0.leafIndex,
                            hashes: $0.hashes)
                    }
                }
            }),
    ]
}
