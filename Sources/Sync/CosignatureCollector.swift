internal import Cryptography
public import Encoding
public import Storage
internal import TransparencyLog

/// Asks the witnesses of a policy to cosign the newest checkpoint of the node's own log.
///
/// C2SP tlog-witness § add-checkpoint, `Protocol/witness.md § Collecting`. An absent witness
/// delays the quorum and loses nothing.
public struct CosignatureCollector: Sendable {
    /// What came of asking.
    public struct Report: Hashable, Sendable {
        /// The newest cosignature of each witness, by its name in the policy.
        public var times: [String: Timestamp] = [:]
        /// When a quorum had seen the checkpoint; nil while too few did.
        public var quorumTime: Timestamp?
        public var failures: [SyncError] = []
    }

    private let database: LogDatabase
    private let rules: LogRules

    public init(database: LogDatabase, rules: LogRules) {
        self.database = database
        self.rules = rules
    }

    /// Asks all witnesses at once whose cosignature is missing or due, and stores what verifies.
    func collect(
        for origin: String, from witnesses: [WitnessContact],
        renewal: CosignatureRenewal = .always
    ) async throws(SyncError) -> Report {
        var report = Report()
        let (head, witnessed) = try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in
                (try snapshot.head(origin), try snapshot.witnessedHead(origin))
            }
        }
        guard let head, let policy = rules.policy(origin) else {
            throw .unknownLog(origin: origin)
        }
        guard
            let checkpoint = rules.keys(origin, head.head.size).lazy
                .compactMap({ try? Checkpoint(opening: head.note, signedBy: $0) }).first
        else { throw .notOwnKey(origin: origin) }
        let guess = witnessed?.head.size ?? 0
        let due = witnesses.filter { witness in
            renewal.isDue(checkpoint.note.cosignatureTime(by: witness.key))
        }.reduce(into: [PeerClient]()) { clients, witness in
            // Two roles at one address are asked once.
            if !clients.contains(where: { $0.address == witness.client.address }) {
                clients.append(witness.client)
            }
        }
        let results = await withTaskGroup(of: TaskOutcome<[NoteSignature]>.self) { group in
            for client in due {
                group.addTask {
                    do throws(SyncError) {
                        let lines = try await ask(client, checkpoint, from: guess, policy)
                        return TaskOutcome(.success(lines))
                    } catch {
                        return TaskOutcome(.failure(error))
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1.result) }
        }
        var lines: [NoteSignature] = []
        for result in results {
            switch result {
            case .success(let more): lines += more
            case .failure(let error): report.failures.append(error)
            }
        }
        let record = try store(checkpoint, lines)
        report.times = policy.cosignatureTimes(of: record.checkpoint)
        report.quorumTime = record.quorumTime
        return report
    }

    /// One witness's lines; the size that it knows is guessed, then taken from its answer.
    private func ask(
        _ client: PeerClient, _ checkpoint: Checkpoint, from guess: UInt64,
        _ policy: WitnessPolicy
    ) async throws(SyncError) -> [NoteSignature] {
        let head = checkpoint.head
        var oldSize = guess
        for _ in 0..<3 {
            let proof = try SyncError.storing { () throws(StorageError) in
                try database.read { snapshot throws(StorageError) in
                    try snapshot.consistencyProof(head.origin, from: oldSize, to: head.size)
                }
            }
            guard
                let request = try? WitnessRequest(
                    oldSize: oldSize, proof: proof.hashes,
                    note: checkpoint.withoutCosignatures.note)
            else { throw .unknownLog(origin: head.origin) }
            let answer = try await client.post(PeerPath.addCheckpoint, request.serialized)
            switch answer.status {
            case 200:
                let lines = (try? NoteSignature.list(parsing: answer.body)) ?? []
                let valid = policy.valid(lines, for: checkpoint)
                guard !valid.isEmpty else {
                    throw .noValidCosignature(client.address, origin: head.origin)
                }
                return valid
            case 409:
                oldSize = try client.size(in: answer.body, at: PeerPath.addCheckpoint)
                guard oldSize <= head.size else {
                    throw .witnessAhead(client.address, origin: head.origin, size: oldSize)
                }
            case 404:
                throw .notAdded(client.address, origin: head.origin)
            default:
                throw .status(client.address, path: PeerPath.addCheckpoint, code: answer.status)
            }
        }
        throw .status(client.address, path: PeerPath.addCheckpoint, code: 409)
    }

    /// Adds the lines to the note as it is now, or keeps them if the log has grown meanwhile.
    private func store(
        _ checkpoint: Checkpoint, _ lines: [NoteSignature]
    ) throws(SyncError) -> CheckpointRecord {
        let follower = Follower(database: database, rules: rules)
        let current = rules.record(checkpoint, adding: lines)
        if !lines.isEmpty { try follower.adopt(current) }
        return current
    }
}
