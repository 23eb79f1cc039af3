internal import Cryptography
internal import Registry
internal import Storage
internal import TransparencyLog

/// What this node signed of other logs, learnt anew from those who must know.
///
/// `Protocol/log.md § Start`.
extension NodeStart {
    /// Asks about every log of which this node may have signed more than it remembers: as a
    /// witness its other witnesses, as a buddy the log's own node.
    func completeMemories(_ report: inout Report) async throws(SyncError) {
        let (doubtful, records) = try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in
                var doubtful: [(origin: String, role: SigningMemory.Role)] = []
                for log in try snapshot.logs() where !log.isOwn {
                    for role in SigningMemory.Role.allCases
                    where try !snapshot.isComplete(role, of: log.origin) {
                        doubtful.append((log.origin, role))
                    }
                }
                return (doubtful, try snapshot.peers())
            }
        }
        let clients = records.compactMap { try? PeerAddress(parsing: $0.url) }
            .map(network.client)
        for (origin, role) in doubtful {
            if role == .buddy, !isBuddy {
                try SyncError.storing { () throws(StorageError) in
                    try database.completeMemory(role, of: origin, upTo: nil)
                }
                continue
            }
            guard let policy = rules.policy(origin) else { continue }
            // What the log signed is no less than what was cosigned or granted and used.
            _ = await Follower(database: database, rules: rules).follow(origin, from: clients)
            let contacts: [WitnessContact]
            let quorum: ReadQuorum
            switch role {
            case .witness:
                contacts = WitnessContact.contacts(of: policy, among: records, in: network)
                    .filter { $0.key != witness }
                quorum = ReadQuorum(of: policy, without: witness)
            case .buddy:
                contacts = WitnessContact.node(of: origin, among: records, in: network)
                quorum = ReadQuorum(of: contacts.prefix(1).map(\.name), needed: 1)
            }
            let inquiry = await WitnessInquiry(asking: contacts).ask(about: origin)
            if try complete(role, of: origin, quorum, inquiry.answers) { continue }
            if role == .witness,
                try await completeUncopied(origin, quorum, inquiry.answers, among: contacts)
            {
                continue
            }
            if !report.incomplete.contains(origin) { report.incomplete.append(origin) }
            report.failures += inquiry.failures
        }
    }

    private func complete(
        _ role: SigningMemory.Role, of origin: String, _ quorum: ReadQuorum,
        _ answers: [ReadQuorum.Answer]
    ) throws(SyncError) -> Bool {
        let (judgement, head) = try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in
                // Order: entries that a larger note proves may be here already, but what is
                // remembered afterwards is the newest head: no answer may be above that.
                let head = try snapshot.head(origin)?.head
                let judgement = try quorum.judge(answers, size: head?.size ?? 0) {
                    size throws(StorageError) in try snapshot.root(origin, size: size)
                }
                return (judgement, head)
            }
        }
        guard judgement == .reached else { return false }
        try SyncError.storing { () throws(StorageError) in
            try database.completeMemory(role, of: origin, upTo: head)
        }
        return true
    }

    /// The same for a witness that keeps no copies: it remembers from then on the newest head of
    /// the log that one of the others shows or that all of them have seen.
    ///
    /// Trust: heads of different sizes count only where the log signed the largest and the tiles
    /// under it show every other one as its beginning; else it might extend another history than
    /// the one that it cosigned.
    private func completeUncopied(
        _ origin: String, _ quorum: ReadQuorum, _ answers: [ReadQuorum.Answer],
        among contacts: [WitnessContact]
    ) async throws(SyncError) -> Bool {
        let isCopied = try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in
                try snapshot.log(origin)?.size ?? 0 > 0
            }
        }
        guard !isCopied, let largest = answers.max(by: { $0.size < $1.size }) else { return false }
        let known = try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in try snapshot.witnessState(origin) }
        }
        var seen = Set(answers.map { Seen(size: $0.size, root: $0.root) })
        if let known { seen.insert(Seen(size: known.size, root: known.root)) }
        var head = try? TreeHead(origin: origin, size: largest.size, root: largest.root)
        if seen.count > 1 { head = await signedHead(of: origin, over: seen, among: contacts) }
        guard let head else { return false }
        let roots = Dictionary(seen.map { ($0.size, $0.root) }) { first, _ in first }
        guard
            quorum.judge(answers, size: head.size, root: { roots[$0] ?? head.root }) == .reached
        else { return false }
        try SyncError.storing { () throws(StorageError) in
            try database.completeMemory(.witness, of: origin, upTo: head)
        }
        return true
    }

    private struct Seen: Hashable {
        let size: UInt64
        let root: HashValue
    }

    /// A head that the log signed, of which everything that was seen is the beginning; nil if
    /// nobody shows one.
    private func signedHead(
        of origin: String, over seen: Set<Seen>, among contacts: [WitnessContact]
    ) async -> TreeHead? {
        for contact in contacts {
            let client = contact.client
            do throws(SyncError) {
                let head = try rules.open(
                    try await client.checkpoint(origin), of: origin, from: client.address
                ).head
                guard seen.allSatisfy({ $0.size <= head.size }) else { continue }
                var tree = RemoteTree(client, origin, size: head.size)
                var isWhole = true
                for each in seen where isWhole {
                    isWhole = try await tree.begins(
                        with: (size: each.size, root: each.root), root: head.root)
                }
                if isWhole { return head }
            } catch { continue }
        }
        return nil
    }
}
