import Credentials
import Cryptography
import Encoding
import Registrar
import Registry
import Storage
import TransparencyLog
import Verification

extension Dossier {
    /// The dossier with other acts in one of its logs.
    func changing(_ country: AttackedCountry, _ change: (inout [Item]) -> Void) -> Dossier {
        Dossier(
            presentation: presentation,
            logs: logs.map { log in
                guard log.country == country.code else { return log }
                var items = log.items
                change(&items)
                return Log(
                    country: log.country, checkpoint: log.checkpoint, older: log.older,
                    items: items)
            }, statusLists: statusLists, extract: extract)
    }

    func with(extract: SignedNote?) -> Dossier {
        Dossier(
            presentation: presentation, logs: logs, statusLists: statusLists, extract: extract)
    }

    func with(presentation: CredentialFile) -> Dossier {
        Dossier(
            presentation: presentation, logs: logs, statusLists: statusLists, extract: extract)
    }
}

extension AttackStage {
    /// An honest dossier of today.
    func dossier(_ file: CredentialFile) async throws -> Dossier {
        try await network.dossier(file, at: network.now)
    }

    func extractText(_ dossier: Dossier) throws -> String {
        guard let text = dossier.extract?.text else {
            throw AttackFailure("expected a signed extract, found none")
        }
        return text
    }

    /// An extract of any text, signed by both holders.
    func signed(_ text: String) throws -> SignedNote {
        try SignedNote(
            text: text,
            signatures: [network.destination, network.home].map {
                try $0.office.node.signer(.extract, passphrase: nil).sign(text)
            })
    }

    /// The dossier with the first status list of its issuer in the place of the newest: the
    /// entry is in the log, its proof is true, and the extract is today's.
    func withOldList(_ dossier: Dossier) throws -> Dossier {
        let home = network.home
        guard let log = dossier.logs.first(where: { $0.country == home.code }) else {
            throw AttackFailure("expected the home log in the dossier, found none")
        }
        func list(_ item: Dossier.Item) -> StatusListPublication? {
            guard case .statusList(let list) = item.entry.act else { return nil }
            return list
        }
        let oldItems = certificates.oldDossier.logs.flatMap(\.items)
        guard let old = oldItems.first(where: { list($0)?.body == certificates.centre.id }),
            let size = try? TreeHead(parsing: log.checkpoint.text).size
        else { throw AttackFailure("expected the old list, found none") }
        let proof = try home.office.database.read {
            try $0.inclusionProof(home.origin, index: old.index, size: size)
        }
        let changed = dossier.changing(home) { items in
            items.removeAll { list($0)?.body == certificates.centre.id }
            items.append(
                Dossier.Item(index: old.index, entry: old.entry, proof: proof.hashes))
            items.sort { $0.index < $1.index }
        }
        return Dossier(
            presentation: dossier.presentation, logs: changed.logs,
            statusLists: certificates.oldDossier.statusLists, extract: dossier.extract)
    }

    /// An accreditation that the authority never signed.
    func forgedAccreditation() throws -> RegistryEntry {
        var generator = SystemRandomNumberGenerator()
        let home = network.home
        let name = home.authority.verifier.name
        let body = try AttackedBody(id: "xh.mill", key: stranger)
        return try ActDraft(
            kind: "accreditation", author: name, subjects: [body.id, home.qualification],
            act: [
                "body": .string(body.id), "names": ["en": "Mill"],
                "key": .string(body.signer.verifier.description),
                "qualifications": [.string(home.qualification)], "from": "2015-01-01",
            ]
        ).entry(
            for: home.origin,
            signedBy: [NoteSigner(name: name, key: stranger, algorithm: .ed25519)],
            using: &generator)
    }
}
