public import Cryptography
public import Storage

/// What can go wrong between nodes.
public enum SyncError: Error, Hashable, Sendable {
    // Reaching a peer.
    case badAddress(expected: String)
    case unreachable(PeerAddress, reason: String)
    case timeout(PeerAddress, path: String, seconds: Int)
    case tooLarge(PeerAddress, path: String, limit: Int)
    case status(PeerAddress, path: String, code: Int)
    case cancelled

    // What a peer gave.
    case notWhatWasAsked(PeerAddress, path: String, expected: String)
    case wrongKey(PeerAddress, origin: String, size: UInt64)
    case wrongLog(PeerAddress, expected: String)
    case wrongEntries(PeerAddress, origin: String, size: UInt64)
    case wrongTiles(PeerAddress, origin: String, size: UInt64)
    case wrongBlob(PeerAddress, expected: String)
    case unreconciled(PeerAddress, origin: String, size: UInt64)
    case witnessAhead(PeerAddress, origin: String, size: UInt64)
    case noValidCosignature(PeerAddress, origin: String)
    case notAdded(PeerAddress, origin: String)
    case pack(file: String, PackFault)
    case contradicted(origin: String, size: UInt64, proof: HashValue?)

    // What this node will not do.
    case unknownLog(origin: String)
    case halted(origin: String, size: UInt64)
    case overQuota(origin: String, what: String, limit: UInt64)
    case notOwnKey(origin: String)
    case secondLook(origin: String, size: UInt64)
    case buddySilent(name: String, reason: String)
    case buddyRefused(name: String, size: UInt64)
    case storage(StorageError)
}

extension SyncError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .badAddress(let expected):
            "not an address of a node: expected \(expected)"
        case .unreachable(let peer, let reason):
            "\(peer) cannot be reached: \(reason); check its address and that it runs"
        case .timeout(let peer, let path, let seconds):
            "\(peer) did not send \(path) in time (\(seconds) s)"
        case .tooLarge(let peer, let path, let limit):
            "\(peer) sends more than \(limit) bytes for \(path)"
        case .status(let peer, let path, let code):
            "\(peer) answers \(path) with status \(code)"
        case .cancelled:
            "stopped before the end"
        case .notWhatWasAsked(let peer, let path, let expected):
            "expected \(expected) from \(peer) at \(path), found something else; is it a node of "
                + "Concord?"
        case .unknownLog(let origin):
            "\(origin) is not a log that this node knows; add it as a peer first"
        case .pack(let file, let fault):
            "\(file): \(fault.description)"
        case .storage(let error):
            error.description
        default: content
        }
    }

    private var content: String {
        switch self {
        case .wrongKey(let peer, let origin, let size):
            "\(peer) shows a checkpoint of \(origin) at size \(size) that no key signed which "
                + "the log's root named for that size"
        case .wrongLog(let peer, let expected):
            "expected a checkpoint of \(expected) from \(peer), found one of another log"
        case .wrongEntries(let peer, let origin, let size):
            "the entries of \(origin) that \(peer) sends do not lead to its checkpoint at size "
                + "\(size); nothing was written"
        case .wrongTiles(let peer, let origin, let size):
            "the hashes of \(origin) that \(peer) sends do not lead to its checkpoint at size "
                + "\(size)"
        case .wrongBlob(let peer, let expected):
            "the bytes that \(peer) sends do not have the SHA-256 \(expected)"
        case .unreconciled(let peer, let origin, let size):
            "\(peer) shows a checkpoint of \(origin) at size \(size) that cannot be compared with "
                + "ours yet"
        case .witnessAhead(let peer, let origin, let size):
            "the witness at \(peer) has seen \(size) entries of \(origin), more than are here: "
                + "this node was restored from a backup, or its key is in use elsewhere"
        case .noValidCosignature(let peer, let origin):
            "\(peer) sends no valid cosignature of \(origin) by a witness of the policy"
        case .notAdded(let peer, let origin):
            "the witness at \(peer) does not know \(origin) and cosigns nothing of it: that node has "
                + "not added yours; have it run concord peer add with the address and the "
                + "fingerprint of this node"
        case .contradicted(let origin, let size, let proof):
            "a note of \(origin) at size \(size) has another root than the entries here"
                + (proof.map { ": split view \($0.hexadecimal) is stored" } ?? "")
        case .overQuota(let origin, let what, let limit):
            "\(origin) is longer than this node keeps of one log (\(limit) \(what)): what is here "
                + "stays and counts, nothing more of it is taken; raise the quota in node.json if "
                + "it is meant to be so long"
        case .halted(let origin, let size):
            "a split view of \(origin) is known: nothing above size \(size) is accepted or signed "
                + "until its root has spoken"
        case .notOwnKey(let origin):
            "expected a log key that bears the name \(origin)"
        case .secondLook(let origin, let size):
            "the entries of \(origin) on the disk do not lead to the stored root at size \(size): "
                + "memory or disk is faulty; nothing was signed"
        case .buddySilent(let name, let reason):
            "the buddy \(name) does not grant the new checkpoint (\(reason)): nothing was signed; "
                + "what is in the log already is signed once it answers, or once the root has named "
                + "another with concord peer buddy"
        case .buddyRefused(let name, let size):
            "the buddy \(name) has granted another history of this log at size \(size): this node is "
                + "not the newest copy of itself; it is sealed, and nothing was signed"
        default: "the nodes do not agree"
        }
    }
}

extension SyncError {
    /// Runs a call of the store and passes its failure on as this target's.
    static func storing<Value>(
        _ body: () throws(StorageError) -> Value
    ) throws(SyncError) -> Value {
        do throws(StorageError) { return try body() } catch { throw .storage(error) }
    }
}
