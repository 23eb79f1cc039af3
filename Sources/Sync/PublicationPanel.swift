public import Storage
public import TransparencyLog

/// Who must be asked before the own log signs: its buddy, and the witnesses.
public struct PublicationPanel: Sendable {
    /// The buddy that the log's root has named by now; nil for none. What was appended and not
    /// signed counts too, so that the root can replace a buddy that is silent for good.
    public var buddy: @Sendable () throws(SyncError) -> WitnessContact?
    /// The witnesses that have an address.
    public var witnesses: @Sendable () throws(SyncError) -> [WitnessContact]
    /// What the start of the node asks for; nil for a log without witnesses.
    public var quorum: @Sendable () -> ReadQuorum?

    public init(
        buddy: @escaping @Sendable () throws(SyncError) -> WitnessContact?,
        witnesses: @escaping @Sendable () throws(SyncError) -> [WitnessContact],
        quorum: @escaping @Sendable () -> ReadQuorum?
    ) {
        self.buddy = buddy
        self.witnesses = witnesses
        self.quorum = quorum
    }

    /// Nobody: for a log that has neither.
    public static let none = PublicationPanel(
        buddy: { () throws(SyncError) in nil }, witnesses: { () throws(SyncError) in [] },
        quorum: { nil })

    /// The panel of a log as a database and rules have it.
    ///
    /// - Parameter buddyKey: the key of the buddy that the log's root named.
    public init(
        of origin: String, in database: LogDatabase, rules: LogRules, network: PeerNetwork,
        buddyKey: @escaping @Sendable () throws(SyncError) -> NoteKey? = {
            () throws(SyncError) in nil
        }
    ) {
        @Sendable func peers() throws(SyncError) -> [PeerRecord] {
            try SyncError.storing { () throws(StorageError) in
                try database.read { snapshot throws(StorageError) in try snapshot.peers() }
            }
        }
        self.init(
            buddy: { () throws(SyncError) in
                guard let key = try buddyKey() else { return nil }
                let address = try peers().lazy.filter { $0.witnessKey == key }
                    .compactMap { try? PeerAddress(parsing: $0.url) }.first
                guard let address else {
                    throw .buddySilent(name: key.name, reason: "no peer with its key is known")
                }
                return WitnessContact(
                    name: key.name, key: key, client: network.client(address))
            },
            witnesses: { () throws(SyncError) in
                guard let policy = rules.policy(origin) else { return [] }
                return WitnessContact.contacts(of: policy, among: try peers(), in: network)
            },
            quorum: { rules.policy(origin).map { ReadQuorum(of: $0) } })
    }

    /// Asks everybody what they saw, and judges it against the own log.
    func judge(
        _ origin: String, in database: LogDatabase
    ) async throws(SyncError) -> (judgement: ReadQuorum.Judgement, failures: [SyncError]) {
        guard let quorum = quorum() else { return (.reached, []) }
        let isNewGeneration = try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in
                guard try snapshot.head(origin) == nil else { return false }
                return try snapshot.predecessor(of: origin) != nil
            }
        }
        // Nobody can have seen anything of a generation that never signed.
        if isNewGeneration { return (.reached, []) }
        var contacts = try witnesses()
        var failures: [SyncError] = []
        do throws(SyncError) {
            // A buddy has seen more than anybody; it counts for what it knows, in no quorum.
            if let buddy = try buddy(), !contacts.contains(where: { $0.key == buddy.key }) {
                contacts.append(buddy)
            }
        } catch { failures.append(error) }
        let report = await WitnessInquiry(asking: contacts).ask(about: origin)
        let judgement = try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in
                let size = try snapshot.log(origin)?.size ?? 0
                return try quorum.judge(report.answers, size: size) {
                    size throws(StorageError) in try snapshot.root(origin, size: size)
                }
            }
        }
        return (judgement, failures + report.failures)
    }
}
