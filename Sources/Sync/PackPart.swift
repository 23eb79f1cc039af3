public import Cryptography
internal import Encoding
internal import TransparencyLog

/// One answer of a node as a pack holds it: address, length, hash (`Protocol/pack.md § Parts`).
public struct PackPart: Hashable, Sendable {
    /// The first line of a pack.
    public static let magic = "concord-pack/v1\n"
    /// The longest line before a part, its newline included.
    static let lineLimit = 320
    /// The parts of the largest pack: a longer stretch is split by positions.
    public static let countLimit = 262_144

    public let path: String
    public let count: Int
    public let hash: HashValue

    public init(path: String, bytes: [UInt8]) {
        self.path = path
        count = bytes.count
        hash = PackPart.hash(of: bytes, at: path)
    }

    /// The SHA-256 of the address, a newline and the bytes.
    static func hash(of bytes: [UInt8], at path: String) -> HashValue {
        var hasher = HashFunction()
        hasher.update(path.utf8)
        hasher.update(byte: 0x0A)
        hasher.update(bytes)
        return hasher.finalized
    }

    /// The line before the bytes.
    public var line: String { "part \(path) \(count) \(hash.hexadecimal)\n" }

    /// The last line of a pack of so many parts.
    public static func lastLine(_ count: Int) -> String { "end \(count)\n" }

    /// Reads a line without its newline; nil for any other spelling.
    init?(line: some Collection<UInt8>) {
        let items = line.split(separator: 0x20, omittingEmptySubsequences: false)
        guard items.count == 4, items[0].elementsEqual("part".utf8),
            (2...200).contains(items[1].count), items[1].first == UInt8(ascii: "/"),
            items[1].allSatisfy({ (0x21...0x7E).contains($0) }),
            let count = PackPart.number(items[2]),
            let hash = HashValue(hexadecimal: String(decoding: items[3], as: UTF8.self))
        else { return nil }
        path = String(decoding: items[1], as: UTF8.self)
        self.count = count
        self.hash = hash
        // One spelling: the hexadecimal digits are small ones.
        guard items[3].elementsEqual(hash.hexadecimal.utf8) else { return nil }
    }

    /// The number of parts that the last line says, or nil for another line.
    static func count(inLastLine line: some Collection<UInt8>) -> Int? {
        let items = line.split(separator: 0x20, omittingEmptySubsequences: false)
        guard items.count == 2, items[0].elementsEqual("end".utf8) else { return nil }
        return number(items[1])
    }

    /// A decimal number without leading zeros.
    private static func number(_ digits: some Collection<UInt8>) -> Int? {
        guard (1...10).contains(digits.count),
            digits.allSatisfy({ (0x30...0x39).contains($0) }),
            digits.count == 1 || digits.first != UInt8(ascii: "0")
        else { return nil }
        return Int(String(decoding: Array(digits), as: UTF8.self))
    }

    /// The bytes that an address may have; nil for one that no reader of this version asks for.
    static func limit(of path: String) -> Int? {
        switch path {
        case PeerPath.heads: return HeadList.byteLimit
        case PeerPath.splitViews: return HashList.byteLimit
        default: break
        }
        if path.hasPrefix("/blob/") { return PeerClient.blobByteLimit }
        if path.hasPrefix("/split-views/") { return SplitView.byteLimit }
        guard let place = LogPlace(path) else { return nil }
        if place.rest == "checkpoint" { return SignedNote.byteLimit }
        if place.rest.hasPrefix("checkpoints/") { return NoteList.byteLimit }
        if (try? EntryBundle.position(parsing: place.rest)) != nil {
            return EntryBundle.byteLimit
        }
        if (try? Tile(parsing: place.rest)) != nil {
            return Tile.fullWidth * HashValue.byteCount
        }
        return nil
    }

    /// An address below a log's folder.
    struct LogPlace: Hashable {
        /// The folder with its slash at the beginning, as in `PeerPath.log(_:)`.
        let log: String
        let rest: String

        init?(_ path: String) {
            let bytes = Array(path.utf8)
            guard bytes.count > 66, bytes[65] == UInt8(ascii: "/") else { return nil }
            log = String(decoding: bytes[..<65], as: UTF8.self)
            rest = String(decoding: bytes[66...], as: UTF8.self)
            guard HashValue(hexadecimal: String(log.dropFirst())) != nil else { return nil }
        }
    }
}
