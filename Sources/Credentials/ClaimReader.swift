internal import Encoding

/// Reads claims of a token by name and says which one is missing or of another form.
struct ClaimReader {
    private let object: JSONObject
    private var isAsked: [Bool]
    /// Claims are mostly read in the order in which they stand.
    private var position = 0

    init(_ object: JSONObject) {
        self.object = object
        isAsked = Array(repeating: false, count: object.members.count)
    }

    /// The claims that nobody asked for.
    var others: JSONObject {
        JSONObject(zip(object.members, isAsked).filter { !$0.1 }.map(\.0))
    }

    mutating func optionalValue(_ name: String) -> JSONValue? {
        for offset in object.members.indices {
            let sum = position + offset
            let index = sum < object.members.count ? sum : sum - object.members.count
            guard object.members[index].isNamed(name) else { continue }
            isAsked[index] = true
            position = index
            return object.members[index].value
        }
        return nil
    }

    mutating func value(_ name: String) throws(CredentialError) -> JSONValue {
        guard let value = optionalValue(name) else { throw .missingClaim(name) }
        return value
    }

    /// Text that is not empty, of at most `limit` bytes, without control characters.
    mutating func string(_ name: String, limit: Int = 200) throws(CredentialError) -> String {
        guard case .string(let text) = try value(name), ClaimReader.isText(text, limit: limit)
        else { throw .wrongClaim(name, expected: "text of 1 to \(limit) bytes") }
        return text
    }

    /// Not empty, of at most `limit` bytes, and without control characters.
    static func isText(_ text: String, limit: Int) -> Bool {
        guard (1...limit).contains(text.utf8.count) else { return false }
        var before: UInt8 = 0
        return text.utf8.allSatisfy { byte in
            defer { before = byte }
            // U+0080 to U+009F are the byte C2 and one from 80 to 9F.
            return byte >= 0x20 && byte != 0x7F && !(before == 0xC2 && byte < 0xA0)
        }
    }

    /// Visible ASCII without spaces, 1 to 200 bytes.
    static func isName(_ text: String) -> Bool {
        (1...200).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// Visible ASCII without spaces: equal names are equal bytes.
    mutating func name(_ name: String, limit: Int = 200) throws(CredentialError) -> String {
        let text = try string(name, limit: limit)
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .wrongClaim(name, expected: "visible ASCII characters without spaces")
        }
        return text
    }

    mutating func optionalName(
        _ name: String, limit: Int = 200
    ) throws(CredentialError) -> String? {
        guard optionalValue(name) != nil else { return nil }
        return try self.name(name, limit: limit)
    }

    mutating func names(_ name: String) throws(CredentialError) -> [String]? {
        guard let value = optionalValue(name) else { return nil }
        let expected = "1 to 512 names of visible ASCII characters"
        guard case .array(let elements) = value, (1...512).contains(elements.count) else {
            throw .wrongClaim(name, expected: expected)
        }
        var texts: [String] = []
        for element in elements {
            guard case .string(let text) = element, ClaimReader.isName(text) else {
                throw .wrongClaim(name, expected: expected)
            }
            texts.append(text)
        }
        return texts
    }

    mutating func integer(
        _ name: String, in range: ClosedRange<Int64>
    ) throws(CredentialError) -> Int64 {
        guard case .integer(let number) = try value(name), range.contains(number) else {
            throw .wrongClaim(
                name, expected: "an integer from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// Whole seconds since 1970, up to the end of the year 9999.
    mutating func timestamp(_ name: String) throws(CredentialError) -> Timestamp {
        Timestamp(seconds: try integer(name, in: 0...253_402_300_799))
    }

    mutating func optionalTimestamp(_ name: String) throws(CredentialError) -> Timestamp? {
        guard optionalValue(name) != nil else { return nil }
        return try timestamp(name)
    }

    mutating func date(_ name: String) throws(CredentialError) -> CalendarDate {
        guard case .string(let text) = try value(name), let date = CalendarDate(parsing: text)
        else { throw .wrongClaim(name, expected: "a date such as 2026-11-23") }
        return date
    }

    mutating func optionalDate(_ name: String) throws(CredentialError) -> CalendarDate? {
        guard optionalValue(name) != nil else { return nil }
        return try date(name)
    }
}
