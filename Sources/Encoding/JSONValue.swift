/// A JSON value as a signature sees it: members in their order, names compared byte by byte.
///
/// `Protocol/entry.md § Strict JSON`. A number that is not an integer of 64 bits keeps its text.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case decimal(String)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)

    /// The kind of value, for messages.
    public var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .integer: "an integer"
        case .decimal: "a number that is not a 64-bit integer"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }

    public var string: String? { if case .string(let value) = self { value } else { nil } }
    public var integer: Int64? { if case .integer(let value) = self { value } else { nil } }
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    public var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
    public var object: JSONObject? { if case .object(let value) = self { value } else { nil } }
}

/// A JSON object: members in the order they were written, no name twice.
///
/// Names are compared as UTF-8 bytes: two names that differ only by Unicode
/// normalisation are two names.
public struct JSONObject: Hashable, Sendable {
    public struct Member: Hashable, Sendable {
        public var name: String
        public var value: JSONValue

        public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }

        /// Whether this is the member of that name, byte by byte.
        public func isNamed(_ other: String) -> Bool {
            // The comparison by characters is the fast one; it alone would merge normal forms.
            name == other && name.utf8.elementsEqual(other.utf8)
        }

        public static func == (left: Self, right: Self) -> Bool {
            left.isNamed(right.name) && left.value == right.value
        }
    }

    public private(set) var members: [Member]

    /// - Precondition: no two members have one name.
    public init(_ members: [Member] = []) {
        self.members = members
    }

    /// The value of the member of that name; setting replaces in place, appends, or removes.
    public subscript(name: String) -> JSONValue? {
        get { members.first { $0.isNamed(name) }?.value }
        set {
            let index = members.firstIndex { $0.isNamed(name) }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(name, value))
            case (nil, nil): break
            }
        }
    }

    public var isEmpty: Bool { members.isEmpty }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements.map { Member($0.0, $0.1) })
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(JSONObject(elements.map { JSONObject.Member($0.0, $0.1) }))
    }
}
