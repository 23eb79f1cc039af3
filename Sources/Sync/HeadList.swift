public import Cryptography
public import Encoding
public import TransparencyLog

/// What a node keeps: for each log its size and its newest note (`Protocol/sync.md § Heads`).
public struct HeadList: Hashable, Sendable {
    public struct Head: Hashable, Sendable {
        public let origin: String
        public let size: UInt64
        public let note: SignedNote
        /// The newest note with a quorum, where it is another one.
        public let witnessed: SignedNote?
        /// Some of the blobs that entries of the log name and that the node does not have.
        public let missing: [HashValue]

        public init(
            origin: String, size: UInt64, note: SignedNote, witnessed: SignedNote? = nil,
            missing: [HashValue] = []
        ) {
            self.origin = origin
            self.size = size
            self.note = note
            self.witnessed = witnessed
            self.missing = Array(missing.prefix(HeadList.missingLimit))
        }
    }

    /// The missing blobs that are named of one log; more are named when these have come.
    public static let missingLimit = 64

    public static let byteLimit = 8 << 20
    public static let countLimit = 4_096

    public let heads: [Head]
    /// The SHA-256 of the list of split views that the node knows; nil: it does not say.
    public let splitViews: HashValue?

    public init(_ heads: [Head], splitViews: HashValue? = nil) {
        self.heads = heads
        self.splitViews = splitViews
    }

    /// Checks the form; what a head says is a claim until its note is opened.
    public init(parsing bytes: [UInt8]) throws(ParsingError) {
        var reader = try MemberReader(
            JSONValue(parsing: bytes, limits: JSONLimits(size: HeadList.byteLimit, depth: 4)),
            at: "")
        try reader.expect(type: "heads")
        var heads: [Head] = []
        let readers = try reader.readers("heads")
        guard readers.count <= HeadList.countLimit else {
            throw .wrongForm(path: "heads", expected: "at most \(HeadList.countLimit) logs")
        }
        for var item in readers {
            heads.append(
                Head(
                    origin: try item.string("origin"), size: UInt64(try item.integer("size")),
                    note: try item.note("note"), witnessed: try item.optionalNote("witnessed"),
                    missing: try item.optionalHashes("missing", upTo: HeadList.missingLimit)))
            try item.finish()
        }
        let digest = try reader.optionalString("splitViews")
        splitViews = digest.flatMap { HashValue(hexadecimal: $0) }
        guard (digest == nil) == (splitViews == nil) else {
            throw .wrongForm(path: "splitViews", expected: "a hash in hexadecimal")
        }
        try reader.finish()
        self.heads = heads
    }

    public var serialized: [UInt8] {
        let heads = heads.map { head -> JSONValue in
            var object: JSONObject = [
                "origin": .string(head.origin), "size": .integer(Int64(clamping: head.size)),
                "note": .string(String(decoding: head.note.serialized, as: UTF8.self)),
            ]
            if let note = head.witnessed {
                object["witnessed"] = .string(String(decoding: note.serialized, as: UTF8.self))
            }
            if !head.missing.isEmpty {
                object["missing"] = .array(head.missing.map { .string($0.hexadecimal) })
            }
            return .object(object)
        }
        var object: JSONObject = ["type": "heads", "version": 1, "heads": .array(heads)]
        object["splitViews"] = splitViews.map { .string($0.hexadecimal) }
        return JSONValue.object(object).serialized
    }
}

/// Notes of one log, in order (`Protocol/sync.md § Kept checkpoints`).
public struct NoteList: Hashable, Sendable {
    public static let byteLimit = 8 << 20
    /// The number of notes of one answer; who wants more asks again above the last.
    public static let countLimit = 1_000

    public let notes: [SignedNote]

    public init(_ notes: [SignedNote]) { self.notes = notes }

    public init(parsing bytes: [UInt8]) throws(ParsingError) {
        var reader = try MemberReader(
            JSONValue(parsing: bytes, limits: JSONLimits(size: NoteList.byteLimit, depth: 3)),
            at: "")
        try reader.expect(type: "checkpoints")
        let texts = try reader.strings("notes")
        try reader.finish()
        var notes: [SignedNote] = []
        for (index, text) in texts.enumerated() {
            notes.append(try MemberReader.note(text, at: "notes[\(index)]"))
        }
        self.notes = notes
    }

    public var serialized: [UInt8] {
        let texts = notes.map { JSONValue.string(String(decoding: $0.serialized, as: UTF8.self)) }
        return JSONValue.object(["type": "checkpoints", "version": 1, "notes": .array(texts)])
            .serialized
    }
}

/// The split views that a node knows (`Protocol/sync.md § Split views`).
public struct HashList: Hashable, Sendable {
    public static let byteLimit = 1 << 20

    public let hashes: [HashValue]

    public init(_ hashes: [HashValue]) { self.hashes = hashes }

    /// The SHA-256 of the hashes in their order as values, so that two lists of the same are
    /// known without being sent.
    public var digest: HashValue {
        var hasher = HashFunction()
        for text in hashes.map(\.hexadecimal).sorted() { hasher.update(text.utf8) }
        return hasher.finalized
    }

    public init(parsing bytes: [UInt8]) throws(ParsingError) {
        var reader = try MemberReader(
            JSONValue(parsing: bytes, limits: JSONLimits(size: HashList.byteLimit, depth: 3)),
            at: "")
        try reader.expect(type: "split-views")
        let texts = try reader.strings("identities")
        try reader.finish()
        var hashes: [HashValue] = []
        for text in texts {
            guard let hash = HashValue(hexadecimal: text) else {
                throw .wrongForm(path: "identities", expected: "hashes in hexadecimal")
            }
            hashes.append(hash)
        }
        self.hashes = hashes
    }

    public var serialized: [UInt8] {
        let texts = hashes.map { JSONValue.string($0.hexadecimal) }
        return JSONValue.object([
            "type": "split-views", "version": 1, "identities": .array(texts),
        ]).serialized
    }
}

extension MemberReader {
    mutating func expect(type: String) throws(ParsingError) {
        guard try string("type") == type else { throw .wrongForm(path: "type", expected: type) }
        _ = try integer("version", in: 1...1)
    }

    mutating func note(_ name: String) throws(ParsingError) -> SignedNote {
        try MemberReader.note(try string(name), at: child(name))
    }

    mutating func optionalNote(_ name: String) throws(ParsingError) -> SignedNote? {
        guard let text = try optionalString(name) else { return nil }
        return try MemberReader.note(text, at: child(name))
    }

    mutating func optionalHashes(
        _ name: String, upTo limit: Int
    ) throws(ParsingError) -> [HashValue] {
        guard let texts = try optionalStrings(name) else { return [] }
        guard texts.count <= limit else {
            throw .wrongForm(path: child(name), expected: "at most \(limit) hashes")
        }
        var hashes: [HashValue] = []
        for text in texts {
            guard let hash = HashValue(hexadecimal: text) else {
                throw .wrongForm(path: child(name), expected: "hashes in hexadecimal")
            }
            hashes.append(hash)
        }
        return hashes
    }

    static func note(_ text: String, at path: String) throws(ParsingError) -> SignedNote {
        do throws(LogError) { return try SignedNote(parsing: Array(text.utf8)) } catch {
            throw .wrongForm(path: path, expected: "a signed note")
        }
    }
}
