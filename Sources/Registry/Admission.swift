public import Encoding
import TransparencyLog

/// Whether a log takes an entry.
///
/// `Protocol/entry.md § Admission`. Pure: the caller appends what is admitted, in the same
/// transaction in which it read the state.
public enum Admission: Hashable, Sendable {
    case admitted
    /// Taken and kept, but without effect beyond advice.
    case keptAsAdvice(Objection)
    case declined(Objection)

    /// Decides about an entry as the next one of the log.
    ///
    /// Beyond `LogState.judge`, every signature line must be by a key that is mandated for the
    /// act: its author's, the root's, or its accreditor's.
    public static func decide(
        _ entry: RegistryEntry, into state: LogState, at index: UInt64, time: Timestamp
    ) -> Admission {
        let logged = LoggedEntry(entry: entry, index: index, loggedTime: time, isWitnessed: true)
        switch state.judge(logged) {
        case .void(let objection): return .declined(objection)
        case .advisory(let objection):
            return hasOnlyMandatedSigners(entry, state, index)
                ? .keptAsAdvice(objection) : .declined(.strangeSignature)
        case .effective:
            return hasOnlyMandatedSigners(entry, state, index)
                ? .admitted : .declined(.strangeSignature)
        }
    }

    private static func hasOnlyMandatedSigners(
        _ entry: RegistryEntry, _ state: LogState, _ index: UInt64
    ) -> Bool {
        let author = entry.envelope.author
        let grantors = Set(state.grants.filter { $0.holder == author }.map(\.grantor))
        let roles: Set<KeyGrant.Role> = [.root, .authority, .body]
        var keys = state.grants.filter {
            $0.signs(at: index) && roles.contains($0.role)
                && ($0.holder == author || $0.role == .root || grantors.contains($0.holder))
        }.map(\.key)
        if case .key(let act) = entry.act, act.role == .root { keys.append(act.key) }
        if case .successor(let act) = entry.act { keys.append(act.root) }
        let lines = entry.note.signatures
        // Each line for itself: one good line does not vouch for another of the same name.
        return Set(lines).count == lines.count
            && lines.allSatisfy { line in
                guard let note = try? SignedNote(text: entry.note.text, signatures: [line]) else {
                    return false
                }
                return keys.contains { note.isSigned(by: $0) }
            }
    }
}
