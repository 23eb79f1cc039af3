public import Cryptography
public import Encoding
public import Registry
public import TransparencyLog

/// What a verifier knows when it answers: logs, status lists, and how fresh each is.
///
/// `Protocol/verification.md § Knowledge`. Built from local copies that were verified when they
/// were followed, or from a dossier by `Dossier.knowledge(anchor:at:)`.
public struct Knowledge: Hashable, Sendable {
    /// One log as far as the question needs it.
    public struct Log: Hashable, Sendable {
        public let country: String
        public let state: LogState
        /// The newest witnessed head.
        public let head: TreeHead
        /// Its quorum time; nil where the policy asks for no witness.
        public let quorumTime: Timestamp?
        /// Whether the policy asks for no witness.
        public let isUnwitnessed: Bool
        /// The split view that froze it, if one did.
        public let splitView: String?
        /// When it was last followed, by the verifier's own clock: the age of a log that asks
        /// for no witness.
        public let followed: Timestamp?

        public init(
            country: String, state: LogState, head: TreeHead, quorumTime: Timestamp?,
            isUnwitnessed: Bool, splitView: String? = nil, followed: Timestamp? = nil
        ) {
            self.country = country
            self.state = state
            self.head = head
            self.quorumTime = quorumTime
            self.isUnwitnessed = isUnwitnessed
            self.splitView = splitView
            self.followed = followed
        }
    }

    /// A log that is here, but of which no quorum has seen a head: nothing rests on it yet.
    public struct AwaitedLog: Hashable, Sendable {
        public let country: String
        public let origin: String
        public let policy: WitnessPolicy

        public init(country: String, origin: String, policy: WitnessPolicy) {
            self.country = country
            self.origin = origin
            self.policy = policy
        }
    }

    /// Where the knowledge comes from.
    public enum Provenance: Hashable, Sendable {
        /// Local copies, followed and verified.
        case copies
        /// A dossier, with the outcome of its extract.
        case dossier(extract: ExtractOutcome)
    }

    /// What became of the extract of a dossier.
    public enum ExtractOutcome: Hashable, Sendable {
        case believed
        case missing
        /// It was signed by too few of the holders that the anchor named.
        case notSigned
        /// The acts handed over do not give this extract: something was left out or added.
        case mismatch
        /// Only the status lists differ from the extract.
        case listsDiffer
    }

    public let anchor: Anchor
    public let logs: [Log]
    /// Copies that wait for their witnesses; none of them is among `logs`.
    public let awaited: [AwaitedLog]
    /// Status list tokens by their hash.
    public let statusLists: [HashValue: [UInt8]]
    public let provenance: Provenance
    /// The newest quorum time that this verifier has ever accepted.
    public let newestQuorumTime: Timestamp?
    /// The subjects about which it is complete; nil for copies, which hold everything.
    public let subjects: Set<String>?

    /// - Parameter subjects: those of the extract, for a dossier. The caller of copies has put
    ///   every act about the question into the logs' states.
    public init(
        anchor: Anchor, logs: [Log], awaited: [AwaitedLog] = [],
        statusLists: [HashValue: [UInt8]], provenance: Provenance,
        newestQuorumTime: Timestamp?, subjects: Set<String>? = nil
    ) {
        self.anchor = anchor
        self.logs = logs
        self.awaited = awaited
        self.statusLists = statusLists
        self.provenance = provenance
        self.newestQuorumTime = newestQuorumTime
        self.subjects = subjects
    }

    public func log(of country: String) -> Log? { logs.first { $0.country == country } }

    public var isCarried: Bool { if case .copies = provenance { false } else { true } }

    /// SHA-256 over the heads used: two verifiers with one digest give one verdict.
    public var digest: HashValue {
        let lines = logs.sorted { $0.head.origin < $1.head.origin }.map {
            "\($0.head.origin) \($0.head.size) \($0.head.root)\n"
        }
        return HashValue(of: lines.joined().utf8)
    }
}
