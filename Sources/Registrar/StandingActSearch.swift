public import Cryptography
public import Encoding
public import Registry
import Storage

extension Office {
    /// The one standing act of an author with that identity, or of that kind and subject.
    public func standingAct(
        identity: HashValue?, kind: String?, subject: String?, author: String, at now: Timestamp
    ) throws -> RegistryEntry {
        if let identity {
            let stored = try database.reading { snapshot in
                try snapshot.entry(card.pin.origin, identity: identity)
            }
            guard let stored else { throw RegistrarError.unknownAct(identity.hexadecimal) }
            return try RegistryEntry(parsing: stored.bytes)
        }
        let name = "\(kind ?? "act") about \(subject ?? "?") by \(author)"
        guard let kind, let subject else { throw RegistrarError.unknownAct(name) }
        let state = try state(about: [subject], at: now)
        let standing = state.acts.filter {
            $0.end == nil && $0.logged.entry.envelope.kind == kind
                && $0.logged.entry.envelope.author == author
                && $0.logged.entry.envelope.subjects.contains(subject)
        }
        guard let only = standing.first, standing.count == 1 else {
            throw RegistrarError.unknownAct(
                standing.isEmpty ? name : "\(name): \(standing.count) stand; name one by --act")
        }
        return only.logged.entry
    }

    /// Refuses drafts that say what a standing act of the same author says already.
    ///
    /// Equal are kind, author, subjects and act. Published again, an act of a root's that a later
    /// one has replaced (a peer, a key) is news, and so is one that was withdrawn. The names of
    /// the country may be said again: founding the log said them first.
    public func refuseRepeats(_ drafts: [ActDraft], at now: Timestamp) throws {
        let state = try state(about: Set(drafts.flatMap(\.subjects)), at: now)
        for draft in drafts where draft.kind != "country" {
            // What has no form is refused where it is signed, with its path.
            guard let act = try? Act(draft: draft.act, kind: draft.kind, at: "act") else {
                continue
            }
            let standing = state.acts.filter {
                let envelope = $0.logged.entry.envelope
                return $0.end == nil && envelope.kind == draft.kind
                    && envelope.author == draft.author && envelope.subjects == draft.subjects
            }
            let isReplaced = ["peer", "key"].contains(draft.kind)
            let repeated = (isReplaced ? standing.suffix(1) : standing[...]).last {
                $0.act == act
            }
            if let repeated {
                throw RegistrarError.alreadyStands(
                    kind: draft.kind, entry: repeated.logged.index)
            }
        }
    }
}
