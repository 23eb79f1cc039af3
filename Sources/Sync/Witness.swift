public import Encoding
public import Storage
public import TransparencyLog

/// Cosigns the checkpoints of other logs: each an extension of all that it cosigned before.
///
/// C2SP tlog-witness, `Protocol/witness.md`. Memory before signature: what it is about to
/// cosign is on disk first, in the transaction in which it was compared.
public struct Witness: Sendable {
    /// An answer over HTTP.
    public struct Answer: Hashable, Sendable {
        public let status: Int
        public let contentType: String
        public let body: [UInt8]
    }

    private let database: LogDatabase
    private let signer: NoteSigner
    private let rules: LogRules

    /// - Precondition: the signer's key is of type `cosignature`.
    public init(database: LogDatabase, signer: NoteSigner, rules: LogRules) {
        precondition(signer.verifier.algorithm == .cosignature, "a witness's key cosigns")
        self.database = database
        self.signer = signer
        self.rules = rules
    }

    /// The key under which the answers verify.
    public var verifier: NoteKey { signer.verifier }

    /// Answers `add-checkpoint`.
    ///
    /// - Parameter time: the witness's clock; it stands in the cosignature.
    public func answer(_ body: [UInt8], at time: Timestamp) throws(SyncError) -> Answer {
        let request: WitnessRequest
        do throws(LogError) { request = try WitnessRequest(parsing: body) } catch {
            // SPEC: a signature line that cannot be read is a signature that is not there.
            switch error {
            case .wrongForm(.signatureLine, _), .keyName:
                return Answer(403, "a signature line cannot be read\n")
            default: return Answer(400, "not an add-checkpoint request\n")
            }
        }
        let origin = request.head.origin
        let keys = rules.keys(origin, request.head.size)
        let decision: Decision
        do throws(StorageError) {
            decision = try database.cosign(origin) { context in
                // SPEC: nobody witnesses the own log, and nobody helps a log that forked.
                guard !context.isOwn else { return (nil, .refused("this is our own log\n")) }
                guard !context.isHalted(at: request.head.size) else {
                    return (nil, .refused("a split view of this log is known\n"))
                }
                let decision = WitnessDecision.decide(
                    request, keys: keys, latest: context.latest)
                if case .cosign(let checkpoint) = decision {
                    return (checkpoint.head, .made(decision))
                }
                return (nil, .made(decision))
            }
        } catch .sealed {
            // SPEC: a witness that may have forgotten something signs nothing.
            return Answer(503, "this node is sealed and cosigns nothing\n")
        } catch .incompleteMemory {
            return Answer(503, "this witness does not know all that it cosigned\n")
        } catch {
            throw .storage(error)
        }
        switch decision {
        case .refused(let text): return Answer(403, text)
        case .made(.cosign(let checkpoint)):
            // Crash point: the head is on disk; asked again, the same head is cosigned anew.
            return Answer(200, signer.cosign(checkpoint.head, at: time).line)
        case .made(.conflict(let size)):
            return Answer(409, "\(size)\n", contentType: "text/x.tlog.size")
        case .made(let decision):
            return Answer(decision.statusCode, Witness.text(decision))
        }
    }

    private enum Decision {
        case refused(String)
        case made(WitnessDecision)
    }

    private static func text(_ decision: WitnessDecision) -> String {
        switch decision {
        case .cosign, .conflict: ""
        case .unknownLog: "the log is not known here\n"
        case .badSignature: "no signature by a key of the log verifies\n"
        case .oldSizeTooLarge: "the old size is above the checkpoint's\n"
        case .inconsistent: "the proof does not lead from the old root to the new one\n"
        }
    }
}

extension Witness.Answer {
    init(_ status: Int, _ text: String, contentType: String = "text/plain; charset=utf-8") {
        self.init(status: status, contentType: contentType, body: Array(text.utf8))
    }
}
