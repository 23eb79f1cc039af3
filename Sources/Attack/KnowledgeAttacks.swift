import Credentials
import Cryptography
import Encoding
import Foundation
import Registrar
import Storage
import Sync
import TransparencyLog

/// F7, F8, F20, F23, and the fork of F24: what the verifier knows is missing, old, or forged.
enum KnowledgeAttacks {
    static let all: [AttackCase] = [
        AttackCase(
            "F7", "a valid certificate, to a verifier with no logs at all",
            .refused("no-registry-data")
        ) { stage in
            try stage.verify(stage.certificates.honest.serialized, as: "f7", by: stage.nobody)
        },
        AttackCase(
            "F8", "a trusted key is appended to the anchor", .notJudged
        ) { stage in
            var anchor = try stage.anchor()
            anchor["keys"] = [.string(stage.certificates.centre.signer.verifier.description)]
            let path = try stage.write(.object(anchor), as: "f8.anchor.json")
            return try stage.verify(
                stage.certificates.honest.serialized, as: "f8",
                by: AttackStage.Verifier(
                    source: ["--anchor", path, "--data", stage.path("employer")]))
        },
        AttackCase(
            "F20", "an honest certificate, with the network off: all is decided locally", .holds
        ) { stage in
            try stage.verify(
                stage.certificates.honest.serialized, as: "f20", by: stage.employer,
                through: stage.withoutNetwork)
        },
        AttackCase(
            "F23-stale", "a revoked certificate, to a verifier whose copies are weeks old",
            .refused("stale")
        ) { stage in
            try stage.verify(
                stage.certificates.revoked.serialized, as: "f23", by: stage.sleeper)
        },
        AttackCase(
            "F23-clock", "the verifier's clock was set back", .refused("clock")
        ) { stage in
            let copies = try stage.copies("f23-clock")
            // For the verifier it is the same whether its clock went back or all others forward.
            try stage.network.cosign(
                at: stage.network.now + 7_200, in: stage.path("f23-clock"))
            return try stage.verify(
                stage.certificates.honest.serialized, as: "f23-clock", by: copies)
        },
        AttackCase(
            "F24-fork", "the home log shows two histories, each with its witnesses",
            .refused("split-view")
        ) { stage in
            let copies = try stage.copies("f24-fork")
            try stage.network.fork(in: stage.path("f24-fork"))
            return try stage.verify(
                stage.certificates.honest.serialized, as: "f24-fork", by: copies)
        },
    ]
}

extension AttackNetwork {
    /// The rules of somebody who holds copies and the destination's anchor.
    private func rules(_ database: LogDatabase) throws -> LogRules {
        try TrustedLogs(
            database: database, anchor: destination.office.anchor(at: now), at: now
        ).rules
    }

    /// Both other countries cosign a tree of the home log, whatever it is.
    private func cosigned(_ head: TreeHead, at time: Timestamp) throws -> SignedNote {
        let log = try home.office.node.signer(.log, passphrase: nil)
        var note = Checkpoint.signed(head, by: log).note
        for country in [destination, third] {
            let witness = try country.office.node.signer(.witness, passphrase: nil)
            note = note.adding(witness.cosign(head, at: time))
        }
        return note
    }

    private func newestHead() throws -> TreeHead {
        guard let head = try home.office.database.read({ try $0.head(home.origin) }) else {
            throw AttackFailure("expected a checkpoint of the home log, found none")
        }
        return head.head
    }

    /// Hands copies the newest checkpoint of the home log with cosignatures of another time.
    func cosign(at time: Timestamp, in folder: String) throws {
        let database = try LogDatabase(inFolder: folder)
        let note = try cosigned(newestHead(), at: time)
        let answer = try DeliveryDesk(database: database, rules: rules(database))
            .cosignatures(note.serialized, for: HashValue(of: home.origin.utf8))
        try database.close()
        guard answer.status == 200 else {
            throw AttackFailure(String(decoding: answer.body, as: UTF8.self))
        }
    }

    /// Hands copies the proof that the home log signed another tree of the same size, and that
    /// its witnesses saw both.
    func fork(in folder: String) throws {
        let database = try LogDatabase(inFolder: folder)
        let head = try newestHead()
        let other = try TreeHead(
            origin: head.origin, size: head.size, root: HashValue(of: "another history".utf8))
        let proof = SplitView(
            sameSize: try cosigned(head, at: lately), try cosigned(other, at: lately))
        let outcome = try SplitViewExchange(database: database, rules: rules(database))
            .take(proof)
        try database.close()
        guard case .stored = outcome else {
            throw AttackFailure("the proof of the fork was not taken: \(outcome)")
        }
    }
}
