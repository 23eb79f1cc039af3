public import Credentials
import Cryptography
public import Encoding
import Registry
import Storage
public import TransparencyLog
public import Verification

/// Makes a dossier: everything with which a certificate can be judged offline.
///
/// `Protocol/dossier.md`. Any node that holds the logs can make one; it learns nothing that the
/// holder does not show.
public struct DossierMaker: Sendable {
    private let office: Office

    public init(_ office: Office) { self.office = office }

    /// - Parameter cosign: asks other holders of extract keys for their signature lines over
    ///   the extract that the order describes.
    public func dossier(
        for file: CredentialFile, question: VerificationQuestion, signer: NoteSigner,
        at now: Timestamp,
        cosign: (ExtractDesk.Order) async throws -> [NoteSignature]
    ) async throws -> Dossier {
        let anchor = try office.anchor(at: now)
        let knowledge = try KnowledgeReader(database: office.database, anchor: anchor)
            .knowledge(for: file, question: question, at: now)
        let credential = try IssuedCredential(parsing: file.credential)
        let frame = credential.frame
        guard let own = knowledge.log(of: anchor.country) else {
            throw RegistrarError.notWitnessed(origin: anchor.pin.origin)
        }
        guard let home = knowledge.log(of: frame.country) else {
            throw RegistrarError.noCopy(country: frame.country)
        }
        let subjects = VerificationSubjects(
            of: credential, question: question, home: home.state, destination: own.state
        ).all
        let indexes = Set([file.batch?.entryIndex].compactMap { $0 })
        let (parts, notes, lists) = try office.database.reading { snapshot in
            let reader = LogReader(snapshot: snapshot, now: now)
            var parts: [Dossier.Log] = []
            var notes: [String: SignedNote] = [:]
            var lists: [[UInt8]] = []
            for log in knowledge.logs {
                let part = try self.part(log, subjects, indexes, reader)
                parts.append(part)
                notes[log.country] = part.checkpoint
                for standing in log.state.statusLists(
                    frame.status.uri, of: frame.issuer)
                {
                    if let blob = try snapshot.blob(standing.publication.hash) {
                        lists.append(blob)
                    }
                }
            }
            return (parts, notes, lists)
        }
        let order = ExtractDesk.Order(
            anchor: anchor.country, subjects: subjects.sorted(), checkpoints: notes)
        let desk = ExtractDesk(
            database: office.database, ownCard: office.card, peerCards: try office.peerCards())
        let extract = try desk.extract(order, at: now)
        var note = try SignedNote(text: extract.text, signatures: [signer.sign(extract.text)])
        for signature in try await cosign(order) { note = note.adding(signature) }
        return Dossier(presentation: file, logs: parts, statusLists: lists, extract: note)
    }

    private func part(
        _ log: Knowledge.Log, _ subjects: Set<String>, _ indexes: Set<UInt64>,
        _ reader: LogReader
    ) throws -> Dossier.Log {
        let origin = log.head.origin
        let snapshot = reader.snapshot
        let newest =
            log.isUnwitnessed
            ? try snapshot.head(origin) : try snapshot.witnessedHead(origin)
        guard let newest else { throw RegistrarError.notWitnessed(origin: origin) }
        let size = newest.head.size
        var older: [UInt64: Dossier.OlderCheckpoint] = [:]
        var items: [Dossier.Item] = []
        for entry in try reader.entries(
            origin, about: subjects, at: indexes, below: size, witnessedSize: size)
        {
            // The checkpoint by which a quorum first knew the entry says when it was logged.
            if let first = try snapshot.firstCheckpoint(origin, covering: entry.index),
                first.head.size < size, older[first.head.size] == nil
            {
                let proof = try snapshot.consistencyProof(
                    origin, from: first.head.size, to: size)
                older[first.head.size] = Dossier.OlderCheckpoint(
                    checkpoint: first.note, consistency: proof.hashes)
            }
            let proof = try snapshot.inclusionProof(origin, index: entry.index, size: size)
            items.append(
                Dossier.Item(index: entry.index, entry: entry.entry, proof: proof.hashes))
        }
        return Dossier.Log(
            country: log.country, checkpoint: newest.note,
            older: older.sorted { $0.key < $1.key }.map(\.value), items: items)
    }
}
