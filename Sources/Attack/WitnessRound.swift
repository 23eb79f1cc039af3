import Cryptography
import Encoding
import Foundation
import Node
import Registrar
import Storage
import Sync
import TransparencyLog

/// Lets every country copy and cosign the logs of the others, at a moment of our choosing.
///
/// The steps are those of nodes that meet on the network (pack, import, witness, delivery); only
/// the clock is ours, so that old copies need not grow old.
struct WitnessRound {
    let countries: [AttackedCountry]
    let folder: URL
    let time: Timestamp

    func run() async throws {
        for owner in countries { try await spread(owner) }
    }

    private func spread(_ owner: AttackedCountry) async throws {
        guard let head = try owner.office.database.read({ try $0.head(owner.origin) }) else {
            throw AttackFailure("expected a checkpoint of \(owner.origin), found none")
        }
        var note = head.note
        let pack = folder.appending(path: "round.pack").path
        _ = try PackExport(of: owner.office.database, rules: .unbound)
            .write([owner.origin], since: { _ in 0 }, to: pack)
        let content = try Pack(opening: pack)
        for reader in countries where reader.code != owner.code {
            let rules = rules(of: reader)
            let report = await PackImport(database: reader.office.database, rules: rules)
                .take([content])
            if let failure = (report.failures + report.logs.flatMap(\.failures)).first {
                throw AttackFailure("\(failure)")
            }
            for line in try cosignature(by: reader, on: head, of: owner, rules) {
                note = note.adding(line)
            }
        }
        let hash = HashValue(of: owner.origin.utf8)
        for reader in countries {
            let answer = try DeliveryDesk(
                database: reader.office.database, rules: rules(of: reader)
            ).cosignatures(note.serialized, for: hash)
            guard answer.status == 200 else {
                throw AttackFailure(String(decoding: answer.body, as: UTF8.self))
            }
        }
    }

    private func rules(of reader: AttackedCountry) -> LogRules { reader.office.rules { time } }

    private func cosignature(
        by reader: AttackedCountry, on head: StoredCheckpoint, of owner: AttackedCountry,
        _ rules: LogRules
    ) throws -> [NoteSignature] {
        let database = reader.office.database
        let known = try database.read { try $0.witnessState(owner.origin)?.size ?? 0 }
        let proof = try database.read {
            try $0.consistencyProof(owner.origin, from: known, to: head.head.size)
        }
        let own = try SignedNote(
            text: head.note.text, signatures: Array(head.note.signatures.prefix(1)))
        let request = try WitnessRequest(oldSize: known, proof: proof.hashes, note: own)
        let answer = try Witness(
            database: database,
            signer: reader.office.node.signer(.witness, passphrase: nil), rules: rules
        ).answer(request.serialized, at: time)
        guard answer.status == 200 else {
            throw AttackFailure(
                "\(reader.code) does not cosign: "
                    + String(decoding: answer.body, as: UTF8.self))
        }
        return try NoteSignature.list(parsing: answer.body)
    }
}
