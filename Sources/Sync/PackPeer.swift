internal import Cryptography
internal import TransparencyLog

/// Answers out of a pack as a node would over HTTP (`Protocol/pack.md § Reading`).
///
/// What the pack holds in another form is made from it: a narrower bundle from a wider one, the
/// leaf hashes of a bundle from its entries, kept checkpoints above a size from its lists.
struct PackPeer: PeerTransport {
    let pack: Pack

    func send(
        _ request: PeerRequest, to address: PeerAddress, limit: Int
    ) async throws(SyncError) -> PeerClient.Answer {
        // Nothing can be handed to a file.
        guard request.body == nil else { return PeerClient.Answer(status: 405, body: []) }
        let found: [UInt8]?
        do throws(PackFault) { found = try answer(request.path) } catch {
            throw .pack(file: pack.path, error)
        }
        guard let bytes = found else { return PeerClient.Answer(status: 404, body: []) }
        guard bytes.count <= limit else {
            throw .tooLarge(address, path: request.path, limit: limit)
        }
        guard request.offset > 0 else { return PeerClient.Answer(status: 200, body: bytes) }
        return PeerClient.Answer(status: 206, body: Array(bytes.dropFirst(request.offset)))
    }

    private func answer(_ path: String) throws(PackFault) -> [UInt8]? {
        if let bytes = try pack.bytes(at: path) { return bytes }
        if path == PeerPath.splitViews { return HashList([]).serialized }
        guard let place = PackPart.LogPlace(path) else { return nil }
        if place.rest.hasPrefix("checkpoints/") {
            guard let size = UInt64(place.rest.dropFirst("checkpoints/".count)) else { return nil }
            return try checkpoints(place.log, above: size)
        }
        if let (index, width) = try? EntryBundle.position(parsing: place.rest) {
            return try bundle(place.log, index, width).flatMap {
                try? EntryBundle($0).serialized
            }
        }
        guard let tile = try? Tile(parsing: place.rest) else { return nil }
        return try self.tile(place.log, tile)
    }

    private func checkpoints(_ log: String, above size: UInt64) throws(PackFault) -> [UInt8] {
        var notes: [UInt64: SignedNote] = [:]
        for path in pack.lists(in: log) {
            guard let bytes = try pack.bytes(at: path), let list = try? NoteList(parsing: bytes)
            else { continue }
            for note in list.notes {
                guard let head = try? TreeHead(parsing: note.text), head.size > size else {
                    continue
                }
                notes[head.size] = note
            }
        }
        let wanted = notes.sorted { $0.key < $1.key }.prefix(NoteList.countLimit)
        return NoteList(wanted.map(\.value)).serialized
    }

    /// The first entries of a bundle that is there whole.
    private func bundle(
        _ log: String, _ index: UInt64, _ width: Int
    ) throws(PackFault) -> [[UInt8]]? {
        let path = "\(log)/\(EntryBundle.path(index: index, width: Tile.fullWidth))"
        guard let bytes = try pack.bytes(at: path), let bundle = try? EntryBundle(parsing: bytes),
            bundle.width >= width
        else { return nil }
        return Array(bundle.entries.prefix(width))
    }

    private func tile(_ log: String, _ tile: Tile) throws(PackFault) -> [UInt8]? {
        if tile.level == 0 {
            let path = "\(log)/\(EntryBundle.path(index: tile.index, width: tile.width))"
            let exact = try pack.bytes(at: path).flatMap { try? EntryBundle(parsing: $0).entries }
            let wider = try bundle(log, tile.index, tile.width)
            guard let entries = exact ?? wider, entries.count == tile.width else { return nil }
            return entries.flatMap { MerkleTree.leafHash($0).bytes }
        }
        guard tile.width < Tile.fullWidth,
            let whole = try? Tile(level: tile.level, index: tile.index, width: Tile.fullWidth),
            let bytes = try pack.bytes(at: "\(log)/\(whole.path)")
        else { return nil }
        return Array(bytes.prefix(tile.width * HashValue.byteCount))
    }
}
