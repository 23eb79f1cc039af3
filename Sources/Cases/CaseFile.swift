public import Encoding
public import Recognition
import Registry

/// Worked cases with the statements that they rest on: the bench on which an agreement is tried
/// before it is signed.
///
/// `Protocol/recognition.md § Case files`.
public struct CaseFile: Hashable, Sendable {
    public static let limits = JSONLimits(size: 64 << 20, depth: 16)

    public let fixtures: [Fixture]
    public let cases: [RecognitionCase]
    private let positions: [String: Int]

    public init(parsing bytes: [UInt8]) throws(CaseError) {
        let value: JSONValue
        do throws(ParsingError) {
            value = try JSONValue(parsing: bytes, limits: CaseFile.limits)
        } catch { throw .form(error) }
        guard case .object(let object) = value else {
            throw .form(.wrongType(path: "the top", expected: "an object", found: value.kind))
        }
        var fixtures: [Fixture] = []
        var positions: [String: Int] = [:]
        for (index, item) in try CaseFile.list("fixtures", of: object).enumerated() {
            let path = "fixtures[\(index)]"
            let fixture = try Fixture(item, at: path)
            guard positions.updateValue(index, forKey: fixture.id) == nil else {
                throw .repeatedID(path: path, id: fixture.id)
            }
            fixtures.append(fixture)
        }
        func refer(
            to id: String, _ kind: String, called name: String, _ path: String
        ) throws(CaseError) {
            guard let position = positions[id] else {
                throw .unknownStatement(path: path, id: id)
            }
            let found = fixtures[position].kind
            guard found == kind else {
                throw .wrongStatementKind(
                    path: path, id: id, expected: name, found: "of kind \(found)")
            }
        }
        for (index, fixture) in fixtures.enumerated() {
            guard let id = fixture.award?.qualification else { continue }
            try refer(to: id, "qualification", called: "a qualification", "fixtures[\(index)].qual")
        }
        var cases: [RecognitionCase] = []
        var ids: Set<String> = []
        for (index, item) in try CaseFile.list("cases", of: object).enumerated() {
            let path = "cases[\(index)]"
            let item = try RecognitionCase(item, at: path)
            guard ids.insert(item.id).inserted else {
                throw .repeatedCase(path: path, id: item.id)
            }
            for (place, id) in item.uses.enumerated() where positions[id] == nil {
                throw .unknownStatement(path: "\(path).uses[\(place)]", id: id)
            }
            for (place, id) in item.question.awards.enumerated() {
                try refer(to: id, "award", called: "an award", "\(path).query.awards[\(place)]")
            }
            cases.append(item)
        }
        guard !cases.isEmpty else { throw .noCases }
        self.fixtures = fixtures
        self.cases = cases
        self.positions = positions
    }

    /// Members that mean nothing to the engine, by path.
    public var ignoredMembers: [String] {
        fixtures.flatMap(\.ignoredMembers) + cases.flatMap(\.ignoredMembers)
    }

    private static func list(
        _ name: String, of object: JSONObject
    ) throws(CaseError) -> [JSONValue] {
        switch object[name] {
        case nil, .null?: return []
        case .array(let items)?: return items
        case let other?:
            throw .form(.wrongType(path: name, expected: "a list", found: other.kind))
        }
    }

    /// What the engine sees in a case, and with a draft beside it.
    public func statements(
        of item: RecognitionCase, with draft: DraftStatements? = nil
    ) -> StatementSet {
        let used = item.uses.compactMap { positions[$0].map { fixtures[$0] } }
        var set = StatementSet()
        for fixture in used { set.formUnion(fixture.statements) }
        if let draft {
            set.formUnion(draft.statements)
            // Its authors' mandates are known wherever it is.
            let known = Set(set.mandates.map(\.id))
            for fixture in fixtures {
                set.mandates += fixture.statements.mandates.filter { mandate in
                    draft.authors.contains(mandate.content.authority)
                        && !known.contains(mandate.id)
                }
            }
        }
        set.awards = used.compactMap(\.award).compactMap { award in
            qualification(award.qualification).map(award.award)
        }
        return set
    }

    /// What an award is of belongs to the award, whether or not the case uses the statement.
    private func qualification(_ id: String) -> Qualification? {
        positions[id].flatMap { fixtures[$0].statements.qualifications.first?.content }
    }

    public func verdict(
        on item: RecognitionCase, with draft: DraftStatements? = nil
    ) -> RecognitionVerdict {
        Resolver(statements(of: item, with: draft), item.question).verdict
    }
}
