public import Credentials
import Cryptography
public import Encoding
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

    public init(database: LogDatabase, anchor: Anchor) {
        self.database = database
        self.anchor = anchor
    }

    public func knowledge(
        for file: CredentialFile, question: VerificationQuestion, at now: Timestamp
    ) throws -> Knowledge {
        let credential = try? QualificationCredential(parsing: file.credential)
        return try database.reading { snapshot in
            let reader = LogReader(snapshot: snapshot, now: now)
            guard let credential else { return empty(try snapshot.newestQuorumTime()) }
            // First the home log: the occupations of the qualification are subjects too.
            var subjects: Set<String> = [
                credential.issuer, credential.qualification, credential.country,
            ]
            let indexes = Set([file.batch?.entryIndex].compactMap { $0 })
            guard
                let own = try log(
                    anchor.country, anchor.pin, anchor.policy, subjects, indexes, reader)
            else { return empty(try snapshot.newestQuorumTime()) }
            let peer = own.state.peers[credential.country]
            var home: Knowledge.Log? = credential.country == anchor.country ? own : nil
            if let peer {
                home = try log(
                    credential.country, peer.pin, peer.policy, subjects, indexes, reader)
            }
            subjects.formUnion(
                VerificationSubjects(of: credential, question: question, home: home?.state).all)
            var logs: [Knowledge.Log] = []
            if let log = try log(
                anchor.country, anchor.pin, anchor.policy, subjects, indexes, reader)
            {
                logs.append(log)
            }
            if let peer,
                let log = try log(
                    credential.country, peer.pin, peer.policy, subjects, indexes, reader)
            {
                logs.append(log)
            }
            return Knowledge(
                anchor: anchor, logs: logs,
                statusLists: try statusLists(logs, credential, snapshot),
                provenance: .copies, newestQuorumTime: try snapshot.newestQuorumTime())
        }
    }

    private func empty(_ newest: Timestamp?) -> Knowledge {
        Knowledge(
            anchor: anchor, logs: [], statusLists: [:], provenance: .copies,
            newestQuorumTime: newest)
    }

    private func log(
        _ country: String, _ pin: LogPin, _ policy: WitnessPolicy, _ subjects: Set<String>,
        _ indexes: Set<UInt64>, _ reader: LogReader
    ) throws -> Knowledge.Log? {
        let snapshot = reader.snapshot
        guard let record = try snapshot.log(pin.origin),
            let head = policy.isUnwitnessed
                ? try snapshot.head(pin.origin) : try snapshot.witnessedHead(pin.origin)
        else { return nil }
        var limit = record.size
        var splitView: String?
        switch record.standing {
        case .sound: break
        case .keyMisused(let goodSize): limit = min(limit, goodSize)
        case .frozen:
            splitView = try snapshot.splitViews(pin.origin).first?.hexadecimal ?? "unknown"
        }
        let state = try reader.state(
            pin, about: subjects, at: indexes, below: limit,
            witnessedSize: policy.isUnwitnessed ? limit : head.head.size)
        return Knowledge.Log(
            country: country, state: state, head: head.head,
            quorumTime: policy.isUnwitnessed ? nil : head.quorumTime,
            isUnwitnessed: policy.isUnwitnessed, splitView: splitView)
    }

    private func statusLists(
        _ logs: [Knowledge.Log], _ credential: QualificationCredential, _ snapshot: LogSnapshot
    ) throws -> [HashValue: [UInt8]] {
        var blobs: [HashValue: [UInt8]] = [:]
        for log in logs {
            for standing in log.state.statusLists(
                credential.status.uri, of: credential.issuer)
            {
                blobs[standing.publication.hash] = try snapshot.blob(standing.publication.hash)
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
