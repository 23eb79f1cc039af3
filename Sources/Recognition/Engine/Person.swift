/// The pseudonyms that are one person (G6).
///
/// Linear in the links, whatever loops they make.
struct Person {
    /// nil: all documents are known to be of one person.
    private let names: Set<String>?

    init(_ holder: String?, _ links: [IdentityLink]) {
        guard let holder else {
            names = nil
            return
        }
        var naming: [String: [Int]] = [:]
        for (index, link) in links.enumerated() {
            for name in link.holders { naming[name, default: []].append(index) }
        }
        var names: Set<String> = [holder]
        var pending = [holder]
        var isFollowed = [Bool](repeating: false, count: links.count)
        while let name = pending.popLast() {
            for index in naming[name] ?? [] where !isFollowed[index] {
                isFollowed[index] = true
                for other in links[index].holders where names.insert(other).inserted {
                    pending.append(other)
                }
            }
        }
        self.names = names
    }

    /// Whether a pseudonym is the person; what bears none is.
    func isNamed(_ holder: String?) -> Bool {
        guard let names else { return true }
        return holder.map(names.contains) ?? true
    }
}
