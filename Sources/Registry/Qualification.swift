internal import Encoding

/// One version of a qualification: titles are labels, the id and the version are the thing.
///
/// `Protocol/entry.md § Kinds`.
public struct Qualification: Hashable, Sendable {
    public struct Unit: Hashable, Sendable {
        public let code: String
        public let title: String
        /// `basic`, `common`, `core` or `elective`.
        public let kind: String
    }

    /// What a version replaces, and whether it is equivalent to it.
    public struct Supersession: Hashable, Sendable {
        public enum Equivalence: String, Hashable, Sendable { case yes, no, unknown }

        public let qualification: String
        public let version: String
        public let equivalent: Equivalence
    }

    public let id: String
    public let version: String
    public let country: String
    public let titles: LocalizedText
    /// A name by which treaties class it, such as `nurse-annexV`.
    public let type: String?
    public let framework: String?
    public let level: String?
    public let isco08: [String]
    public let iscedF: [String]
    /// How long an award is current at home; nil: it does not expire.
    public let awardValidMonths: Int64?
    public let hours: Int64?
    public let months: Int64?
    public let units: [Unit]
    public let supersedes: Supersession?
    public let basis: Basis?

    init(reading reader: inout MemberReader) throws(ParsingError) {
        id = try reader.string("qualification")
        version = try reader.string("version")
        country = try reader.string("country")
        titles = try LocalizedText(reading: &reader, "titles")
        type = try reader.optionalString("type")
        framework = try reader.optionalString("framework")
        level = try reader.optionalString("level")
        isco08 = try reader.strings("isco08")
        iscedF = try reader.strings("iscedF")
        awardValidMonths = try reader.optionalInteger("awardValidMonths", in: 1...1_200)
        hours = try reader.optionalInteger("hours")
        months = try reader.optionalInteger("months")
        var units: [Unit] = []
        for var unit in try reader.readers("units") {
            units.append(
                Unit(
                    code: try unit.string("code"), title: try unit.string("title"),
                    kind: try unit.string("kind")))
            try unit.finish()
        }
        self.units = units
        supersedes = try Supersession(optional: &reader)
        basis = try Basis(optional: &reader)
    }

    /// One version's name among all: `ph.masonry-nc2@2018`.
    public var versionName: String { "\(id)@\(version)" }
}

extension Qualification.Supersession {
    init?(optional reader: inout MemberReader) throws(ParsingError) {
        guard var item = try reader.optionalReader("supersedes") else { return nil }
        qualification = try item.string("qualification")
        version = try item.string("version")
        guard let equivalent = Equivalence(rawValue: try item.string("equivalent")) else {
            throw .wrongForm(path: item.child("equivalent"), expected: "yes, no or unknown")
        }
        self.equivalent = equivalent
        try item.finish()
    }
}
