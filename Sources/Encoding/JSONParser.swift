/// The limits under which JSON of strangers is read.
public struct JSONLimits: Sendable {
    /// Bytes of the whole text.
    public var size: Int
    /// Levels of arrays and objects.
    public var depth: Int

    public init(size: Int = 1 << 20, depth: Int = 32) {
        self.size = size
        self.depth = depth
    }
}

extension JSONValue {
    /// Parses one JSON text (RFC 8259) strictly.
    ///
    /// Refused beyond the grammar: text that is not UTF-8, a byte order mark, lone
    /// surrogates, a member name that occurs twice, and anything over `limits`.
    public init(
        parsing bytes: some Collection<UInt8>, limits: JSONLimits = JSONLimits()
    ) throws(ParsingError) {
        guard bytes.count <= limits.size else {
            throw .tooLarge(limit: limits.size, found: bytes.count)
        }
        let inPlace = bytes.withContiguousStorageIfAvailable { JSONValue.parsed($0, limits) }
        let result =
            inPlace ?? Array(bytes).withUnsafeBufferPointer { JSONValue.parsed($0, limits) }
        self = try result.get()
    }

    /// Parses one JSON text strictly, as from its UTF-8 bytes.
    public init(
        parsing text: String, limits: JSONLimits = JSONLimits()
    ) throws(ParsingError) {
        try self.init(parsing: text.utf8, limits: limits)
    }

    private static func parsed(
        _ buffer: UnsafeBufferPointer<UInt8>, _ limits: JSONLimits
    ) -> Result<JSONValue, ParsingError> {
        var parser = JSONParser(bytes: buffer, depthLimit: limits.depth)
        do throws(ParsingError) { return .success(try parser.document()) } catch {
            return .failure(error)
        }
    }
}

/// The names of an object so far: compared one by one while they are few, then as a set, so
/// that an object of many members costs no more than their number.
private struct MemberNames {
    private var set: Set<[UInt8]> = []

    /// Adds a name that follows `members`; false if one of them has it.
    mutating func insert(_ name: String, after members: [JSONObject.Member]) -> Bool {
        guard members.count >= 16 else {
            return !members.contains { $0.name.hasSameBytes(as: name) }
        }
        if set.isEmpty { set = Set(members.map { Array($0.name.utf8) }) }
        return set.insert(Array(name.utf8)).inserted
    }
}

/// A recursive-descent parser over raw bytes; its depth is bounded before it recurses.
private struct JSONParser {
    let bytes: UnsafeBufferPointer<UInt8>
    let depthLimit: Int
    var index = 0
    var depth = 0

    init(bytes: UnsafeBufferPointer<UInt8>, depthLimit: Int) {
        self.bytes = bytes
        self.depthLimit = depthLimit
    }

    mutating func document() throws(ParsingError) -> JSONValue {
        let value = try value()
        skipSpace()
        guard index == bytes.count else { throw unexpected("the end of the text") }
        return value
    }

    private mutating func value() throws(ParsingError) -> JSONValue {
        skipSpace()
        guard index < bytes.count else { throw unexpected("a value") }
        switch bytes[index] {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw unexpected("a value")
        }
    }

    private mutating func object() throws(ParsingError) -> JSONValue {
        try enter()
        var members: [JSONObject.Member] = []
        var names = MemberNames()
        if take(UInt8(ascii: "}")) { return leave(.object(JSONObject())) }
        members.reserveCapacity(8)
        repeat {
            skipSpace()
            let start = index
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
                throw unexpected("a member name")
            }
            let name = try string()
            guard names.insert(name, after: members) else { throw .duplicateMember(at: start) }
            guard take(UInt8(ascii: ":")) else { throw unexpected("a colon") }
            members.append(JSONObject.Member(name, try value()))
            guard members.count <= 4_096 else {
                throw .unexpected(
                    expected: "at most 4096 members", found: "more", at: index)
            }
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw unexpected("a comma or a closing brace") }
        return leave(.object(JSONObject(members)))
    }

    private mutating func array() throws(ParsingError) -> JSONValue {
        try enter()
        var elements: [JSONValue] = []
        if take(UInt8(ascii: "]")) { return leave(.array([])) }
        repeat { elements.append(try value()) } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw unexpected("a comma or a closing bracket") }
        return leave(.array(elements))
    }

    private mutating func enter() throws(ParsingError) {
        depth += 1
        guard depth <= depthLimit else { throw .tooDeep(limit: depthLimit, at: index) }
        index += 1
    }

    private mutating func leave(_ value: JSONValue) -> JSONValue {
        depth -= 1
        return value
    }

    private mutating func word(
        _ text: StaticString, _ value: JSONValue
    ) throws(ParsingError) -> JSONValue {
        let end = index + text.utf8CodeUnitCount
        guard end <= bytes.count,
            (0..<text.utf8CodeUnitCount).allSatisfy({ bytes[index + $0] == text.utf8Start[$0] })
        else { throw unexpected("a value") }
        index = end
        return value
    }

    private mutating func number() throws(ParsingError) -> JSONValue {
        let start = index
        var isInteger = true
        if bytes[index] == UInt8(ascii: "-") { index += 1 }
        if current == UInt8(ascii: "0") { index += 1 } else { try digits() }
        if current == UInt8(ascii: ".") {
            isInteger = false
            index += 1
            try digits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            isInteger = false
            index += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { index += 1 }
            try digits()
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if isInteger, text != "-0", let integer = Int64(text) { return .integer(integer) }
        return .decimal(text)
    }

    private mutating func digits() throws(ParsingError) {
        guard let first = current, isDigit(first) else { throw unexpected("a digit") }
        while let byte = current, isDigit(byte) { index += 1 }
    }

    private mutating func string() throws(ParsingError) -> String {
        let start = index + 1
        var end = start
        var seen: UInt8 = 0
        while end < bytes.count {
            let byte = bytes[end]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
            seen |= byte
            end += 1
        }
        index = end
        guard end < bytes.count else { throw unexpected("a closing quotation mark") }
        switch bytes[end] {
        case UInt8(ascii: "\\"): return try escapedString(from: start)
        case UInt8(ascii: "\""): index += 1
        default: throw unexpected("no control character in a string")
        }
        let slice = UnsafeBufferPointer(rebasing: bytes[start..<end])
        if seen < 0x80 { return String(decoding: slice, as: UTF8.self) }
        guard let text = String(validating: slice, as: UTF8.self) else {
            throw .notUTF8(at: start)
        }
        return text
    }

    /// A string with escapes: the slow path, from the first backslash on.
    private mutating func escapedString(from start: Int) throws(ParsingError) -> String {
        var text = Array(bytes[start..<index])
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                guard let result = String(validating: text, as: UTF8.self) else {
                    throw .notUTF8(at: start)
                }
                return result
            case UInt8(ascii: "\\"):
                index += 1
                try escape(into: &text)
            case 0..<0x20:
                throw unexpected("no control character in a string")
            default:
                text.append(byte)
                index += 1
            }
        }
        throw unexpected("a closing quotation mark")
    }

    private mutating func escape(into text: inout [UInt8]) throws(ParsingError) {
        guard let byte = current else { throw unexpected("an escape") }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var code = UInt32(try hexUnit())
            if (0xD800..<0xDC00).contains(code) {
                guard take(exactly: UInt8(ascii: "\\")), take(exactly: UInt8(ascii: "u")) else {
                    throw unexpected("the second half of a surrogate pair")
                }
                let low = UInt32(try hexUnit())
                guard (0xDC00..<0xE000).contains(low) else {
                    throw unexpected("the second half of a surrogate pair")
                }
                code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw unexpected("a character") }
            text.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
        default:
            index -= 1
            throw unexpected("an escape of JSON")
        }
    }

    private mutating func hexUnit() throws(ParsingError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = current, let digit = Hexadecimal.value(of: byte) else {
                throw unexpected("a hexadecimal digit")
            }
            unit = unit << 4 | UInt16(digit)
            index += 1
        }
        return unit
    }

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    private func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            index += 1
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        return take(exactly: byte)
    }

    private mutating func take(exactly byte: UInt8) -> Bool {
        guard current == byte else { return false }
        index += 1
        return true
    }

    private func unexpected(_ expected: String) -> ParsingError {
        let found =
            current.map { byte in
                (0x21..<0x7F).contains(byte)
                    ? "\"\(Character(Unicode.Scalar(byte)))\""
                    : "byte 0x\(Hexadecimal.encode([byte]))"
            } ?? "the end of the text"
        return .unexpected(expected: expected, found: found, at: index)
    }
}
