public import Cryptography
public import Encoding
public import TransparencyLog

/// What is believed of a log before a byte of it is read.
public struct LogPin: Hashable, Sendable {
    /// An earlier generation whose first entries the log begins with.
    public struct Predecessor: Hashable, Sendable {
        public let origin: String
        /// The number of its entries that stand: the last good size.
        public let size: UInt64

        public init(origin: String, size: UInt64) {
            self.origin = origin
            self.size = size
        }
    }

    public let origin: String
    /// The log's first root; those that took over follow from the log.
    public let root: NoteKey
    /// SHA-256 of the text of the key that alone may become the next root.
    public let nextRoot: HashValue
    /// The earlier generations, the first one first.
    public let predecessors: [Predecessor]

    public init(
        origin: String, root: NoteKey, nextRoot: HashValue, predecessors: [Predecessor] = []
    ) {
        self.origin = origin
        self.root = root
        self.nextRoot = nextRoot
        self.predecessors = predecessors
    }

    /// The name that the entry at an index bears: of the generation in which it was logged.
    public func origin(at index: UInt64) -> String {
        predecessors.first { index < $0.size }?.origin ?? origin
    }

    /// Whether this is the log's name, or that of an earlier generation of it.
    public func hasBorne(_ name: String) -> Bool {
        name == origin || predecessors.contains { $0.origin == name }
    }

    /// The pin of the generation that begins with `size` entries of this one.
    public func succeeded(by origin: String, at size: UInt64) -> LogPin {
        LogPin(
            origin: origin, root: root, nextRoot: nextRoot,
            predecessors: predecessors + [Predecessor(origin: self.origin, size: size)])
    }

    /// The members beside those of every pin: nothing for a first generation.
    public var predecessorMember: JSONValue? {
        predecessors.isEmpty
            ? nil
            : .array(
                predecessors.map {
                    ["origin": .string($0.origin), "size": .integer(Int64(clamping: $0.size))]
                })
    }

    /// Reads them: rising generations of one country, with sizes that do not fall.
    public static func predecessors(
        reading reader: inout MemberReader, of origin: String
    ) throws(ParsingError) -> [Predecessor] {
        guard let value = reader.optionalValue("predecessors") else { return [] }
        let path = reader.child("predecessors")
        guard let items = value.array, (1...64).contains(items.count) else {
            throw .wrongForm(path: path, expected: "1 to 64 earlier generations")
        }
        var found: [Predecessor] = []
        for item in items {
            var member = try MemberReader(item, at: path)
            found.append(
                Predecessor(
                    origin: try member.string("origin"),
                    size: UInt64(try member.integer("size", in: 1...Int64.max))))
            try member.finish()
        }
        let names = (found.map(\.origin) + [origin]).map(LogOrigin.init(parsing:))
        let areRising = zip(names, names.dropFirst()).allSatisfy { old, new in
            old.map { new?.follows($0) ?? false } ?? false
        }
        guard areRising, zip(found, found.dropFirst()).allSatisfy({ $0.size <= $1.size }) else {
            throw .wrongForm(path: path, expected: "generations of one country, in their order")
        }
        return found
    }
}
