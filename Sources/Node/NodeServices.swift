public import Encoding
public import Storage
public import Sync

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
    /// Takes a signed act (`POST /entries`).
    public var entries: Desk?
    /// Folds and signs an extract (`POST /extract`).
    public var extract: Desk?
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
