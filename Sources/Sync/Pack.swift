internal import Cryptography
internal import TransparencyLog

/// Logs, blobs and proofs of forks as one file (`Protocol/pack.md`).
///
/// Opening reads the whole file once: every part has its hash, or it is left out and reported.
/// That says that the file came over whole and nothing about what is in it: it is believed as
/// little as any peer.
public final class Pack: Sendable {
    public let path: String
    /// What was left out of the file, in its order.
    public let faults: [PackFault]

    private let file: PackFile
    private let places: [String: Place]
    private let broken: [String: PackFault]
    /// The lists of kept checkpoints of each log, and the first bundle of it.
    private let lists: [String: [String]]
    private let firstBundles: [String: UInt64]

    private struct Place {
        let part: PackPart
        let offset: UInt64
    }

    /// - Throws: for a file that cannot be read or is no pack; damaged parts are `faults`.
    public init(opening path: String) throws(SyncError) {
        self.path = path
        do throws(PackFault) {
            file = try PackFile(opening: path)
            var scan = Scan(file: file)
            try scan.run()
            (places, faults, broken) = (scan.places, scan.faults, scan.broken)
            (lists, firstBundles) = Pack.contents(of: scan.places.keys)
        } catch {
            throw .pack(file: path, error)
        }
    }

    public var partCount: Int { places.count }

    private static func contents(
        of paths: some Sequence<String>
    ) -> (lists: [String: [String]], firstBundles: [String: UInt64]) {
        var lists: [String: [String]] = [:]
        var bundles: [String: UInt64] = [:]
        for path in paths {
            guard let place = PackPart.LogPlace(path) else { continue }
            if place.rest.hasPrefix("checkpoints/") {
                lists[place.log, default: []].append(path)
            } else if let position = try? EntryBundle.position(parsing: place.rest) {
                bundles[place.log] = min(bundles[place.log] ?? .max, position.index)
            }
        }
        return (lists, bundles)
    }

    /// The addresses of the lists of kept checkpoints in a log's folder.
    func lists(in log: String) -> [String] { lists[log] ?? [] }

    /// The first entry of a log that the pack holds; nil if it holds none.
    func start(of origin: String) -> UInt64? {
        firstBundles[PeerPath.log(origin)].map { $0 * UInt64(Tile.fullWidth) }
    }

    /// The bytes of a part, compared with its hash again; nil if the pack does not have it.
    func bytes(at address: String) throws(PackFault) -> [UInt8]? {
        guard let place = places[address] else {
            if let fault = broken[address] { throw fault }
            return nil
        }
        let bytes = try file.bytes(at: place.offset, upTo: place.part.count)
        guard PackPart.hash(of: bytes, at: address) == place.part.hash else {
            throw .damaged(part: address, offset: place.offset)
        }
        return bytes
    }

    /// One pass over the file.
    private struct Scan {
        static let faultLimit = 256

        let file: PackFile
        var places: [String: Place] = [:]
        var faults: [PackFault] = []
        var broken: [String: PackFault] = [:]
        private var position: UInt64 = 0

        init(file: PackFile) { self.file = file }

        mutating func run() throws(PackFault) {
            let magic = Array(PackPart.magic.utf8)
            guard try file.bytes(at: 0, upTo: magic.count) == magic else { throw .notAPack }
            position = UInt64(magic.count)
            while faults.count < Scan.faultLimit {
                guard position < file.count else { return faults.append(.noEnd(offset: position)) }
                guard let line = try file.line(at: position, limit: PackPart.lineLimit) else {
                    try goOn(from: position + 1, after: nil)
                    continue
                }
                if let count = PackPart.count(inLastLine: line) {
                    let found = places.count + broken.count
                    if count != found, faults.isEmpty {
                        faults.append(.wrongCount(expected: count, found: found))
                    }
                    position += UInt64(line.count) + 1
                    if position < file.count {
                        faults.append(.line(offset: position, next: nil))
                    }
                    return
                }
                guard let part = PackPart(line: line) else {
                    try goOn(from: position + 1, after: nil)
                    continue
                }
                guard places.count + broken.count < PackPart.countLimit else {
                    return faults.append(.tooManyParts(limit: PackPart.countLimit))
                }
                try take(part, at: position + UInt64(line.count) + 1)
            }
            faults.append(.tooManyFaults(limit: Scan.faultLimit))
        }

        private mutating func take(_ part: PackPart, at start: UInt64) throws(PackFault) {
            // Bounded by its address before a byte of it is read.
            let limit = PackPart.limit(of: part.path) ?? PeerClient.blobByteLimit
            guard part.count <= limit else {
                return try goOn(
                    from: start, after: part,
                    .tooLarge(
                        part: part.path, offset: position, limit: limit, found: part.count))
            }
            let end = start + UInt64(part.count)
            guard end < file.count else {
                return try goOn(
                    from: start, after: part,
                    .cut(part: part.path, offset: position, expected: part.count))
            }
            var bytes = try file.bytes(at: start, upTo: part.count + 1)
            guard bytes.popLast() == 0x0A, PackPart.hash(of: bytes, at: part.path) == part.hash
            else {
                return try goOn(
                    from: start, after: part, .damaged(part: part.path, offset: position))
            }
            if places[part.path] == nil {
                places[part.path] = Place(part: part, offset: start)
            }
            position = end + 1
        }

        /// Looks for the next line of a part: the length before it may be what was damaged.
        private mutating func goOn(
            from start: UInt64, after part: PackPart?, _ fault: PackFault? = nil
        ) throws(PackFault) {
            let next = try nextPart(from: start)
            let found = fault ?? .line(offset: position, next: next)
            faults.append(found)
            if let part, places[part.path] == nil { broken[part.path] = found }
            position = next ?? file.count
        }

        private func nextPart(from start: UInt64) throws(PackFault) -> UInt64? {
            var offset = start
            while offset < file.count {
                let window = try file.bytes(at: offset - 1, upTo: 1 << 16)
                for index in window.indices where window[index] == 0x0A {
                    let rest = window[(index + 1)...]
                    guard rest.starts(with: "part /".utf8) || rest.starts(with: "end ".utf8) else {
                        continue
                    }
                    let place = offset + UInt64(index)
                    guard let line = try file.line(at: place, limit: PackPart.lineLimit) else {
                        continue
                    }
                    let isLast = PackPart.count(inLastLine: line) != nil
                    if isLast || PackPart(line: line) != nil { return place }
                }
                // The windows overlap, so that no line is cut in two.
                guard window.count == 1 << 16 else { return nil }
                offset += UInt64((1 << 16) - PackPart.lineLimit)
            }
            return nil
        }
    }
}

extension Pack {
    /// How many entries of each log whoever imports it has afterwards.
    public func sizes() throws(SyncError) -> [String: UInt64] {
        do throws(PackFault) {
            guard let bytes = try bytes(at: PeerPath.heads),
                let list = try? HeadList(parsing: bytes)
            else { throw PackFault.notAPack }
            return Dictionary(list.heads.map { ($0.origin, $0.size) }) { max($0, $1) }
        } catch {
            throw .pack(file: path, error)
        }
    }

    /// The pack as a peer, from which a follower reads as from any other.
    public var client: PeerClient {
        PeerClient(address: PeerAddress(pack: path), transport: PackPeer(pack: self))
    }
}
