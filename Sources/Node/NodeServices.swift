public import Encoding
public import Storage
public import Sync
public import TransparencyLog

/// What a node's addresses rest on.
///
/// The closures judge before they change anything: only a signature by a mandated key admits
/// an entry. An address whose closure is nil answers 404.
public struct NodeServices: Sendable {
    /// Judges and answers the body of a request.
    public typealias Desk = @Sendable (_ body: [UInt8]) async -> NodeAnswer

    public var database: LogDatabase
    public var rules: LogRules
    /// The bytes of the node's card, if it has one.
    public var card: [UInt8]?
    /// Cosigns other logs' checkpoints, if this node is a witness.
    public var witness: Witness?
    /// Cosigns what this node holds a copy of, if it is a mirror.
    public var mirror: MirrorCosigner?
    /// Says what this node has seen of a log.
    public var seen: SeenDesk?
    /// Grants other logs their roots, if this node is somebody's buddy.
    public var buddy: Buddy?
    /// Asks what must be asked before this node signs, and signs what was left unsigned; run at
    /// the start and before every round. Returns why the node is still sealed.
    public var begin: (@Sendable (PeerNetwork) async throws -> [SealReason])?
    /// Takes entries of other logs that peers bring (`POST /add-entries`).
    public var uploads: UploadDesk?
    /// Takes cosignatures and blobs that peers bring.
    public var deliveries: DeliveryDesk?
    /// Takes a signed act (`POST /entries`).
    public var entries: Desk?
    /// Folds and signs an extract (`POST /extract`).
    public var extract: Desk?
    /// Answers what people and their programs ask of the pages; changes nothing.
    public var pages: (@Sendable (PageRequest) async -> NodeAnswer)?
    /// The clock for cosignatures.
    public var now: @Sendable () -> Timestamp

    public init(
        database: LogDatabase, rules: LogRules, card: [UInt8]? = nil, witness: Witness? = nil,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.database = database
        self.rules = rules
        self.card = card
        self.witness = witness
        self.now = now
    }
}
