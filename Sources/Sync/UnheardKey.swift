internal import Encoding
internal import Registry
internal import Storage
internal import TransparencyLog

/// Opens a checkpoint whose key is named only by entries that are not here yet.
///
/// `Protocol/sync.md § Whom to believe`. An act of the root names the key, and needs no key of
/// the log: else whoever was away while a log changed its key would never follow it again.
struct UnheardKey {
    /// What is fetched at most before it is known whether anybody signed it.
    static let entryLimit: UInt64 = 4_096
    static let byteLimit = 8 << 20

    let rules: LogRules

    /// The note as a checkpoint, if these entries, after those that are here, lead to its root
    /// and the root's acts among them name its key.
    func checkpoint(
        _ note: SignedNote, over growth: LogExtension, of origin: String
    ) -> Checkpoint? {
        guard let head = try? TreeHead(parsing: note.text), head.size == growth.newSize,
            head.root == growth.root, head.origin.utf8.elementsEqual(origin.utf8),
            var state = rules.state(origin, growth.oldSize)
        else { return nil }
        for (offset, entry) in growth.entries.enumerated() {
            guard let kind = entry.kind, !UnheardKey.shapeless.contains(kind),
                let act = try? RegistryEntry(parsing: entry.bytes)
            else { continue }
            // No key of a log depends on when its act was logged.
            state.apply(
                LoggedEntry(
                    entry: act, index: growth.oldSize + UInt64(offset),
                    loggedTime: Timestamp(seconds: 0), isWitnessed: true))
        }
        return state.logKey(forSize: head.size).flatMap {
            try? Checkpoint(opening: note, signedBy: $0)
        }
    }

    /// Of these there may be thousands, and none names a key of the log.
    private static let shapeless: Set<String> = ["batch", "status-list", "regulation"]
}
