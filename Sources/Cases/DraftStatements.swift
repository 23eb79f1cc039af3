import Encoding
public import Recognition
import Registry

/// A statement that nobody has signed yet, to be tried on cases: an act as it would be published,
/// or statements as case files write them.
public struct DraftStatements: Hashable, Sendable {
    public let statements: StatementSet
    /// Who would make them.
    public let authors: Set<String>

    /// - Parameter name: what the file is called, for messages.
    public init(parsing bytes: [UInt8], named name: String = "the draft") throws(CaseError) {
        let value: JSONValue
        do throws(ParsingError) {
            value = try JSONValue(parsing: bytes, limits: CaseFile.limits)
        } catch { throw .form(error) }
        let items = value.object?["fixtures"]?.array ?? value.asList
        guard !items.isEmpty else { throw .emptyDraft }
        var statements = StatementSet()
        var authors: Set<String> = []
        for (index, item) in items.enumerated() {
            let path = items.count == 1 ? name : "\(name)[\(index)]"
            if item.object?["act"] != nil {
                let draft = try DraftStatements.act(item, at: path, number: index)
                statements.formUnion(draft.statements)
                authors.formUnion(draft.authors)
            } else {
                let fixture = try Fixture(item, at: path)
                // What is somebody's own is no draft, and would change nothing here.
                guard fixture.award == nil else {
                    throw .unknownStatementKind(path: "\(path).t", found: fixture.kind)
                }
                // What is passed over in a case file could be what the draft is about.
                if let member = fixture.ignoredMembers.first {
                    throw .unknownDraftMember(path: member)
                }
                statements.formUnion(fixture.statements)
                authors.formUnion([fixture.author].compactMap { $0 })
            }
        }
        for ground in statements.grounds {
            for purpose in ground.provision.purposes where Purpose(rawValue: purpose) == nil {
                throw .unknownPurpose(path: "\(name): purposes", found: purpose)
            }
        }
        self.statements = statements
        self.authors = authors
    }

    /// Several drafts together.
    public func union(_ other: DraftStatements) -> DraftStatements {
        var statements = statements
        statements.formUnion(other.statements)
        return DraftStatements(statements, by: authors.union(other.authors))
    }

    private init(_ statements: StatementSet, by authors: Set<String>) {
        self.statements = statements
        self.authors = authors
    }

    /// An act as `concord publish file` takes it.
    private static func act(
        _ value: JSONValue, at path: String, number: Int
    ) throws(CaseError) -> DraftStatements {
        var reader = try FixtureReader(value, at: path)
        let kind = try reader.string("kind")
        let author = try reader.string("by")
        let members = reader.value("act")?.object ?? JSONObject()
        let act: Act
        do throws(ParsingError) {
            act = try Act(draft: members, kind: kind, at: "\(path).act")
        } catch { throw .form(error) }
        let authorship = Authorship(id: "draft-\(number + 1)", author: author)
        let unauthored = Authorship(
            id: "draft-\(number + 1)", author: author, competence: .notNeeded)
        var set = StatementSet()
        switch act {
        case .equivalence(let act): set.grounds = [GeneralGround(act, authorship)]
        case .instrument(let act): set.grounds = [GeneralGround(act, authorship)]
        case .regulation(let act): set.regulations = [KnownAct(act, authorship)]
        case .mandate(let act): set.mandates = [KnownAct(act, unauthored)]
        case .referencing(let act): set.referencings = [KnownAct(act, unauthored)]
        case .qualification(let act): set.qualifications = [KnownAct(act, unauthored)]
        default: throw .unknownStatementKind(path: "\(path).kind", found: kind)
        }
        return DraftStatements(set, by: [author])
    }
}
