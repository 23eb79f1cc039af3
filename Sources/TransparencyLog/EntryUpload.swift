public import Cryptography

/// The body of `add-entries`: a stretch of a log in packages of up to 256, each with its proof
/// (C2SP tlog-mirror § add-entries).
public struct EntryUpload: Hashable, Sendable {
    /// Entries that begin and end at multiples of 256, but for the first and the last package.
    public struct Package: Hashable, Sendable {
        public let entries: [[UInt8]]
        /// The subtree consistency proof of the entries from the multiple of 256 on.
        public let hashes: [HashValue]

        public init(entries: [[UInt8]], hashes: [HashValue]) {
            self.entries = entries
            self.hashes = hashes
        }
    }

    /// As much as the largest package takes, and what surrounds it.
    public static let byteLimit = EntryBundle.byteLimit + SubtreeProof.hashLimit * 32 + (1 << 17)
    public static let packageLimit = 32
    public static let originLimit = 1_000

    public let origin: String
    /// The entries that are uploaded, if all packages are sent.
    public let range: Range<UInt64>
    /// What the mirror gave out to be reminded of a checkpoint; Concord's is the checkpoint.
    public let ticket: [UInt8]
    public let packages: [Package]
    /// Whether bytes follow the last whole package: the connection broke there.
    public let isCut: Bool

    public init(
        origin: String, range: Range<UInt64>, ticket: [UInt8], packages: [Package]
    ) {
        self.origin = origin
        self.range = range
        self.ticket = ticket
        self.packages = packages
        isCut = false
    }

    /// The multiples of 256 of which package `number` is the entries that are uploaded.
    public func place(of number: Int) -> (start: UInt64, first: UInt64, end: UInt64) {
        EntryUpload.place(of: number, in: range)
    }

    /// - Parameter range: the whole upload.
    /// - Returns: where the subtree begins, the first entry of the package, and its end.
    public static func place(
        of number: Int, in range: Range<UInt64>
    ) -> (start: UInt64, first: UInt64, end: UInt64) {
        let width = UInt64(Tile.fullWidth)
        let start = (range.lowerBound / width + UInt64(number)) * width
        return (start, max(range.lowerBound, start), min(range.upperBound, start + width))
    }

    /// The packages of a whole upload.
    public static func packageCount(of range: Range<UInt64>) -> Int {
        guard !range.isEmpty else { return 0 }
        let width = UInt64(Tile.fullWidth)
        let count = (range.upperBound - 1) / width - range.lowerBound / width + 1
        return Int(clamping: count)
    }

    /// Reads the head and every whole package; what is cut off at the end is left out.
    ///
    /// - Throws: for a head of another form, for lengths over the limits, and for more packages
    ///   than the range has or than may come at once.
    public init(parsing bytes: [UInt8]) throws(LogError) {
        guard bytes.count <= EntryUpload.byteLimit else {
            throw .tooLarge(.entryUpload, limit: EntryUpload.byteLimit, found: bytes.count)
        }
        var reader = Reader(rest: bytes[...])
        guard let originCount = reader.number(2), originCount <= EntryUpload.originLimit,
            let name = reader.bytes(Int(originCount)),
            let origin = String(validating: name, as: UTF8.self), !origin.isEmpty,
            let start = reader.number(8), let end = reader.number(8),
            start <= end, end <= TreeHead.sizeLimit,
            let ticketCount = reader.number(2), let ticket = reader.bytes(Int(ticketCount))
        else {
            throw .wrongForm(.entryUpload, expected: "an origin, two positions and a ticket")
        }
        self.origin = origin
        range = start..<end
        self.ticket = Array(ticket)
        let count = EntryUpload.packageCount(of: range)
        var packages: [Package] = []
        var isCut = false
        while !reader.rest.isEmpty {
            guard packages.count < min(count, EntryUpload.packageLimit) else {
                throw .wrongForm(
                    .entryUpload,
                    expected: "at most \(min(count, EntryUpload.packageLimit)) packages")
            }
            let place = EntryUpload.place(of: packages.count, in: range)
            guard let package = try reader.package(Int(place.end - place.first)) else {
                isCut = true
                break
            }
            packages.append(package)
        }
        self.packages = packages
        self.isCut = isCut
    }

    public var serialized: [UInt8] {
        var bytes: [UInt8] = []
        bytes += EntryUpload.bigEndian(UInt64(origin.utf8.count), 2) + Array(origin.utf8)
        bytes += EntryUpload.bigEndian(range.lowerBound, 8)
        bytes += EntryUpload.bigEndian(range.upperBound, 8)
        bytes += EntryUpload.bigEndian(UInt64(ticket.count), 2) + ticket
        for package in packages {
            for entry in package.entries {
                bytes += EntryUpload.bigEndian(UInt64(entry.count), 2)
                bytes += entry
            }
            bytes.append(UInt8(package.hashes.count))
            for hash in package.hashes { bytes += hash.bytes }
        }
        return bytes
    }

    private static func bigEndian(_ number: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
    }

    private struct Reader {
        var rest: ArraySlice<UInt8>

        mutating func bytes(_ count: Int) -> ArraySlice<UInt8>? {
            guard rest.count >= count else { return nil }
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }

        mutating func number(_ count: Int) -> UInt64? {
            bytes(count).map { $0.reduce(0) { $0 << 8 | UInt64($1) } }
        }

        /// Nil if the bytes end within it.
        mutating func package(_ count: Int) throws(LogError) -> Package? {
            var entries: [[UInt8]] = []
            for _ in 0..<count {
                guard let length = number(2), let entry = bytes(Int(length)) else { return nil }
                entries.append(Array(entry))
            }
            guard let hashCount = number(1) else { return nil }
            guard hashCount <= SubtreeProof.hashLimit else {
                throw .tooManyHashes(.entryUpload, limit: SubtreeProof.hashLimit)
            }
            var hashes: [HashValue] = []
            for _ in 0..<hashCount {
                guard let hash = bytes(HashValue.byteCount).flatMap({ HashValue(bytes: $0) }) else {
                    return nil
                }
                hashes.append(hash)
            }
            return Package(entries: entries, hashes: hashes)
        }
    }
}
