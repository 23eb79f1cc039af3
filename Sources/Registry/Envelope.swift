internal import Encoding

/// What every act carries, the same for all kinds for ever.
///
/// `Protocol/entry.md § Form`. Nothing in it is verified yet.
public struct Envelope: Hashable, Sendable {
    /// What the document is; an entry is accepted only as `entry`.
    public static let entryType = "entry"

    /// 128 random bits in hexadecimal; a log admits each id once.
    public let id: String
    /// The log that the act is made for.
    public let origin: String
    public let kind: String
    /// Whether a reader that does not know the kind must not decide about the subjects.
    public let isCritical: Bool
    /// Who makes the act: an authority, a body, or the root of a log.
    public let author: String
    /// What the act is about: ids of bodies, qualifications and lists, codes of countries,
    /// `isco:7212` for an occupation.
    public let subjects: [String]

    public init(
        id: String, origin: String, kind: String, isCritical: Bool = true, author: String,
        subjects: [String]
    ) {
        self.id = id
        self.origin = origin
        self.kind = kind
        self.isCritical = isCritical
        self.author = author
        self.subjects = subjects
    }

    init(reading reader: inout MemberReader) throws(ParsingError) {
        id = try reader.string("id")
        guard id.utf8.count == 32, Hexadecimal.decode(id) != nil else {
            throw .wrongForm(path: "id", expected: "32 lowercase hexadecimal digits")
        }
        origin = try Envelope.name("origin", &reader)
        kind = try Envelope.name("kind", &reader)
        isCritical = try reader.bool("critical")
        author = try Envelope.name("by", &reader)
        subjects = try reader.strings("subjects")
        guard (1...64).contains(subjects.count), Envelope.areDifferent(subjects),
            subjects.allSatisfy(Envelope.isName)
        else {
            throw .wrongForm(
                path: "subjects", expected: "1 to 64 different names of at most 200 bytes")
        }
    }

    private static func name(
        _ member: String, _ reader: inout MemberReader
    ) throws(ParsingError) -> String {
        let name = try reader.string(member)
        guard isName(name) else {
            throw .wrongForm(
                path: member, expected: "a name of at most 200 visible ASCII characters")
        }
        return name
    }

    private static func areDifferent(_ names: [String]) -> Bool {
        switch names.count {
        case 1: true
        case 2: names[0] != names[1]
        default: Set(names).count == names.count
        }
    }

    /// Names are visible ASCII without spaces, so that equal names are equal bytes.
    static func isName(_ text: String) -> Bool {
        (1...200).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    var members: JSONObject {
        [
            "type": .string(Envelope.entryType), "id": .string(id), "origin": .string(origin),
            "kind": .string(kind), "critical": .bool(isCritical), "by": .string(author),
            "subjects": .array(subjects.map(JSONValue.string)),
        ]
    }
}
