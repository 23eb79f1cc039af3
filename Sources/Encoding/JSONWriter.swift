extension JSONValue {
    /// The value as compact JSON: members in their order, no space, only what must be escaped.
    ///
    /// Deterministic: the same value gives the same bytes.
    public var serialized: [UInt8] {
        var out: [UInt8] = []
        write(into: &out)
        return out
    }

    /// The value as JSON for people: two spaces a level, one member a line.
    public var indented: String {
        var out: [UInt8] = []
        write(into: &out, indent: 0)
        out.append(0x0A)
        return String(decoding: out, as: UTF8.self)
    }

    private func write(into out: inout [UInt8]) {
        switch self {
        case .array(let elements):
            out.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                element.write(into: &out)
            }
            out.append(UInt8(ascii: "]"))
        case .object(let object):
            out.append(UInt8(ascii: "{"))
            for (index, member) in object.members.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                JSONValue.write(member.name, into: &out)
                out.append(UInt8(ascii: ":"))
                member.value.write(into: &out)
            }
            out.append(UInt8(ascii: "}"))
        default: writeScalar(into: &out)
        }
    }

    private func write(into out: inout [UInt8], indent: Int) {
        switch self {
        case .array(let elements) where !elements.isEmpty:
            let isFlat = elements.allSatisfy { $0.array == nil && $0.object == nil }
            if isFlat, serialized.count + 2 * indent <= 96 { return write(into: &out) }
            JSONValue.writeLines(elements, "[", "]", &out, indent) { element, out in
                element.write(into: &out, indent: indent + 1)
            }
        case .object(let object) where !object.isEmpty:
            JSONValue.writeLines(object.members, "{", "}", &out, indent) { member, out in
                JSONValue.write(member.name, into: &out)
                out.append(contentsOf: ": ".utf8)
                member.value.write(into: &out, indent: indent + 1)
            }
        default: write(into: &out)
        }
    }

    private static func writeLines<Element>(
        _ elements: [Element], _ open: Unicode.Scalar, _ close: Unicode.Scalar,
        _ out: inout [UInt8], _ indent: Int, _ write: (Element, inout [UInt8]) -> Void
    ) {
        out.append(UInt8(ascii: open))
        for (index, element) in elements.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            out.append(0x0A)
            out.append(contentsOf: repeatElement(0x20, count: 2 * (indent + 1)))
            write(element, &out)
        }
        out.append(0x0A)
        out.append(contentsOf: repeatElement(0x20, count: 2 * indent))
        out.append(UInt8(ascii: close))
    }

    private func writeScalar(into out: inout [UInt8]) {
        switch self {
        case .null: out.append(contentsOf: "null".utf8)
        case .bool(let value): out.append(contentsOf: (value ? "true" : "false").utf8)
        case .integer(let value): out.append(contentsOf: String(value).utf8)
        case .decimal(let text): out.append(contentsOf: text.utf8)
        case .string(let text): JSONValue.write(text, into: &out)
        case .array, .object: break
        }
    }

    private static func write(_ text: String, into out: inout [UInt8]) {
        var text = text
        out.append(UInt8(ascii: "\""))
        text.withUTF8 { bytes in
            // What needs no escape is copied in runs.
            var start = 0
            for index in bytes.indices {
                let byte = bytes[index]
                guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
                else { continue }
                out.append(contentsOf: bytes[start..<index])
                start = index + 1
                out.append(UInt8(ascii: "\\"))
                switch byte {
                case 0x0A: out.append(UInt8(ascii: "n"))
                case 0..<0x20:
                    out.append(contentsOf: "u00".utf8)
                    out.append(contentsOf: Hexadecimal.encode(CollectionOfOne(byte)).utf8)
                default: out.append(byte)
                }
            }
            out.append(contentsOf: bytes[start...])
        }
        out.append(UInt8(ascii: "\""))
    }
}
