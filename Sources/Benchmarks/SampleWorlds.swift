import Synchronization

/// The sample worlds of one run by their size: several rows ask the same one, and making one of
/// a million entries takes longer than asking it.
final class SampleWorlds: Sendable {
    private let worlds = Mutex<[Int: SampleWorld]>([:])

    /// The world of that many entries, made when it is first asked for.
    func world(entries: Int) throws -> SampleWorld {
        if let world = worlds.withLock({ $0[entries] }) { return world }
        let world = try SampleWorld(entries: entries)
        worlds.withLock { $0[entries] = world }
        return world
    }
}
