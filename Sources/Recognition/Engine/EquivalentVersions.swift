import Registry

/// The versions to which a statement about one version carries: those that equivalent
/// supersessions join to it (T1).
///
/// Linear in the supersessions, however long the chain.
struct EquivalentVersions {
    private let neighbours: [String: [String]]

    init(_ supersessions: [Supersession]) {
        var neighbours: [String: [String]] = [:]
        for item in supersessions where item.isEquivalent == true {
            neighbours[item.old, default: []].append(item.new)
            neighbours[item.new, default: []].append(item.old)
        }
        self.neighbours = neighbours
    }

    /// The version names joined to one, without itself.
    func joined(to version: String) -> Set<String> {
        guard neighbours[version] != nil else { return [] }
        var seen: Set<String> = [version]
        var pending = [version]
        while let name = pending.popLast() {
            for other in neighbours[name] ?? [] where seen.insert(other).inserted {
                pending.append(other)
            }
        }
        seen.remove(version)
        return seen
    }
}

extension Pattern {
    /// Whether the name of a predicate picks a version: by its id, or by id and version.
    func picks(version: String) -> Bool {
        text.contains("@")
            ? matches(version) : matches(String(version.prefix { $0 != "@" }))
    }
}
