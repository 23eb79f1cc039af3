public import Credentials
import Cryptography
public import Encoding
import Recognition
import Registry
public import Storage
import TransparencyLog
public import Verification

/// Gathers from local copies what one question needs, in one read of the database.
///
/// `Protocol/verification.md § Knowledge`.
public struct KnowledgeReader: Sendable {
    private let database: LogDatabase
    private let anchor: Anchor
    /// The logs as far as a receipt knew them, by origin; nil: as far as they are here.
    private var past: [String: Receipt.Source]?

    public init(database: LogDatabase, anchor: Anchor) {
        self.database = database
        self.anchor = anchor
    }

    public func knowledge(
        for file: CredentialFile, question: VerificationQuestion, at now: Timestamp
    ) throws -> Knowledge {
        try knowledge(for: [file], question: question, at: now)
    }

    /// What was known when a receipt was made: the logs at its sizes, with its quorum times.
    ///
    /// Bad news that no quorum had seen counts in a verdict at once, and is not in here: a
    /// receipt names the witnessed sizes.
    /// - Returns: nil if a copy here is shorter than that, or is missing.
    public func knowledge(
        for files: [CredentialFile], question: VerificationQuestion, asOf receipt: Receipt
    ) throws -> Knowledge? {
        let known = try database.reading { snapshot in
            try receipt.sources.allSatisfy { source in
                try snapshot.log(source.origin).map { $0.size >= source.size } ?? false
            }
        }
        guard known else { return nil }
        var reader = self
        reader.past = Dictionary(
            receipt.sources.map { ($0.origin, $0) }, uniquingKeysWith: { first, _ in first })
        let knowledge = try reader.knowledge(for: files, question: question, at: receipt.asked)
        return Knowledge(
            anchor: anchor, logs: knowledge.logs, awaited: knowledge.awaited,
            statusLists: knowledge.statusLists, provenance: .copies, newestQuorumTime: nil)
    }

    /// The same for several files that are judged together: the logs of all their countries.
    public func knowledge(
        for files: [CredentialFile], question: VerificationQuestion, at now: Timestamp
    ) throws -> Knowledge {
        let credentials = files.compactMap { try? IssuedCredential(parsing: $0.credential) }
        var indexes: [String: Set<UInt64>] = [:]
        for path in files.compactMap(\.batch) {
            indexes[path.origin, default: []].insert(path.entryIndex)
        }
        return try database.reading { snapshot in
            let reader = LogReader(snapshot: snapshot, now: now)
            let newest = try snapshot.newestQuorumTime()
            guard !credentials.isEmpty else { return empty(newest, awaited: []) }
            // First the qualifications: their occupations are subjects too.
            var known = credentials.reduce(into: Set(question.target.subjects)) {
                subjects, credential in
                subjects.formUnion([credential.frame.issuer, credential.frame.country])
                if case .award(let award) = credential { subjects.insert(award.qualification) }
                subjects.formUnion(credential.usedBodies)
            }
            known.formUnion(try expected(known, credentials, question, reader))
            // What a decision uses may have been declared void where it was made.
            let used = Set(credentials.flatMap(\.usedBodies)).compactMap { OwnedName($0).country }
            let countries = Set(credentials.map(\.frame.country)).union(used)
            var (logs, awaited) = try logs(countries, known, indexes, reader)
            guard !logs.isEmpty else { return empty(newest, awaited: awaited) }
            let needed = credentials.reduce(into: Set<String>()) { needed, credential in
                needed.formUnion(
                    VerificationSubjects(
                        of: credential, question: question,
                        home: logs.first { $0.country == credential.frame.country }?.state,
                        destination: logs.first { $0.country == anchor.country }?.state
                    ).all)
            }
            if !needed.isSubset(of: known) {
                (logs, awaited) = try self.logs(
                    countries, known.union(needed), indexes, reader)
            }
            return Knowledge(
                anchor: anchor, logs: logs, awaited: awaited,
                statusLists: try statusLists(logs, credentials, snapshot),
                provenance: .copies, newestQuorumTime: newest)
        }
    }

    /// What the logs of the countries say about the subjects, for a question without a certificate.
    public func knowledge(
        of countries: Set<String>, about subjects: Set<String>, at now: Timestamp
    ) throws -> Knowledge {
        try database.reading { snapshot in
            let reader = LogReader(snapshot: snapshot, now: now)
            let newest = try snapshot.newestQuorumTime()
            let (logs, awaited) = try logs(countries, subjects, [:], reader)
            return Knowledge(
                anchor: anchor, logs: logs, awaited: awaited, statusLists: [:],
                provenance: .copies, newestQuorumTime: newest)
        }
    }

    /// What the question will turn out to be about, read off the acts before any of them is
    /// judged, so that one fold is mostly enough.
    ///
    /// It decides nothing: what is too much changes no answer, and what is missing is read when
    /// the fold shows it.
    private func expected(
        _ subjects: Set<String>, _ credentials: [IssuedCredential],
        _ question: VerificationQuestion, _ reader: LogReader
    ) throws -> Set<String> {
        let snapshot = reader.snapshot
        func acts(_ origin: String, _ kind: String, about subjects: Set<String>) throws -> [Act] {
            guard let size = try snapshot.log(origin)?.size else { return [] }
            let selection = EntrySelection(subjects: subjects, onlyKinds: [kind])
            return try snapshot.entries(origin, selecting: selection, below: size)
                .compactMap { try? RegistryEntry(parsing: $0.bytes).act }
        }
        let own = try snapshot.newestGeneration(of: anchor.pin, under: anchor.policy).origin
        let countries = Set(credentials.map(\.frame.country)).subtracting([anchor.country])
        var origins: Set = [own]
        if !countries.isEmpty {
            for case .peer(let peer) in try acts(own, "peer", about: countries) {
                origins.insert(
                    try snapshot.newestGeneration(of: peer.pin, under: peer.policy).origin)
            }
        }
        var found: Set<String> = []
        if question.purpose == .level, question.target["fw"] == nil,
            let size = try snapshot.log(own)?.size
        {
            // Whose levels are meant, where nobody says.
            for entry in try snapshot.entries(
                own, selecting: EntrySelection(kinds: ["framework"]), below: size)
            {
                guard case .framework(let act)? = try? RegistryEntry(parsing: entry.bytes).act
                else { continue }
                found.insert(act.id)
            }
        }
        if let place = question.destination {
            found.formUnion([place, String(place.prefix { $0 != "-" })])
        }
        for origin in origins {
            for case .qualification(let act) in try acts(
                origin, "qualification", about: subjects)
            {
                found.formUnion(act.isco08.map { "isco:\($0)" })
            }
        }
        return found
    }

    /// A copy as it was found.
    private enum Copy {
        case absent
        /// Here, but no quorum of its witnesses has seen a head of it.
        case awaited(Knowledge.AwaitedLog)
        case present(Knowledge.Log)
    }

    /// The anchor's log, and those that it names for the countries.
    private func logs(
        _ countries: Set<String>, _ subjects: Set<String>,
        _ indexes: [String: Set<UInt64>], _ reader: LogReader
    ) throws -> (logs: [Knowledge.Log], awaited: [Knowledge.AwaitedLog]) {
        let own: Knowledge.Log
        switch try log(anchor.country, anchor.pin, anchor.policy, subjects, indexes, reader) {
        case .absent: return ([], [])
        case .awaited(let log): return ([], [log])
        case .present(let log): own = log
        }
        var logs = [own]
        var awaited: [Knowledge.AwaitedLog] = []
        let peers = own.state.peers
        for country in countries.subtracting([anchor.country]).sorted() {
            guard let peer = peers[country] else { continue }
            switch try log(country, peer.pin, peer.policy, subjects, indexes, reader) {
            case .absent: continue
            case .awaited(let log): awaited.append(log)
            case .present(let log): logs.append(log)
            }
        }
        return (logs, awaited)
    }

    private func empty(_ newest: Timestamp?, awaited: [Knowledge.AwaitedLog]) -> Knowledge {
        Knowledge(
            anchor: anchor, logs: [], awaited: awaited, statusLists: [:], provenance: .copies,
            newestQuorumTime: newest)
    }

    private func log(
        _ country: String, _ pinned: LogPin, _ policy: WitnessPolicy, _ subjects: Set<String>,
        _ indexes: [String: Set<UInt64>], _ reader: LogReader
    ) throws -> Copy {
        let snapshot = reader.snapshot
        let pin = try snapshot.newestGeneration(of: pinned, under: policy)
        guard let record = try snapshot.log(pin.origin),
            let newest = try snapshot.head(pin.origin)
        else { return .absent }
        if let past { return try copy(country, pin, policy, subjects, indexes, past, reader) }
        guard let head = policy.isUnwitnessed ? newest : try snapshot.witnessedHead(pin.origin)
        else {
            return .awaited(
                Knowledge.AwaitedLog(country: country, origin: pin.origin, policy: policy))
        }
        var limit = record.size
        var splitView: String?
        switch record.standing {
        case .sound: break
        case .keyMisused(let goodSize): limit = min(limit, goodSize)
        case .frozen:
            splitView = try snapshot.splitViews(pin.origin).first?.hexadecimal ?? "unknown"
        }
        let state = try reader.state(
            pin, about: subjects, at: pin.indexes(among: indexes), below: limit,
            witnessedSize: policy.isUnwitnessed ? limit : head.head.size)
        return .present(
            Knowledge.Log(
                country: country, state: state, head: head.head,
                quorumTime: policy.isUnwitnessed ? nil : head.quorumTime,
                isUnwitnessed: policy.isUnwitnessed, splitView: splitView))
    }

    /// A log at the size at which a receipt knew it.
    private func copy(
        _ country: String, _ pin: LogPin, _ policy: WitnessPolicy, _ subjects: Set<String>,
        _ indexes: [String: Set<UInt64>], _ past: [String: Receipt.Source], _ reader: LogReader
    ) throws -> Copy {
        guard let source = past[pin.origin] else { return .absent }
        let state = try reader.state(
            pin, about: subjects, at: indexes[pin.origin] ?? [], below: source.size,
            witnessedSize: source.size)
        let root = try reader.snapshot.root(pin.origin, size: source.size)
        return .present(
            Knowledge.Log(
                country: country, state: state,
                head: try TreeHead(origin: pin.origin, size: source.size, root: root),
                quorumTime: policy.isUnwitnessed ? nil : source.quorumTime,
                isUnwitnessed: policy.isUnwitnessed))
    }

    private func statusLists(
        _ logs: [Knowledge.Log], _ credentials: [IssuedCredential], _ snapshot: LogSnapshot
    ) throws -> [HashValue: [UInt8]] {
        var blobs: [HashValue: [UInt8]] = [:]
        for log in logs {
            for frame in credentials.map(\.frame) where frame.country == log.country {
                for standing in log.state.statusLists(frame.status.uri, of: frame.issuer) {
                    let hash = standing.publication.hash
                    if blobs[hash] == nil { blobs[hash] = try snapshot.blob(hash) }
                }
            }
        }
        return blobs
    }
}

extension LogDatabase {
    /// Reads one state of the database, whatever the body throws.
    func reading<Value>(_ body: (LogSnapshot) throws -> Value) throws -> Value {
        var failure: (any Error)?
        let value = try read { snapshot throws(StorageError) -> Value? in
            do { return try body(snapshot) } catch {
                failure = error
                return nil
            }
        }
        if let failure { throw failure }
        guard let value else { preconditionFailure("a body returns or throws") }
        return value
    }
}
