public import Cryptography
public import Encoding

/// What a backup says of itself: of which node it is, of which moment, and which files follow.
///
/// `Protocol/operation.md § Backup`.
public struct BackupManifest: Hashable, Sendable {
    public enum Part: String, Sendable {
        /// All but the keys and the life mark.
        case data
        /// The keys, which are kept apart and not as long.
        case keys
    }

    public struct File: Hashable, Sendable {
        public let name: String
        public let size: UInt64
    }

    public let part: Part
    public let country: String
    public let origin: String
    public let time: Timestamp
    /// The entries of the own log, and the root over them.
    public let entries: UInt64
    public let root: HashValue
    public let files: [File]

    static let byteLimit = 1 << 20

    init(
        part: Part, country: String, origin: String, time: Timestamp, entries: UInt64,
        root: HashValue, files: [File]
    ) {
        self.part = part
        self.country = country
        self.origin = origin
        self.time = time
        self.entries = entries
        self.root = root
        self.files = files
    }

    init(parsing bytes: [UInt8], at path: String) throws(OperationError) {
        do throws(ParsingError) {
            let limits = JSONLimits(size: BackupManifest.byteLimit, depth: 4)
            var reader = try MemberReader(JSONValue(parsing: bytes, limits: limits), at: "")
            _ = try reader.integer("version", in: 1...1)
            guard let part = Part(rawValue: try reader.string("part")) else {
                throw .wrongForm(path: "part", expected: "data or keys")
            }
            self.part = part
            country = try reader.string("country")
            origin = try reader.string("origin")
            guard let time = Timestamp(parsing: try reader.string("time")) else {
                throw .wrongForm(path: "time", expected: "a moment in UTC")
            }
            self.time = time
            entries = UInt64(try reader.integer("entries", in: 0...(1 << 40)))
            guard let root = HashValue(hexadecimal: try reader.string("root")) else {
                throw .wrongForm(path: "root", expected: "64 hexadecimal digits")
            }
            self.root = root
            var files: [File] = []
            for var item in try reader.readers("files") {
                let name = try item.string("name")
                files.append(
                    File(name: name, size: UInt64(try item.integer("size", in: 0...(1 << 50)))))
                try item.finish()
            }
            self.files = files
            try reader.finish()
        } catch { throw .unreadable(path: path, reason: error.description) }
        // Anybody can seal for a public key: what a backup names must stay in its folder.
        guard Set(files.map(\.name)).count == files.count,
            files.allSatisfy({ BackupManifest.admits($0.name) })
        else { throw .foreignName(path: path) }
    }

    /// Names in the node's folder or one folder below; none that begins with a dot, none of a
    /// life mark.
    static func admits(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        return (1...2).contains(parts.count) && name.utf8.count <= 200
            && name != "life-mark"
            && parts.allSatisfy { part in
                !part.isEmpty && part.first != "." && !part.contains("\0")
            }
    }

    var serialized: [UInt8] {
        let value: JSONValue = [
            "version": 1, "part": .string(part.rawValue), "country": .string(country),
            "origin": .string(origin), "time": .string("\(time)"),
            "entries": .integer(Int64(entries)), "root": .string(root.hexadecimal),
            "files": .array(
                files.map { ["name": .string($0.name), "size": .integer(Int64($0.size))] }),
        ]
        return value.serialized
    }
}
