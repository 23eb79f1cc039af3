internal import Storage
internal import TransparencyLog

/// The entries of a stretch of a log in their order, several bundles on their way at once.
///
/// Bundles are parsed and hashed where they arrive, on all cores; at most `window` of them
/// are in memory beside what the caller keeps.
struct BundleStream {
    let client: PeerClient
    let origin: String
    let rules: LogRules
    /// The entries that the caller has, and the bytes of those in the first bundle.
    let start: UInt64
    let knownBytes: Int
    let end: UInt64
    let window = 8

    /// Hands over the entries bundle by bundle; an error of the body stops the fetching.
    func forEach(
        _ body: ([NewEntry]) async throws(SyncError) -> Void
    ) async throws(SyncError) {
        let positions = EntryBundle.positions(for: end, since: start)
        let failure = await withTaskGroup(of: FetchedBundle.self) { group -> SyncError? in
            var waiting: [Int: Result<[NewEntry], SyncError>] = [:]
            var (sent, handed) = (0, 0)
            // Order: what comes before a bundle that fails is handed over all the same.
            var end = positions.count
            while handed < end {
                while sent < end, sent < handed + window {
                    let (number, position) = (sent, positions[sent])
                    group.addTask { FetchedBundle(number, await fetch(position)) }
                    sent += 1
                }
                switch waiting.removeValue(forKey: handed) {
                case .success(let entries):
                    do throws(SyncError) { try await body(entries) } catch {
                        group.cancelAll()
                        return error
                    }
                    handed += 1
                case .failure(let error):
                    group.cancelAll()
                    return error
                case nil:
                    guard let bundle = await group.next() else { return .cancelled }
                    if case .failure = bundle.result { end = min(end, bundle.number + 1) }
                    waiting[bundle.number] = bundle.result
                }
            }
            return nil
        }
        if let failure { throw failure }
    }

    private func fetch(
        _ position: (index: UInt64, width: Int)
    ) async -> Result<[NewEntry], SyncError> {
        let first = position.index * UInt64(Tile.fullWidth)
        let known = start > first ? Int(start - first) : 0
        do throws(SyncError) {
            return .success(
                try await client.bundle(
                    origin, index: position.index, width: position.width,
                    from: known > 0 ? knownBytes : 0, known: known
                ).map(rules.entry))
        } catch .notWhatWasAsked where known > 0 {
            // Another history has other lengths: then the whole bundle, to see which it is.
            return await fetchWhole(position, known: known)
        } catch {
            return .failure(error)
        }
    }

    private func fetchWhole(
        _ position: (index: UInt64, width: Int), known: Int
    ) async -> Result<[NewEntry], SyncError> {
        do throws(SyncError) {
            let entries = try await client.bundle(
                origin, index: position.index, width: position.width)
            return .success(entries.dropFirst(known).map(rules.entry))
        } catch {
            return .failure(error)
        }
    }
}

/// A bundle and its place among those that are on their way; a reference like `TaskOutcome`.
private final class FetchedBundle: Sendable {
    let number: Int
    let result: Result<[NewEntry], SyncError>

    init(_ number: Int, _ result: Result<[NewEntry], SyncError>) {
        self.number = number
        self.result = result
    }
}
