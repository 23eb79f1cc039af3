public import Cryptography
public import Registry
public import TransparencyLog

extension PeerClient {
    /// The number of bytes of the largest blob.
    public static let blobByteLimit = 32 << 20

    /// The newest checkpoints that the peer has, of every log it keeps.
    public func heads() async throws(SyncError) -> HeadList {
        let bytes = try await get(PeerPath.heads, limit: HeadList.byteLimit)
        return try read(PeerPath.heads, "a list of heads") { try HeadList(parsing: bytes) }
    }

    /// The newest note of a log; not verified.
    public func checkpoint(_ origin: String) async throws(SyncError) -> SignedNote {
        let path = PeerPath.checkpoint(origin)
        let bytes = try await get(path, limit: SignedNote.byteLimit)
        return try read(path, "a checkpoint") { try SignedNote(parsing: bytes) }
    }

    /// Kept notes with a quorum above a size, the smallest first; not verified.
    ///
    /// Plain files have no list for every size: then theirs are read from the first one on.
    public func checkpoints(
        _ origin: String, above size: UInt64
    ) async throws(SyncError) -> [SignedNote] {
        do throws(SyncError) { return try await kept(origin, above: size) } catch {
            guard size > 0, case .status(_, _, 404) = error else { throw error }
        }
        var last: UInt64 = 0
        while true {
            let notes = try await kept(origin, above: last)
            let sizes = notes.map { (try? TreeHead(parsing: $0.text).size) ?? 0 }
            let wanted = zip(notes, sizes).filter { $0.1 > size }.map(\.0)
            guard wanted.isEmpty, let end = sizes.last, end > last,
                notes.count == NoteList.countLimit
            else { return wanted }
            last = end
        }
    }

    private func kept(
        _ origin: String, above size: UInt64
    ) async throws(SyncError) -> [SignedNote] {
        let path = PeerPath.checkpoints(origin, above: size)
        let bytes = try await get(path, limit: NoteList.byteLimit)
        return try read(path, "a list of checkpoints") { try NoteList(parsing: bytes).notes }
    }

    /// The hashes of a tile; not verified.
    public func tile(_ origin: String, _ tile: Tile) async throws(SyncError) -> [HashValue] {
        let path = PeerPath.tile(origin, tile)
        let count = tile.width * HashValue.byteCount
        let bytes = try await get(path, limit: count)
        guard bytes.count == count else {
            throw .notWhatWasAsked(address, path: path, expected: "\(count) bytes of hashes")
        }
        return stride(from: 0, to: count, by: HashValue.byteCount).compactMap {
            HashValue(bytes: bytes[$0..<($0 + HashValue.byteCount)])
        }
    }

    /// The entries of a bundle from byte `offset` on, of which the caller has the first
    /// `known`; not verified.
    public func bundle(
        _ origin: String, index: UInt64, width: Int, from offset: Int = 0, known: Int = 0
    ) async throws(SyncError) -> [[UInt8]] {
        let path = PeerPath.bundle(origin, index: index, width: width)
        let bytes: [UInt8]
        if let tail = try await tail(origin, index, width, from: known) {
            bytes = tail
        } else {
            bytes = try await get(path, from: offset, limit: EntryBundle.byteLimit)
        }
        let bundle = try read(path, "an entry bundle") { try EntryBundle(parsing: bytes) }
        guard bundle.width == width - known else {
            throw .notWhatWasAsked(
                address, path: path, expected: "\(width - known) entries")
        }
        return bundle.entries
    }

    /// The end of a bundle in gzip, which a range of bytes cannot be; nil if that is no gain, or
    /// unknown to the peer, such as a server of plain files.
    private func tail(
        _ origin: String, _ index: UInt64, _ width: Int, from known: Int
    ) async throws(SyncError) -> [UInt8]? {
        guard known > 0, known < width, transport.compresses(address) else { return nil }
        let path = PeerPath.tail(origin, index: index, width: width, from: known)
        do throws(SyncError) {
            return try await get(path, limit: EntryBundle.byteLimit)
        } catch .status(_, _, 404) {
            return nil
        }
    }

    /// The bytes with that SHA-256.
    public func blob(_ hash: HashValue) async throws(SyncError) -> [UInt8] {
        let bytes = try await get(PeerPath.blob(hash), limit: PeerClient.blobByteLimit)
        guard HashValue(of: bytes) == hash else {
            throw .wrongBlob(address, expected: hash.hexadecimal)
        }
        return bytes
    }

    /// The peer's card, to be believed only by its fingerprint.
    public func card() async throws(SyncError) -> [UInt8] {
        try await get(PeerPath.card, limit: 16_384)
    }

    /// The identities of the split views that the peer knows.
    public func splitViews() async throws(SyncError) -> [HashValue] {
        let bytes = try await get(PeerPath.splitViews, limit: HashList.byteLimit)
        return try read(PeerPath.splitViews, "a list of split views") {
            try HashList(parsing: bytes).hashes
        }
    }

    /// A split view or another proof of a fault; not judged.
    public func fault(_ identity: HashValue) async throws(SyncError) -> FaultProof {
        var path = PeerPath.splitView(identity)
        let bytes: [UInt8]
        do throws(SyncError) { bytes = try await get(path, limit: FaultProof.byteLimit) } catch {
            guard case .status(_, _, let code) = error, 400..<500 ~= code else { throw error }
            path = PeerPath.proof(identity)
            bytes = try await get(path, limit: FaultProof.byteLimit)
        }
        return try read(path, "a proof of a fault") { try FaultProof(parsing: bytes) }
    }

    /// The tree size that is the body of a status 409.
    func size(in body: [UInt8], at path: String) throws(SyncError) -> UInt64 {
        let digits = body.last == 0x0A ? body.dropLast() : body[...]
        guard !digits.isEmpty, digits.count <= 19,
            digits.allSatisfy({ (0x30...0x39).contains($0) }),
            let size = UInt64(String(decoding: digits, as: UTF8.self))
        else { throw .notWhatWasAsked(address, path: path, expected: "a tree size") }
        return size
    }

    /// Parses an answer; one that does not parse is not what was asked for.
    private func read<Value, Failure: Error>(
        _ path: String, _ expected: String, _ parse: () throws(Failure) -> Value
    ) throws(SyncError) -> Value {
        do throws(Failure) { return try parse() } catch {
            throw .notWhatWasAsked(address, path: path, expected: expected)
        }
    }
}
