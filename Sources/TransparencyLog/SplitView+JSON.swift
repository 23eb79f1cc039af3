internal import Cryptography
internal import Encoding

extension SplitView {
    /// The number of bytes of the largest split view: two notes, escaped, and the hashes.
    public static let byteLimit = 4 << 20

    /// At most 63 subtrees cover the older tree, and 126 what was added.
    private static let subtreeLimit = 189

    /// Reads the strict JSON object; members in any order, none missing, none unknown.
    public init(parsing bytes: [UInt8]) throws(LogError) {
        let kind: String
        let notes: [[UInt8]]
        var subtrees: [HashValue] = []
        do throws(ParsingError) {
            let limits = JSONLimits(size: SplitView.byteLimit, depth: 2)
            var reader = try MemberReader(JSONValue(parsing: bytes, limits: limits), at: "")
            guard try reader.string("type") == "split-view" else {
                throw .wrongForm(path: "type", expected: "split-view")
            }
            _ = try reader.integer("version", in: 1...1)
            kind = try reader.string("kind")
            notes = try SplitView.strings(reader.value("notes"), at: "notes").map {
                Array($0.utf8)
            }
            guard notes.count == 2 else {
                throw .wrongForm(path: "notes", expected: "two signed notes")
            }
            switch kind {
            case "same-size": break
            case "inconsistent":
                subtrees = try SplitView.hashes(reader.value("subtrees"), at: "subtrees")
            default:
                throw .wrongForm(path: "kind", expected: "same-size or inconsistent")
            }
            try reader.finish()
        } catch {
            throw .splitView(error)
        }
        let (first, second) = (
            try SignedNote(parsing: notes[0]), try SignedNote(parsing: notes[1])
        )
        self.init(
            kind == "same-size"
                ? .sameSize(first, second)
                : .inconsistent(older: first, newer: second, subtrees: subtrees))
    }

    /// One compact JSON object.
    public var serialized: [UInt8] {
        let texts = [notes.0, notes.1].map {
            JSONValue.string(String(decoding: $0.serialized, as: UTF8.self))
        }
        var object: JSONObject = ["type": "split-view", "version": 1]
        switch kind {
        case .sameSize:
            object["kind"] = "same-size"
            object["notes"] = .array(texts)
        case .inconsistent(_, _, let subtrees):
            object["kind"] = "inconsistent"
            object["notes"] = .array(texts)
            object["subtrees"] = .array(
                subtrees.map { .string(Base64.standard.encode($0.bytes)) })
        }
        return JSONValue.object(object).serialized
    }

    private static func strings(
        _ value: JSONValue, at path: String
    ) throws(ParsingError) -> [String] {
        guard let elements = value.array else {
            throw .wrongType(path: path, expected: "an array", found: value.kind)
        }
        var strings: [String] = []
        for element in elements {
            guard let string = element.string else {
                throw .wrongType(path: path, expected: "strings", found: element.kind)
            }
            strings.append(string)
        }
        return strings
    }

    private static func hashes(
        _ value: JSONValue, at path: String
    ) throws(ParsingError) -> [HashValue] {
        let texts = try strings(value, at: path)
        guard texts.count <= subtreeLimit else {
            throw .wrongForm(path: path, expected: "at most \(subtreeLimit) hashes")
        }
        var hashes: [HashValue] = []
        for text in texts {
            guard let bytes = Base64.standard.decode(text), let hash = HashValue(bytes: bytes)
            else { throw .wrongForm(path: path, expected: "hashes of 32 bytes in base64") }
            hashes.append(hash)
        }
        return hashes
    }
}
