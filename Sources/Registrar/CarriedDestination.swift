import Registry
import TransparencyLog
public import Verification

extension WorthDesk.Destination {
    /// One log of a dossier, with the same acts as a node would read from its copy.
    ///
    /// - Parameter subjects: those that the awards need; the dossier must be complete about them and
    ///   about the log's country.
    public init(_ log: Knowledge.Log, about subjects: Set<String>) {
        let wanted = subjects.union([log.country])
        self.init(
            country: log.country, origin: log.head.origin, size: log.head.size,
            quorumTime: log.isUnwitnessed ? nil : log.quorumTime,
            isFrozen: log.splitView != nil,
            acts: log.state.acts.filter {
                !wanted.isDisjoint(with: $0.logged.entry.envelope.subjects)
            })
    }
}
