/// Reads the members of a JSON object one by one and notices those that nobody read.
///
/// Errors name the path from the root of the document (`act.scope[2]`), never a value.
public struct MemberReader: Sendable {
    public let path: String
    private let object: JSONObject
    private var unread: [String]

    public init(_ value: JSONValue, at path: String) throws(ParsingError) {
        guard case .object(let object) = value else {
            throw .wrongType(
                path: path.isEmpty ? "the top" : path, expected: "an object",
                found: value.kind)
        }
        self.init(object, at: path)
    }

    public init(_ object: JSONObject, at path: String) {
        self.path = path
        self.object = object
        unread = object.members.map(\.name)
    }

    /// The members that nobody has read yet and whose names do not begin with `x-`.
    public var unknownMembers: [String] {
        unread.filter { !$0.utf8.starts(with: "x-".utf8) }
    }

    /// Refuses the object if a member is left that nobody read.
    public func finish() throws(ParsingError) {
        if let name = unknownMembers.first { throw .unknownMember(path: child(name)) }
    }

    public mutating func optionalValue(_ name: String) -> JSONValue? {
        unread.removeAll { $0.utf8.elementsEqual(name.utf8) }
        return object[name]
    }

    public mutating func value(_ name: String) throws(ParsingError) -> JSONValue {
        guard let value = optionalValue(name) else { throw .missingMember(path: child(name)) }
        return value
    }

    public mutating func string(_ name: String) throws(ParsingError) -> String {
        let value = try value(name)
        guard case .string(let text) = value else { throw wrong(name, "a string", value) }
        return text
    }

    public mutating func optionalString(_ name: String) throws(ParsingError) -> String? {
        object[name] == nil ? nil : try string(name)
    }

    public mutating func integer(
        _ name: String, in range: ClosedRange<Int64> = 0...Int64.max
    ) throws(ParsingError) -> Int64 {
        let value = try value(name)
        guard case .integer(let number) = value else { throw wrong(name, "an integer", value) }
        guard range.contains(number) else {
            throw .wrongForm(
                path: child(name),
                expected: "an integer from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    public mutating func optionalInteger(
        _ name: String, in range: ClosedRange<Int64> = 0...Int64.max
    ) throws(ParsingError) -> Int64? {
        object[name] == nil ? nil : try integer(name, in: range)
    }

    public mutating func bool(_ name: String) throws(ParsingError) -> Bool {
        let value = try value(name)
        guard case .bool(let flag) = value else { throw wrong(name, "true or false", value) }
        return flag
    }

    public mutating func date(_ name: String) throws(ParsingError) -> CalendarDate {
        guard let date = CalendarDate(parsing: try string(name)) else {
            throw .wrongForm(path: child(name), expected: "a date such as 2026-11-23")
        }
        return date
    }

    public mutating func optionalDate(_ name: String) throws(ParsingError) -> CalendarDate? {
        object[name] == nil ? nil : try date(name)
    }

    public mutating func array(_ name: String) throws(ParsingError) -> [JSONValue] {
        let value = try value(name)
        guard case .array(let elements) = value else { throw wrong(name, "an array", value) }
        return elements
    }

    public mutating func strings(_ name: String) throws(ParsingError) -> [String] {
        var texts: [String] = []
        for (index, element) in try array(name).enumerated() {
            guard case .string(let text) = element else {
                throw wrong("\(name)[\(index)]", "a string", element)
            }
            texts.append(text)
        }
        return texts
    }

    public mutating func optionalStrings(_ name: String) throws(ParsingError) -> [String]? {
        object[name] == nil ? nil : try strings(name)
    }

    /// A reader for each object of an array.
    public mutating func readers(_ name: String) throws(ParsingError) -> [MemberReader] {
        var readers: [MemberReader] = []
        for (index, element) in try array(name).enumerated() {
            readers.append(try MemberReader(element, at: "\(child(name))[\(index)]"))
        }
        return readers
    }

    public mutating func reader(_ name: String) throws(ParsingError) -> MemberReader {
        try MemberReader(try value(name), at: child(name))
    }

    public mutating func optionalReader(_ name: String) throws(ParsingError) -> MemberReader? {
        object[name] == nil ? nil : try reader(name)
    }

    /// The path of a member, for an error of the caller.
    public func child(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    private func wrong(_ name: String, _ expected: String, _ value: JSONValue) -> ParsingError {
        .wrongType(path: child(name), expected: expected, found: value.kind)
    }
}
