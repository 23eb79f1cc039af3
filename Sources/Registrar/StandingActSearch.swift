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
}
