import Encoding
import Recognition
import Registry

/// One statement of a case file.
///
/// `Protocol/recognition.md § Case files`. Its statements are those of the engine; an award waits
/// for the qualification that it is of.
public struct Fixture: Hashable, Sendable {
    public static let kinds = [
        "mandate", "qualification", "supersession", "award", "link", "regulation", "instrument",
        "equivalence", "decision", "evidence", "status", "alert", "accreditation", "referencing",
    ]

    /// The version that every qualification of a case file has: its ids name versions already.
    static let version = "1"

    public let id: String
    public let kind: String
    /// Who made it, where that is said.
    public let author: String?
    /// What it tells the engine, but for awards.
    let statements: StatementSet
    let award: AwardFixture?
    /// Members that mean nothing to the engine, by path.
    public let ignoredMembers: [String]

    init(_ value: JSONValue, at path: String) throws(CaseError) {
        var reader = try FixtureReader(value, at: path)
        let id = try reader.string("id")
        let kind = try reader.string("t")
        let author = try reader.optionalString("by")
        let recorded = try reader.optionalDate("recorded")
        let sequence = try reader.optionalInteger("seq")
        func authorship(_ competence: Authorship.Competence) -> Authorship {
            Authorship(
                id: id, author: author, competence: competence, recorded: recorded,
                sequence: sequence)
        }
        var set = StatementSet()
        var award: AwardFixture?
        do throws(ParsingError) {
            try Fixture.read(kind, &reader, authorship, into: &set)
        } catch {
            throw .form(error.inFixtureNames)
        }
        switch kind {
        case "award": award = try AwardFixture(reading: &reader, id: id, recorded: recorded)
        case "link":
            set.links = [
                IdentityLink(authorship(.notNeeded), holders: try reader.strings("holders"))
            ]
        case "supersession":
            set.supersessions = [
                Supersession(
                    authorship(.notNeeded), old: Fixture.versionName(try reader.string("old")),
                    new: Fixture.versionName(try reader.string("new")),
                    isEquivalent: try reader.optionalBool("equivalent"))
            ]
        case "accreditation":
            set.accreditations = [
                KnownAccreditation(
                    authorship(.notNeeded), qualifications: try reader.strings("qual"),
                    body: try reader.optionalString("body"),
                    site: try reader.optionalString("site"),
                    tier: try reader.optionalInteger("tier"), since: try reader.date("since"),
                    until: try reader.optionalDate("until"))
            ]
        case "status": set.events = [try StatusFixture.event(&reader, authorship(.toBeJudged))]
        default:
            guard Fixture.kinds.contains(kind) else {
                throw .unknownStatementKind(path: "\(path).t", found: kind)
            }
        }
        self.id = id
        self.kind = kind
        self.author = author
        statements = set
        self.award = award
        ignoredMembers = reader.unknownMembers.map { "\(path).\($0)" }
    }

    static func versionName(_ qualification: String) -> String {
        "\(qualification)@\(version)"
    }
}
