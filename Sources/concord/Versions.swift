/// The versions of the specifications that this program implements (`Protocol/README.md`).
enum Versions {
    static let program = "0.1.0"

    static let specifications = [
        ("entry", 7), ("log", 4), ("witness", 3), ("sync", 5), ("pack", 1), ("credential", 4),
        ("status-list", 3), ("batch", 2), ("extract", 2), ("dossier", 1), ("verification", 5),
        ("recognition", 4), ("keys", 3), ("vocabulary", 2), ("language", 1), ("template", 1),
        ("presentation", 1), ("receipt", 1), ("pages", 2), ("records", 1), ("paper", 1),
        ("operation", 1),
    ]

    static let text =
        "concord \(program)\n"
        + specifications.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
}
