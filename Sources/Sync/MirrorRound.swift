public import Encoding
internal import Registry
public import Storage
internal import TransparencyLog

/// Cosigns every copy as a mirror, and brings the new lines to the logs' own nodes.
///
/// `Protocol/witness.md § Delivering`: whoever can only dial out takes part all the same.
public struct MirrorRound: Sendable {
    public struct Report: Hashable, Sendable {
        /// The logs of which a new line was made.
        public var origins: [String] = []
        public var failures: [SyncError] = []

        public init() {}
    }

    private let mirror: MirrorCosigner
    private let database: LogDatabase
    private let network: PeerNetwork

    public init(_ mirror: MirrorCosigner, database: LogDatabase, network: PeerNetwork) {
        self.mirror = mirror
        self.database = database
        self.network = network
    }

    public func run(at time: Timestamp, renewal: CosignatureRenewal = .always) async -> Report {
        var report = Report()
        do throws(SyncError) {
            let (logs, records) = try SyncError.storing { () throws(StorageError) in
                try database.read { snapshot throws(StorageError) in
                    (try snapshot.logs(), try snapshot.peers())
                }
            }
            for log in logs where !log.isOwn {
                guard
                    let cosigned = try mirror.cosigned(log.origin, at: time, renewal: renewal),
                    cosigned.isNew
                else { continue }
                report.origins.append(log.origin)
                // A log's node that only dials out finds the line when it asks for this copy.
                for record in records
                where record.isReachable && MirrorRound.writes(record, log.origin) {
                    do throws(SyncError) {
                        try await deliver(cosigned.note, of: log.origin, to: record)
                    } catch {
                        report.failures.append(error)
                    }
                }
            }
        } catch {
            report.failures.append(error)
        }
        return report
    }

    /// Whether a peer is the node that writes that log, in any generation.
    private static func writes(_ record: PeerRecord, _ origin: String) -> Bool {
        if record.origin.utf8.elementsEqual(origin.utf8) { return true }
        guard let known = LogOrigin(parsing: record.origin),
            let log = LogOrigin(parsing: origin)
        else { return false }
        return log.follows(known)
    }

    private func deliver(
        _ note: SignedNote, of origin: String, to record: PeerRecord
    ) async throws(SyncError) {
        let client = network.client(try PeerAddress(parsing: record.url))
        let path = PeerPath.cosignature(origin)
        let answer = try await client.post(path, note.serialized)
        // A policy that does not name this mirror, or another newest tree, is no failure.
        guard [200, 404, 409, 422].contains(answer.status) else {
            throw .status(client.address, path: path, code: answer.status)
        }
    }
}
