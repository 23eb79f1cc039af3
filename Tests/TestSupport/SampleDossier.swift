public import Credentials
import Cryptography
public import Encoding
public import Registry
import TransparencyLog
public import Verification

extension SampleNetwork {
    /// Everything that the sample questions are about.
    public static let subjects: Set<String> = [
        body, "q.ph.smaw-nc2", "PH", "DE", "isco:7212",
    ]

    /// A dossier as an honest node makes it; `changing` bends it before it is handed over.
    public func dossier(
        _ file: CredentialFile, subjects: Set<String> = subjects,
        signedBy holders: [String] = ["hold-a", "hold-b"], splitViews: [String] = [],
        withExtract: Bool = true
    ) throws -> Dossier {
        let logs = try [de, ph].map { try $0.dossierLog(about: subjects) }
        let extract = try Extract(
            folding: [de, ph].map {
                (try $0.extractHead(), try $0.state(reading: SampleNetwork.now))
            }, about: subjects,
            splitViews: splitViews)
        let note = try SignedNote(
            text: extract.text,
            signatures: holders.map { try SampleKeys.signer($0).sign(extract.text) })
        return Dossier(
            presentation: file, logs: logs,
            statusLists: lists.values.sorted { $0.lexicographicallyPrecedes($1) },
            extract: withExtract ? note : nil)
    }

    /// What somebody says who has nothing but the anchor and the dossier's bytes.
    public func verify(
        _ dossier: Dossier, _ question: VerificationQuestion = authenticity,
        challenge: ChallengeAnswer = .none, at time: Timestamp = now
    ) throws -> Verdict {
        let read = try Dossier(parsing: dossier.serialized)
        let knowledge = try read.knowledge(anchor: anchor(), at: time)
        return Verifier(knowledge: knowledge, question: question, at: time)
            .verify(read.presentation, challenge: challenge)
    }
}

extension SampleLog {
    public func extractHead() throws -> Extract.Head {
        let newest = try newest()
        let head = newest.checkpoint.head
        return Extract.Head(
            origin: head.origin, size: head.size, root: head.root, quorumTime: newest.quorumTime)
    }

    /// The entries that a question about these subjects needs, with their proofs.
    public func dossierLog(about subjects: Set<String>) throws -> Dossier.Log {
        guard let newest = checkpoints.last else { throw SampleError.noCheckpoint }
        let size = newest.head.size
        let scope = try subjects.union(state().governanceSubjects)
        let items = entries.enumerated().filter { _, entry in
            Act.governanceKinds.contains(entry.envelope.kind)
                || !scope.isDisjoint(with: entry.envelope.subjects)
        }.map { index, entry in
            Dossier.Item(
                index: UInt64(index), entry: entry, proof: inclusion(of: UInt64(index), size: size))
        }
        return Dossier.Log(
            country: country, checkpoint: newest.note,
            older: checkpoints.dropLast().filter { $0.head.size > 0 }.map { older in
                Dossier.OlderCheckpoint(
                    checkpoint: older.note,
                    consistency: consistency(from: older.head.size, to: size))
            }, items: items)
    }
}

extension Dossier {
    /// The dossier with one of its logs changed.
    public func replacing(
        _ country: String, items change: (Item) -> Item?
    ) -> Dossier {
        Dossier(
            presentation: presentation,
            logs: logs.map { log in
                guard log.country == country else { return log }
                return Log(
                    country: country, checkpoint: log.checkpoint, older: log.older,
                    items: log.items.compactMap(change))
            }, statusLists: statusLists, extract: extract)
    }
}
