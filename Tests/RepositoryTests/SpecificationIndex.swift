/// The index table of `Protocol/README.md`.
struct SpecificationIndex {
    struct Row: Sendable {
        let file: String
        /// Nil while the specification is still to be written.
        let version: Int?
        /// Paths of the code, the vectors and the changes.
        let paths: [String]
        /// Topics of the vectors of other people, `CONCORD_VECTORS: topic` in the table.
        let outsideTopics: [String]
    }

    let rows: [Row]

    init() throws {
        var rows: [Row] = []
        for line in try Checkout.lines(of: "Protocol/README.md") {
            let cells = line.split(separator: "|").map { String($0.trimmed) }
            guard cells.count == 5,
                let file = cells[0].wholeMatch(of: /\[[^\]]+\]\(([a-z-]+\.md)\)/)?.1
            else { continue }
            let quoted = cells[2...].flatMap { cell in
                cell.matches(of: /`([^`]+)`/).map { String($0.1) }
            }
            let outside = "CONCORD_VECTORS: "
            rows.append(
                Row(
                    file: String(file), version: Int(cells[1]),
                    paths: quoted.filter { !$0.hasPrefix(outside) }
                        + cells[2...].flatMap { cell in
                            cell.matches(of: /\]\(([^)#]+)/).map { "Protocol/\($0.1)" }
                        },
                    outsideTopics: quoted.filter { $0.hasPrefix(outside) }
                        .map { String($0.dropFirst(outside.count)) }))
        }
        self.rows = rows
    }
}

/// One specification: what its text says of itself.
struct Specification {
    /// From its first lines; a page that does not say it there has that of its last change.
    let version: Int?
    /// The version of the last row under `Changes`.
    let lastChange: Int?
    let headings: Set<String>

    init(file: String) throws {
        let lines = try Checkout.lines(of: "Protocol/\(file)")
        let stated = lines.lazy.compactMap { $0.prefixMatch(of: /Version (\d+)\b/)?.1 }
            .first.flatMap { Int($0) }
        headings = Set(
            lines.compactMap { $0.wholeMatch(of: /#+ (.+)/)?.1 }
                .map { $0.filter { $0 != "`" } })
        let changes = lines.drop { $0 != "## Changes" }
        lastChange = changes.compactMap { $0.prefixMatch(of: /\| *(\d+) *\|/)?.1 }
            .last.flatMap { Int($0) }
        version = stated ?? lastChange
    }
}

extension Substring {
    var trimmed: Substring {
        var text = self
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
