/// The versions of the specifications that this program implements (`Protocol/README.md`).
enum Versions {
    static let program = "0.1.0"

    static let specifications = [
        ("entry", 4), ("log", 3), ("witness", 2), ("sync", 3), ("credential", 2),
        ("status-list", 2), ("batch", 2), ("extract", 1), ("dossier", 1), ("verification", 4),
        ("recognition", 4), ("keys", 1), ("vocabulary", 2), ("language", 1), ("template", 1),
    ]

    static let text =
        "concord \(program)\n"
        + specifications.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
}
