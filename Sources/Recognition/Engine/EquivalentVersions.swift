import Registry

/// The versions to which a statement about one version carries: those that equivalent
/// supersessions join to it (T1).
///
/// Linear in the supersessions, however long the chain.
struct EquivalentVersions {
    /// The versions joined to one, without itself.
    struct Joined {
        fileprivate(set) var names: Set<String> = []
        fileprivate(set) var ids: Set<String> = []

        /// Whether a name of a predicate, an id or an id with its version or a pattern over
        /// these, picks one of them.
        func arePicked(by name: String) -> Bool {
            guard !names.isEmpty else { return false }
            if !name.utf8.contains(UInt8(ascii: "*")) {
                let isVersion = name.utf8.contains(UInt8(ascii: "@"))
                return isVersion ? names.contains(name) : ids.contains(name)
            }
            let pattern = Pattern(name)
            return names.contains { pattern.picks(version: $0) }
        }
    }

    private let joined: [String: Joined]

    /// - Parameter awards: those that are asked about.
    init(_ supersessions: [Supersession], of awards: [Award]) {
        guard supersessions.contains(where: { $0.isEquivalent == true }) else {
            joined = [:]
            return
        }
        var neighbours: [String: [String]] = [:]
        for item in supersessions where item.isEquivalent == true {
            neighbours[item.old, default: []].append(item.new)
            neighbours[item.new, default: []].append(item.old)
        }
        joined = Dictionary(
            uniqueKeysWithValues: Set(awards.map(\.qualification.versionName)).map { version in
                (version, EquivalentVersions.reached(from: version, neighbours))
            })
    }

    private static func reached(from version: String, _ neighbours: [String: [String]]) -> Joined {
        guard neighbours[version] != nil else { return Joined() }
        var joined = Joined(names: [version])
        var pending = [version]
        while let name = pending.popLast() {
            for other in neighbours[name] ?? [] where joined.names.insert(other).inserted {
                pending.append(other)
            }
        }
        joined.names.remove(version)
        joined.ids = Set(joined.names.map { $0.idOfVersion })
        return joined
    }

    func joined(to qualification: Qualification) -> Joined {
        // Seldom is one equivalent to another.
        joined.isEmpty ? Joined() : joined[qualification.versionName] ?? Joined()
    }
}

extension Pattern {
    /// Whether the name of a predicate picks a version: by its id, or by id and version.
    func picks(version: String) -> Bool {
        text.utf8.contains(UInt8(ascii: "@")) ? matches(version) : matches(version.idOfVersion)
    }
}

extension Pattern {
    /// The same for a version that is at hand.
    func picks(_ qualification: Qualification) -> Bool {
        let at = UInt8(ascii: "@")
        // An id that holds the sign itself is cut as its name would be.
        return text.utf8.contains(at) || qualification.id.utf8.contains(at)
            ? picks(version: qualification.versionName) : matches(qualification.id)
    }
}

extension String {
    /// The id in the name of a version: what stands before the `@`.
    fileprivate var idOfVersion: String {
        String(Substring(utf8.prefix { $0 != UInt8(ascii: "@") }))
    }
}
