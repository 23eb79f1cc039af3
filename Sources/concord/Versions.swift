/// The versions of the specifications that this program implements (`Protocol/README.md`).
enum Versions {
    static let program = "0.1.0"

    static let specifications = [
        ("entry", 8), ("log", 5), ("witness", 3), ("sync", 7), ("pack", 1), ("credential", 4),
        ("status-list", 4), ("batch", 3), ("extract", 2), ("dossier", 1), ("verification", 6),
        ("recognition", 5), ("keys", 3), ("vocabulary", 2), ("language", 1), ("template", 2),
        ("presentation", 2), ("receipt", 1), ("pages", 4), ("records", 3), ("paper", 2),
        ("operation", 3),
    ]

    static let text =
        "concord \(program)\n"
        + specifications.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
}
