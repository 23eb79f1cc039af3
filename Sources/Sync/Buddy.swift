public import Encoding
public import Storage
public import TransparencyLog

/// Grants other logs one root for each size, ever: the side that is asked.
///
/// `Protocol/log.md § Buddy`. Memory before signature, as with a witness.
public struct Buddy: Sendable {
    private let database: LogDatabase
    private let signer: NoteSigner
    private let rules: LogRules

    /// - Precondition: the signer's key is of type `cosignature`.
    public init(database: LogDatabase, signer: NoteSigner, rules: LogRules) {
        precondition(signer.verifier.algorithm == .cosignature, "a witness's key grants")
        self.database = database
        self.signer = signer
        self.rules = rules
    }

    public func answer(_ body: [UInt8], at time: Timestamp) throws(SyncError) -> Witness.Answer {
        guard let request = try? GrantRequest(parsing: body) else {
            return Witness.Answer(400, "not a request for a grant\n")
        }
        let origin = request.head.origin
        let keys = rules.keys(origin, request.head.size)
        let decision: GrantDecision?
        do throws(StorageError) {
            decision = try database.grant(origin) { context in
                guard !context.isOwn, context.standing == .sound else { return (nil, nil) }
                let decision = GrantDecision.decide(
                    request, keys: keys, latest: context.latest)
                if case .grant(let head) = decision { return (head, decision) }
                return (nil, decision)
            }
        } catch .sealed {
            return Witness.Answer(503, "this node is sealed and grants nothing\n")
        } catch .incompleteMemory {
            return Witness.Answer(503, "this buddy does not know all that it granted\n")
        } catch {
            throw .storage(error)
        }
        switch decision {
        case nil: return Witness.Answer(403, "our own log, or one that forked\n")
        case .grant(let head):
            // Crash point: the head is on disk; asked again, the same head is granted again.
            return Witness.Answer(200, signer.grant(head, at: time).line)
        case .conflict(let size):
            return Witness.Answer(409, "\(size)\n", contentType: "text/x.tlog.size")
        case .some(let decision):
            return Witness.Answer(decision.statusCode, "not granted\n")
        }
    }
}

extension WitnessContact {
    /// Asks this buddy for its grant of a head of the own log: the side that asks.
    ///
    /// - Throws: `buddyRefused` if it granted or saw what is no prefix of ours, `buddySilent`
    ///   if it cannot be asked.
    func grant(
        _ head: TreeHead, signer: NoteSigner, since guess: UInt64,
        proof: (_ oldSize: UInt64) throws(SyncError) -> ConsistencyProof
    ) async throws(SyncError) {
        var oldSize = guess
        for _ in 0..<3 {
            guard
                let request = try? GrantRequest(
                    head, oldSize: oldSize, proof: try proof(oldSize).hashes, signedBy: signer)
            else { throw .unknownLog(origin: head.origin) }
            let answer: PeerClient.Answer
            do throws(SyncError) {
                answer = try await client.post(PeerPath.grant, request.serialized)
            } catch {
                throw .buddySilent(name: name, reason: error.description)
            }
            switch answer.status {
            case 200:
                let lines = (try? NoteSignature.list(parsing: answer.body)) ?? []
                guard lines.contains(where: { key.grants(head, by: $0) }) else {
                    throw .buddySilent(name: name, reason: "its answer is not signed by its key")
                }
                return
            case 409:
                let size = try client.size(in: answer.body, at: PeerPath.grant)
                // SPEC: one root for each size, ever.
                guard size < head.size || (size == head.size && oldSize != size) else {
                    throw .buddyRefused(name: name, size: size)
                }
                oldSize = size
            case 422: throw .buddyRefused(name: name, size: oldSize)
            default:
                throw .buddySilent(name: name, reason: "it answers with status \(answer.status)")
            }
        }
        throw .buddySilent(name: name, reason: "it grants other roots meanwhile")
    }
}
