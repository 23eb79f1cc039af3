public import Cryptography
public import Encoding
public import Registry
public import Storage
import Sync
public import TransparencyLog

/// Publishes acts in the log of one node, as its one writer.
///
/// `Protocol/entry.md § Admission`. Every act is judged against the log as it stands; what is
/// declined leaves no trace, and several acts are published together or not at all.
public struct Office: Sendable {
    public struct Publication: Hashable, Sendable {
        public let index: UInt64
        public let entry: RegistryEntry
        public let admission: Admission
    }

    public let node: NodeDirectory
    public let card: NodeCard
    public let database: LogDatabase
    private let passphrase: [UInt8]?
    /// One for all copies of this value.
    let anchors = AnchorShelf()

    public init(opening node: NodeDirectory, passphrase: [UInt8]?) throws {
        self.node = node
        card = try node.card()
        database = try LogDatabase(inFolder: node.path)
        self.passphrase = passphrase
    }

    /// Opens a node for questions alone: nothing can be published.
    public init(reading node: NodeDirectory) throws {
        self.node = node
        card = try node.card()
        database = try LogDatabase.reading(inFolder: node.path)
        passphrase = nil
    }

    /// The key of the log, opened.
    func logSigner() throws -> NoteSigner { try node.signer(.log, passphrase: passphrase) }

    /// Refuses a sample's key on a node that is not a sample.
    public func refuseSampleKey(_ file: KeyFile) throws {
        if file.isSample, !card.isSample {
            throw RegistrarError.sampleKeyOutsideSample(role: file.role)
        }
    }

    /// The log's state for some subjects, every entry of it counted: this is our own log.
    public func state(about subjects: Set<String>, at now: Timestamp) throws -> LogState {
        try database.reading { snapshot in
            let size = try snapshot.log(card.pin.origin)?.size ?? 0
            return try LogReader(snapshot: snapshot, now: now).state(
                card.pin, about: subjects, below: size, witnessedSize: size)
        }
    }

    /// The same for a body: its own acts, those about the qualifications, and those about the bodies
    /// that delegated to it.
    public func state(
        of body: String, awarding qualifications: Set<String>, at now: Timestamp
    ) throws -> LogState {
        let subjects = qualifications.union([body])
        let first = try state(about: subjects, at: now)
        let delegators = first.delegators(of: body)
        return delegators.isEmpty
            ? first : try state(about: subjects.union(delegators), at: now)
    }

    /// Admits the entries in their order, appends them and signs the new checkpoint.
    ///
    /// - Throws: `RegistrarError.declined` for the first that the log does not take.
    @discardableResult
    public func publish(
        _ entries: [RegistryEntry], blobs: [[UInt8]] = [], at now: Timestamp
    ) async throws -> [Publication] {
        // The author too: a body's own accreditation says what it may delegate.
        let subjects = Set(entries.flatMap { $0.envelope.subjects + [$0.envelope.author] })
        var state = try state(about: subjects, at: now)
        let origin = card.pin.origin
        let (size, known) = try database.reading { snapshot in
            // The fold leaves batches out; what is in the log already is found by its text.
            let known = try entries.contains {
                try snapshot.entry(origin, identity: $0.identity) != nil
            }
            return (try snapshot.log(origin)?.size ?? 0, known)
        }
        if known { throw RegistrarError.declined(.duplicate) }
        var publications: [Publication] = []
        for (offset, entry) in entries.enumerated() {
            let index = size + UInt64(offset)
            let admission = Admission.decide(entry, into: state, at: index, time: now)
            if case .declined(let objection) = admission {
                throw RegistrarError.declined(objection)
            }
            let logged = LoggedEntry(
                entry: entry, index: index, loggedTime: now, isWitnessed: true)
            try PublicationCheck(state, at: now).check(logged, admission)
            state.apply(logged)
            publications.append(Publication(index: index, entry: entry, admission: admission))
        }
        // Order: a list's bytes are here before an entry names them.
        for blob in blobs { try database.storeBlob(blob, hash: .init(of: blob)) }
        let new = entries.map { entry in
            NewEntry(
                bytes: entry.serialized, identity: entry.identity, kind: entry.envelope.kind,
                subjects: entry.envelope.subjects)
        }
        // The buddy cannot know a generation before its first checkpoint.
        let begins = entries.contains { entry in
            if case .successor = entry.act { true } else { false }
        }
        let buddy = begins ? nil : state.buddyKey
        try await writing(at: now, buddy: buddy) { publisher in
            try await publisher.publish(new, expecting: size)
        }
        return publications
    }

    /// Signs drafts by their authors and publishes them; the root signs with the node's key.
    @discardableResult
    public func publish(
        _ drafts: [ActDraft], signers: [String: NoteSigner] = [:], blobs: [[UInt8]] = [],
        at now: Timestamp
    ) async throws -> [Publication] {
        try await publish(
            drafts, signedBy: signers.mapValues { [$0] }, blobs: blobs, at: now)
    }

    /// The same with several keys of one author, where its mandate asks for them.
    @discardableResult
    public func publish(
        _ drafts: [ActDraft], signedBy signers: [String: [NoteSigner]], blobs: [[UInt8]] = [],
        at now: Timestamp
    ) async throws -> [Publication] {
        var generator = SystemRandomNumberGenerator()
        var root: NoteSigner?
        var entries: [RegistryEntry] = []
        for draft in drafts {
            if draft.author == card.pin.root.name {
                root = try root ?? node.signer(.root, passphrase: passphrase)
            }
            let known =
                draft.author == card.pin.root.name
                ? [root].compactMap { $0 } : signers[draft.author] ?? []
            guard !known.isEmpty else {
                throw RegistrarError.keyMissing(role: draft.author, path: "--key")
            }
            entries.append(
                try draft.entry(
                    for: card.pin.origin, signedBy: known, using: &generator))
        }
        return try await publish(entries, blobs: blobs, at: now)
    }
}
