internal import Cryptography
internal import Encoding
public import TransparencyLog

/// An extract that differs from the fold at its own sizes, with all entries of one of its logs.
///
/// `Protocol/log.md § Proofs of faults`. The entries lead to the root that the extract itself
/// states, so that none of them is left out; whose checkpoint it was does not matter.
public struct ExtractFault: Hashable, Sendable {
    public let note: SignedNote
    /// The extract key that is accused.
    public let signer: NoteKey
    public let origin: String
    /// The entries of that log, from the first to the size that the extract states.
    public let entries: [[UInt8]]

    public init(note: SignedNote, signer: NoteKey, origin: String, entries: [[UInt8]]) {
        self.note = note
        self.signer = signer
        self.origin = origin
        self.entries = entries
    }

    /// What the extract says and the log does not, or the other way round.
    public enum Difference: Hashable, Sendable {
        /// It lists an act at an index where the log has another entry.
        case otherEntry(index: UInt64)
        /// It lists an act that has no effect.
        case withoutEffect(index: UInt64)
        /// It leaves out an act that has effect.
        case leftOut(index: UInt64)
        /// It states another end of an act than the log.
        case otherEnd(index: UInt64)
        /// It states a status list that nobody published.
        case inventedList(String)
    }

    /// The first difference that the log's times do not explain; nil if there is none, if the
    /// signature or the root is not right, or if no key is the log's first root.
    ///
    /// Effects that depend on the day on which an entry was logged (the period of a mandate,
    /// the accreditation of a body) are left out: a file cannot prove when that was.
    public func difference(keys: [NoteKey]) -> Difference? {
        guard signer.algorithm == .ed25519, keys.contains(signer), note.isSigned(by: signer),
            let extract = try? Extract(parsing: note.text),
            let head = extract.heads.first(where: { $0.origin == origin }),
            head.size == UInt64(entries.count),
            head.root == MerkleTree.root(of: entries.map(MerkleTree.leafHash)),
            let listed = try? extract.lines(of: origin)
        else { return nil }
        let parsed = entries.map { try? RegistryEntry(parsing: $0) }
        for line in listed {
            guard line.index < head.size, parsed[Int(line.index)]?.identity == line.act else {
                return .otherEntry(index: line.index)
            }
        }
        if let list = inventedList(extract, parsed) { return list }
        guard let pin = pin(parsed, keys) else { return nil }
        return difference(extract, head, listed, parsed, pin)
    }

    /// The root that stated itself first, if the reader knows it.
    private func pin(_ parsed: [RegistryEntry?], _ keys: [NoteKey]) -> LogPin? {
        for case let entry? in parsed {
            guard case .key(let act) = entry.act, act.role == .root, let next = act.nextRoot,
                keys.contains(act.key), entry.note.isSigned(by: act.key)
            else { continue }
            return LogPin(
                origin: origin, root: act.key, nextRoot: next,
                predecessors: predecessors(parsed))
        }
        return nil
    }

    /// The generations before, as the log's own successor acts name them.
    private func predecessors(_ parsed: [RegistryEntry?]) -> [LogPin.Predecessor] {
        parsed.enumerated().compactMap { index, entry in
            guard case .successor(let act) = entry?.act, act.size == UInt64(index) else {
                return nil
            }
            return LogPin.Predecessor(origin: act.predecessor, size: act.size)
        }
    }

    private func inventedList(
        _ extract: Extract, _ parsed: [RegistryEntry?]
    ) -> Difference? {
        // Lists do not say of which log they are: with one log it is this one.
        guard extract.heads.count == 1 else { return nil }
        var published: Set<[String]> = []
        for case let entry? in parsed {
            guard case .statusList(let list) = entry.act else { continue }
            published.insert([list.body, list.list, "\(list.number)", list.hash.hexadecimal])
        }
        for list in extract.lists
        where !published.contains([list.body, list.list, "\(list.number)", list.hash.hexadecimal]) {
            return .inventedList(list.list)
        }
        return nil
    }

    private func difference(
        _ extract: Extract, _ head: Extract.Head, _ listed: [Extract.Line],
        _ parsed: [RegistryEntry?], _ pin: LogPin
    ) -> Difference? {
        let state = state(extract, head, parsed, pin)
        let fold = Extract(folding: [(head, state)], about: Set(extract.subjects))
        guard let folded = try? fold.lines(of: origin) else { return nil }
        let theirs = Dictionary(listed.map { ($0.index, $0) }, uniquingKeysWith: { one, _ in one })
        let ours = Dictionary(folded.map { ($0.index, $0) }, uniquingKeysWith: { one, _ in one })
        for line in folded where isTimeless(line, parsed, pin) {
            guard let stated = theirs[line.index] else { return .leftOut(index: line.index) }
            guard stated.end == line.end else { return .otherEnd(index: line.index) }
        }
        // Ends may concern what this fold leaves out: batches, and what bodies did.
        for line in listed
        where !["withdrawal", "status-event"].contains(line.kind) && !line.isUnknown {
            guard ours[line.index] != nil else { return .withoutEffect(index: line.index) }
        }
        return nil
    }

    private func isTimeless(
        _ line: Extract.Line, _ parsed: [RegistryEntry?], _ pin: LogPin
    ) -> Bool {
        guard !line.isUnknown else { return false }
        return line.kind != "status-event"
            || parsed[Int(line.index)]?.envelope.author == pin.root.name
    }

    /// What shapes the log, and what is about the extract's subjects, at one time for all.
    private func state(
        _ extract: Extract, _ head: Extract.Head, _ parsed: [RegistryEntry?], _ pin: LogPin
    ) -> LogState {
        let governance = parsed.compactMap { $0?.envelope }.filter {
            Act.governanceKinds.contains($0.kind)
        }
        let scope = Set(extract.subjects + governance.flatMap(\.subjects) + [pin.root.name])
        let time = head.quorumTime ?? Timestamp(seconds: 0)
        var logged: [LoggedEntry] = []
        for (index, entry) in parsed.enumerated() {
            guard let entry, !["batch", "status-list"].contains(entry.envelope.kind),
                Act.governanceKinds.contains(entry.envelope.kind)
                    || !scope.isDisjoint(with: entry.envelope.subjects)
            else { continue }
            logged.append(
                LoggedEntry(
                    entry: entry, index: UInt64(index), loggedTime: time, isWitnessed: true))
        }
        return LogState(pin: pin, folding: logged)
    }

    /// One lie is one proof, whichever lines stand under the extract.
    var identity: HashValue {
        HashValue(of: Array("extract\n\(signer)\n\(origin)\n\(note.text)".utf8))
    }
}
