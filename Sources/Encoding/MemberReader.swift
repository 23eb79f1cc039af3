/// Reads the members of a JSON object one by one and notices those that nobody read.
///
/// Errors name the path from the root of the document (`act.scope[2]`), never a value.
public struct MemberReader: Sendable {
    /// Where in a document something stands; written out only where a message needs it.
    private indirect enum Place: Sendable {
        case path(String)
        case member(String, of: Place)
        case element(Int, of: Place)

        var text: String {
            switch self {
            case .path(let path): return path
            case .member(let name, let parent):
                let path = parent.text
                return path.isEmpty ? name : "\(path).\(name)"
            case .element(let index, let parent): return "\(parent.text)[\(index)]"
            }
        }
    }

    public var path: String { place.text }
    private let place: Place
    /// All members, read or not.
    public let object: JSONObject
    /// For each of the first 64 members, whether it has been asked for.
    private var readMask: UInt64 = 0
    /// Those after the first 64 that have been asked for.
    private var readBeyond: Set<Int> = []
    /// The member after the one that was read last: mostly the next to be asked for.
    private var next = 0

    /// A reader of the object that stands at `path`; the empty path is the document itself.
    public init(_ value: JSONValue, at path: String) throws(ParsingError) {
        try self.init(value, at: .path(path))
    }

    public init(_ object: JSONObject, at path: String) {
        self.init(object, at: .path(path))
    }

    private init(_ value: JSONValue, at place: Place) throws(ParsingError) {
        guard case .object(let object) = value else {
            let path = place.text
            throw .wrongType(
                path: path.isEmpty ? "the top" : path, expected: "an object", found: value.kind)
        }
        self.init(object, at: place)
    }

    private init(_ object: JSONObject, at place: Place) {
        self.place = place
        self.object = object
    }

    private func isRead(_ index: Int) -> Bool {
        index < 64 ? readMask >> UInt64(index) & 1 == 1 : readBeyond.contains(index)
    }

    private mutating func markRead(_ index: Int) {
        if index < 64 { readMask |= 1 << UInt64(index) } else { readBeyond.insert(index) }
    }

    /// Where the member stands; mostly it is the next one.
    private func index(of name: String) -> Int? {
        let isNext = next < object.members.count && object.members[next].isNamed(name)
        return isNext ? next : object.index(of: name)
    }

    /// The members that nobody has read yet and whose names do not begin with `x-`.
    public var unknownMembers: [String] {
        object.members.indices.lazy.filter { !isRead($0) }.map { object.members[$0].name }
            .filter { !$0.utf8.starts(with: "x-".utf8) }
    }

    /// Refuses the object if a member is left that nobody read.
    public func finish() throws(ParsingError) {
        if let name = unknownMembers.first {
            throw .unknownMember(path: child(MemberReader.legible(name)))
        }
    }

    /// A name by a stranger as a message may show it: short, and nothing a terminal obeys.
    private static func legible(_ name: String) -> String {
        let shown = String(
            name.unicodeScalars.prefix(40).map { scalar in
                (0x21..<0x7F).contains(scalar.value) ? Character(scalar) : "?"
            })
        return name.unicodeScalars.count > 40 ? shown + "..." : shown
    }

    /// The member's value, which may be `null`, or nil if there is none.
    public mutating func optionalValue(_ name: String) -> JSONValue? {
        guard let index = index(of: name) else { return nil }
        markRead(index)
        next = index + 1
        return object.members[index].value
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
        index(of: name) == nil ? nil : try string(name)
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
        index(of: name) == nil ? nil : try integer(name, in: range)
    }

    public mutating func bool(_ name: String) throws(ParsingError) -> Bool {
        let value = try value(name)
        guard case .bool(let flag) = value else { throw wrong(name, "true or false", value) }
        return flag
    }

    public mutating func optionalBool(_ name: String) throws(ParsingError) -> Bool? {
        index(of: name) == nil ? nil : try bool(name)
    }

    public mutating func date(_ name: String) throws(ParsingError) -> CalendarDate {
        guard let date = CalendarDate(parsing: try string(name)) else {
            throw .wrongForm(path: child(name), expected: "a date such as 2026-11-23")
        }
        return date
    }

    public mutating func optionalDate(_ name: String) throws(ParsingError) -> CalendarDate? {
        index(of: name) == nil ? nil : try date(name)
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
        index(of: name) == nil ? nil : try strings(name)
    }

    /// A reader for each object of an array.
    public mutating func readers(_ name: String) throws(ParsingError) -> [MemberReader] {
        var readers: [MemberReader] = []
        let list = Place.member(name, of: place)
        for (index, element) in try array(name).enumerated() {
            readers.append(try MemberReader(element, at: .element(index, of: list)))
        }
        return readers
    }

    /// Reads the objects of an array one after the other, if there is a member of that name.
    public mutating func forEachReader(
        _ name: String, _ body: (MemberReader) throws(ParsingError) -> Void
    ) throws(ParsingError) {
        guard index(of: name) != nil else { return }
        let list = Place.member(name, of: place)
        for (index, element) in try array(name).enumerated() {
            try body(MemberReader(element, at: .element(index, of: list)))
        }
    }

    public mutating func reader(_ name: String) throws(ParsingError) -> MemberReader {
        try MemberReader(try value(name), at: .member(name, of: place))
    }

    public mutating func optionalReader(_ name: String) throws(ParsingError) -> MemberReader? {
        index(of: name) == nil ? nil : try reader(name)
    }

    /// The path of a member, for an error of the caller.
    public func child(_ name: String) -> String { Place.member(name, of: place).text }

    private func wrong(_ name: String, _ expected: String, _ value: JSONValue) -> ParsingError {
        .wrongType(path: child(name), expected: expected, found: value.kind)
    }
}
