internal import Cryptography
internal import Encoding
public import Storage
internal import TransparencyLog

/// What a node holds, how fresh it is, and whether it may sign, in one look at its database.
public struct NodeSurvey: Sendable {
    public struct Log: Sendable {
        public let record: LogRecord
        /// The newest checkpoint that the log signed and that is stored with its entries.
        public let signed: StoredCheckpoint?
        /// The newest checkpoint with a quorum.
        public let witnessed: StoredCheckpoint?
        /// Whether this node remembers all that it cosigned of it.
        public let isMemoryComplete: Bool
        public let scrub: ScrubRecord

        /// Entries of the own log that are stored and under no checkpoint yet.
        public var unsigned: UInt64 {
            record.isOwn ? record.size - min(record.size, signed?.head.size ?? 0) : 0
        }
    }

    /// The own log first, then the others by name.
    public let logs: [Log]
    /// Why nothing is signed; empty if everything may be.
    public let sealed: [String]
    /// The logs of which a fault is proven, once for each proof.
    public let faults: [FaultLine]
    public let peers: [PeerRecord]

    public struct FaultLine: Hashable, Sendable {
        public let accused: String
        public let identity: String
    }

    public init(of database: LogDatabase) throws(StorageError) {
        // What was found when the witnesses were asked says more than that they were not.
        let reasons = try database.sealReasons().map(\.description)
        let (logs, notes, faults, peers) = try database.read { snapshot throws(StorageError) in
            var logs: [Log] = []
            for record in try snapshot.logs() {
                logs.append(
                    Log(
                        record: record, signed: try snapshot.head(record.origin),
                        witnessed: try snapshot.witnessedHead(record.origin),
                        isMemoryComplete: try snapshot.isComplete(.witness, of: record.origin),
                        scrub: try snapshot.scrub(record.origin)))
            }
            let faults = try snapshot.faults().map {
                FaultLine(accused: $0.accused, identity: $0.identity.hexadecimal)
            }
            return (logs, try snapshot.sealNotes(), faults, try snapshot.peers())
        }
        self.logs = logs.sorted { left, right in
            left.record.isOwn != right.record.isOwn
                ? left.record.isOwn : left.record.origin < right.record.origin
        }
        self.faults = faults
        self.peers = peers
        sealed = reasons == [SealReason.notAsked.description] && !notes.isEmpty ? notes : reasons
    }
}
