import Registry
public import Storage

/// The frameworks that any log at hand knows: registered there, or named by a table or a
/// qualification.
public struct FrameworkSearch: Sendable {
    /// In their order.
    public let frameworks: [String]

    public init(in database: LogDatabase) throws {
        let found = try database.reading { snapshot in
            var found: Set<String> = []
            let kinds = EntrySelection(kinds: ["framework", "qualification", "referencing"])
            for log in try snapshot.logs() {
                for entry in try snapshot.entries(log.origin, selecting: kinds, below: log.size) {
                    switch try? RegistryEntry(parsing: entry.bytes).act {
                    case .framework(let act)?: found.insert(act.id)
                    case .referencing(let act)?: found.formUnion([act.from, act.to])
                    case .qualification(let act)?:
                        found.formUnion([act.framework].compactMap { $0 })
                    default: break
                    }
                }
            }
            return found
        }
        frameworks = found.sorted()
    }
}
