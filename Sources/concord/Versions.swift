/// The versions of the specifications that this program implements (`Protocol/README.md`).
enum Versions {
    static let program = "0.1.0"

    static let specifications = [
        ("entry", 2), ("log", 3), ("witness", 2), ("sync", 3), ("credential", 1),
        ("status-list", 1), ("batch", 1), ("extract", 1), ("dossier", 1), ("verification", 1),
        ("recognition", 1), ("keys", 1), ("vocabulary", 1),
    ]

    static let text =
        "concord \(program)\n"
        + specifications.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
}
