internal import Cryptography
public import Storage
internal import TransparencyLog

/// Takes entries that a peer brings: the way into a node for a country that can only dial out.
///
/// C2SP tlog-mirror § add-entries, `Protocol/sync.md § Push`. A package is stored only if its
/// proof puts it, and everything that is here before it, under a checkpoint that the log signed.
public struct UploadDesk: Sendable {
    private let database: LogDatabase
    private let rules: LogRules
    private let follower: Follower
    private let limits: FollowLimits

    public init(
        database: LogDatabase, rules: LogRules, limits: FollowLimits = FollowLimits()
    ) {
        self.database = database
        self.rules = rules
        self.limits = limits
        follower = Follower(database: database, rules: rules, limits: limits)
    }

    public func answer(_ body: [UInt8]) throws(SyncError) -> Witness.Answer {
        guard let upload = try? EntryUpload(parsing: body) else {
            return Witness.Answer(400, "not an add-entries request\n")
        }
        guard let state = try follower.state(of: upload.origin) else {
            return Witness.Answer(404, "the log is not known here\n")
        }
        guard !state.log.isOwn else { return Witness.Answer(403, "this is our own log\n") }
        guard state.log.standing == .sound else {
            return Witness.Answer(403, "a split view of this log is known\n")
        }
        guard let checkpoint = checkpoint(for: upload, state) ?? unheard(upload, state) else {
            return try progress(409, of: upload.origin)
        }
        if checkpoint.head.size <= state.log.size {
            return try settled(checkpoint, state.log)
        }
        guard !upload.packages.isEmpty else {
            return upload.isCut
                ? Witness.Answer(400, "no whole package\n") : try progress(409, of: upload.origin)
        }
        let quota = try LogQuota(limits, of: upload.origin, in: database)
        do throws(SyncError) {
            try quota.check(size: checkpoint.head.size)
            try quota.check(
                newBytes: upload.packages.reduce(0) { sum, package in
                    sum + package.entries.reduce(0) { $0 + $1.count }
                })
        } catch {
            guard case .overQuota = error else { throw error }
            return Witness.Answer(507, "\(error)\n")
        }
        var hasTaken = false
        for (number, package) in upload.packages.enumerated() {
            switch try take(package, at: upload.place(of: number), under: checkpoint) {
            case .here: hasTaken = true
            case .above: return try progress(409, of: upload.origin)
            case .refused(let answer): return answer
            }
        }
        let size = try follower.state(of: upload.origin)?.log.size ?? 0
        if size >= checkpoint.head.size {
            return Witness.Answer(200, "")
        }
        return try progress(hasTaken ? 202 : 409, of: upload.origin, under: checkpoint)
    }

    /// The checkpoint under which the entries come: that of the ticket, or one that is here.
    private func checkpoint(for upload: EntryUpload, _ state: Follower.State) -> Checkpoint? {
        let ticket = try? SignedNote(parsing: upload.ticket)
        for note in [ticket, state.pending?.note, state.head?.note].compactMap({ $0 }) {
            guard let head = try? TreeHead(parsing: note.text),
                head.size == upload.range.upperBound,
                head.origin.utf8.elementsEqual(upload.origin.utf8)
            else { continue }
            if let checkpoint = rules.checkpoint(note) { return checkpoint }
        }
        return nil
    }

    /// The checkpoint by a key that only the uploaded entries name, if all of them came at once.
    private func unheard(_ upload: EntryUpload, _ state: Follower.State) -> Checkpoint? {
        guard let note = try? SignedNote(parsing: upload.ticket),
            upload.range.upperBound > state.log.size,
            upload.range.upperBound - state.log.size <= UnheardKey.entryLimit
        else { return nil }
        var growth = LogExtension(extending: state.edge)
        for (number, package) in upload.packages.enumerated() {
            let place = upload.place(of: number)
            guard place.first <= growth.newSize, growth.byteCount <= UnheardKey.byteLimit else {
                return nil
            }
            let known = min(growth.newSize - place.first, UInt64(package.entries.count))
            growth.append(
                contentsOf: package.entries.dropFirst(Int(known)).map(rules.entry))
        }
        return UnheardKey(rules: rules).checkpoint(note, over: growth, of: upload.origin)
    }

    /// A checkpoint over entries that are here: another peer was faster, or it brings lines.
    private func settled(
        _ checkpoint: Checkpoint, _ log: LogRecord
    ) throws(SyncError) -> Witness.Answer {
        do throws(SyncError) { try follower.gather(checkpoint, of: log) } catch {
            guard case .contradicted = error else { throw error }
            return Witness.Answer(422, "\(error)\n")
        }
        return Witness.Answer(200, "")
    }

    private enum Outcome {
        /// Stored now, or before.
        case here
        /// It begins above what is here.
        case above
        case refused(Witness.Answer)
    }

    private func take(
        _ package: EntryUpload.Package, at place: (start: UInt64, first: UInt64, end: UInt64),
        under checkpoint: Checkpoint
    ) throws(SyncError) -> Outcome {
        let origin = checkpoint.head.origin
        for _ in 0..<5 {
            guard let state = try follower.state(of: origin) else {
                return .refused(Witness.Answer(404, "the log is not known here\n"))
            }
            if place.end <= state.log.size { return .here }
            guard place.first <= state.log.size else { return .above }
            let entries = package.entries.dropFirst(Int(state.log.size - place.first))
                .map(rules.entry)
            let proof = PackageProof(
                database: database, head: checkpoint.head, place: place, hashes: package.hashes)
            switch try proof.judge(entries.map(\.leafHash), size: state.log.size) {
            case .proven: break
            case .unproven:
                return .refused(
                    Witness.Answer(422, "the proof does not lead to the checkpoint's root\n"))
            case .otherHistory:
                return .refused(
                    Witness.Answer(422, "what is here is no beginning of this history\n"))
            }
            var growth = LogExtension(extending: state.edge)
            growth.append(contentsOf: entries)
            do throws(StorageError) {
                try store(growth, under: checkpoint, replacing: state)
                return .here
            } catch .sizeConflict, .noteConflict {
                // Somebody else stored the same entries meanwhile: look again.
                continue
            } catch {
                throw .storage(error)
            }
        }
        throw .storage(.noteConflict(origin: origin))
    }

    private func store(
        _ growth: LogExtension, under checkpoint: Checkpoint, replacing state: Follower.State
    ) throws(StorageError) {
        let origin = checkpoint.head.origin
        let record = rules.record(checkpoint)
        // Order: what must be fetched later is remembered before anything names it.
        try database.noteBlobs(growth.entries.flatMap(rules.blobs), namedBy: origin)
        if growth.newSize == checkpoint.head.size {
            try database.append(
                growth, to: origin, record: record, replacing: state.head?.note)
        } else {
            // SPEC: a checkpoint that is noted already is never replaced by a smaller one.
            if state.pending?.head.size ?? 0 < checkpoint.head.size {
                try database.setPending(record)
            }
            try database.append(growth, to: origin)
        }
    }

    private func progress(
        _ status: Int, of origin: String, under checkpoint: Checkpoint? = nil
    ) throws(SyncError) -> Witness.Answer {
        let state = try follower.state(of: origin)
        let note =
            checkpoint?.withoutCosignatures.note ?? state?.pending?.note ?? state?.head?.note
        let size = note.flatMap { try? TreeHead(parsing: $0.text).size } ?? 0
        let progress = UploadProgress(
            size: size, next: state?.log.size ?? 0, ticket: note?.serialized ?? [])
        return Witness.Answer(
            status, String(decoding: progress.serialized, as: UTF8.self),
            contentType: UploadProgress.contentType)
    }
}
