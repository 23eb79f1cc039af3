import Encoding
import Registry

/// Reads a statement of a case file: its short names become those of acts and credentials, and
/// these are parsed by the code that parses acts and credentials.
///
/// A member that is a list may be written as one string, and `null` means absent.
struct FixtureReader {
    let path: String
    private(set) var members: [String: JSONValue] = [:]
    private var read: Set<String>

    /// - Parameter isStatement: whether it has the members that every statement may have.
    init(
        _ value: JSONValue, at path: String, isStatement: Bool = true
    ) throws(CaseError) {
        guard case .object(let object) = value else {
            throw .form(.wrongType(path: path, expected: "an object", found: value.kind))
        }
        self.path = path
        for member in object.members where member.value != .null {
            members[member.name] = member.value
        }
        read = isStatement ? ["t", "id", "by", "recorded", "seq"] : []
    }

    /// The members that nothing has read: they say nothing to the engine.
    var unknownMembers: [String] {
        members.keys.filter { !read.contains($0) && !FixtureReader.comments.contains($0) }.sorted()
    }

    /// Refuses what nothing has read, and what is not for people.
    func refuseOthers() throws(CaseError) {
        guard let name = unknownMembers.first else { return }
        throw .unknownMember(path: "\(path).\(name)", known: read.sorted())
    }

    /// Members for people.
    private static let comments: Set<String> = [
        "basis", "note", "why", "text", "source", "reason", "confidence", "grounded_in", "field",
        "comment",
    ]

    mutating func value(_ name: String) -> JSONValue? {
        read.insert(name)
        return members[name]
    }

    mutating func string(_ name: String) throws(CaseError) -> String {
        guard let value = value(name) else { throw .form(.missingMember(path: "\(path).\(name)")) }
        guard let text = value.string else { throw wrong(name, "a string", value) }
        return text
    }

    mutating func optionalString(_ name: String) throws(CaseError) -> String? {
        value(name) == nil ? nil : try string(name)
    }

    mutating func date(_ name: String) throws(CaseError) -> CalendarDate {
        guard let date = CalendarDate(parsing: try string(name)) else {
            throw .form(
                .wrongForm(path: "\(path).\(name)", expected: "a date such as 2026-11-23"))
        }
        return date
    }

    mutating func optionalDate(_ name: String) throws(CaseError) -> CalendarDate? {
        value(name) == nil ? nil : try date(name)
    }

    mutating func optionalInteger(_ name: String) throws(CaseError) -> Int64? {
        guard let value = value(name) else { return nil }
        guard let number = value.integer else { throw wrong(name, "an integer", value) }
        return number
    }

    mutating func optionalBool(_ name: String) throws(CaseError) -> Bool? {
        guard let value = value(name) else { return nil }
        guard let flag = value.bool else { throw wrong(name, "true or false", value) }
        return flag
    }

    /// An object; an empty one where there is none.
    mutating func object(_ name: String) throws(CaseError) -> JSONObject {
        guard let value = value(name) else { return JSONObject() }
        guard let object = value.object else { throw wrong(name, "an object", value) }
        return object
    }

    /// A list of strings, or one string.
    mutating func strings(_ name: String) throws(CaseError) -> [String] {
        guard let value = value(name) else { return [] }
        if let text = value.string { return [text] }
        guard let elements = value.array else { throw wrong(name, "a list", value) }
        var texts: [String] = []
        for (index, element) in elements.enumerated() {
            guard let text = element.string ?? element.integer.map(String.init) else {
                throw wrong("\(name)[\(index)]", "a string", element)
            }
            texts.append(text)
        }
        return texts
    }

    /// The members of an act, by its names, from those of the fixture, where they are there.
    mutating func act(_ names: [(act: String, fixture: String)]) -> JSONObject {
        var object = JSONObject()
        for (act, fixture) in names { object[act] = value(fixture) }
        return object
    }

    private func wrong(_ name: String, _ expected: String, _ value: JSONValue) -> CaseError {
        .form(.wrongType(path: "\(path).\(name)", expected: expected, found: value.kind))
    }
}

extension JSONValue {
    /// A list of strings.
    static func list(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }

    /// The same value with every `null` member left out and single strings of the named members
    /// made lists.
    func withLists(_ names: Set<String>) -> JSONValue {
        switch self {
        case .array(let elements): return .array(elements.map { $0.withLists(names) })
        case .object(let object):
            return .object(
                JSONObject(
                    object.members.filter { $0.value != .null }.map { member in
                        let value = member.value.withLists(names)
                        let isList = names.contains(member.name) && value.string != nil
                        return JSONObject.Member(member.name, isList ? .array([value]) : value)
                    }))
        default: return self
        }
    }
}
