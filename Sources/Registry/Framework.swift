public import Encoding

/// A qualifications framework and the number of its levels.
public struct Framework: Hashable, Sendable {
    public let id: String
    public let names: LocalizedText
    public let levels: Int64
    public let basis: Basis?

    init(reading reader: inout MemberReader) throws(ParsingError) {
        id = try reader.string("framework")
        names = try LocalizedText(reading: &reader, "names")
        levels = try reader.integer("levels", in: 1...64)
        basis = try Basis(optional: &reader)
    }
}

/// How the levels of one framework relate to another's, with the holes.
///
/// Advice on levels, never a right (`recognition.md` C2).
public struct Referencing: Hashable, Sendable {
    public enum Status: String, Sendable {
        case endorsed, unilateral, draft, withdrawn
        case notEndorsed = "not-endorsed"
    }

    public struct Row: Hashable, Sendable {
        public enum Relation: String, Sendable { case equal, within, overlaps, none }

        public let from: [String]
        public let to: [String]
        public let relation: Relation
    }

    public let from: String
    public let to: String
    public let status: Status
    public let endorsers: [String]
    public let since: CalendarDate?
    public let rows: [Row]
    public let basis: Basis?

    init(reading reader: inout MemberReader) throws(ParsingError) {
        from = try reader.string("from")
        to = try reader.string("to")
        guard let status = Status(rawValue: try reader.string("status")) else {
            throw .wrongForm(
                path: reader.child("status"),
                expected: "endorsed, unilateral, draft, not-endorsed or withdrawn")
        }
        self.status = status
        endorsers = try reader.optionalStrings("endorsers") ?? []
        since = try reader.optionalDate("since")
        var rows: [Row] = []
        for var row in try reader.readers("rows") {
            guard let relation = Row.Relation(rawValue: try row.string("relation")) else {
                throw .wrongForm(
                    path: row.child("relation"), expected: "equal, within, overlaps or none")
            }
            rows.append(
                Row(from: try row.strings("from"), to: try row.strings("to"), relation: relation))
            try row.finish()
        }
        self.rows = rows
        basis = try Basis(optional: &reader)
    }
}
