import Cryptography
import Encoding
import Foundation
import Node
import Registrar
import Registry
import Storage
import Sync
import TransparencyLog

/// What others see of the node.
extension Doctor {
    /// Where the node's process listens, as it would be asked from here; nil: none says so.
    private func running(_ configuration: NodeConfiguration) -> PeerAddress? {
        let file = "\(node.path)/\(NodeServer.portFileName)"
        guard let text = try? String(contentsOfFile: file, encoding: .utf8),
            let port = Int(text.trimmingCharacters(in: .whitespacesAndNewlines))
        else { return nil }
        let any = ["0.0.0.0", "::", "*"]
        let host = any.contains(configuration.host) ? "127.0.0.1" : configuration.host
        let scheme = configuration.tlsFiles == nil ? "http" : "https"
        let name = host.contains(":") ? "[\(host)]" : host
        return try? PeerAddress(parsing: "\(scheme)://\(name):\(port)")
    }

    private var serve: String { "concord node serve --node \(folder)" }

    func port(_ configuration: NodeConfiguration) async -> DoctorFinding {
        guard let address = running(configuration) else {
            let port = configuration.port
            if port != 0, !SocketProbe.isFree(host: configuration.host, port: port) {
                return .fault(
                    .port, "no process serves the node, and another program has port \(port)",
                    "ss -ltnp sport = :\(port)")
            }
            return .attention(.port, "no process serves the node", serve)
        }
        guard SocketProbe.answers(address) else {
            return .fault(
                .port, "the process that served the node at \(address) has gone without a farewell",
                serve)
        }
        // A certificate bears the name under which the world knows the node, not this machine's.
        if configuration.tlsFiles != nil { return .fine(.port, "something answers at \(address)") }
        let own = office.card.serialized
        do throws(SyncError) {
            let card = try await hurried(address) { client throws(SyncError) in
                try await client.card()
            }
            guard card == own else {
                return .fault(.port, "another node answers at \(address)", serve)
            }
            return .fine(.port, "the node answers at \(address)")
        } catch {
            return .fault(.port, "at \(address) no node answers: \(error)", serve)
        }
    }

    private func hurried<Value: Sendable>(
        _ address: PeerAddress,
        _ body: @Sendable (PeerClient) async throws(SyncError) -> Value
    ) async throws(SyncError) -> Value {
        var limits = PeerLimits()
        (limits.connectSeconds, limits.idleSeconds, limits.totalSeconds) = (3, 5, 10)
        let network = PeerNetwork(limits: limits)
        let result: Result<Value, SyncError>
        do throws(SyncError) { result = .success(try await body(network.client(address))) } catch {
            result = .failure(error)
        }
        await network.shutdown()
        return try result.get()
    }

    func certificate(_ configuration: NodeConfiguration) -> [DoctorFinding] {
        guard let files = configuration.tlsFiles else { return [] }
        do throws(NodeError) {
            let end = try NodeCertificate.end(of: files, inFolder: node.path)
            let days = end.seconds(since: now) / 86_400
            if end < now {
                return [.fault(.certificate, "it ended \(end.day)", "sudo certbot renew")]
            }
            if days < 14 {
                return [
                    .attention(
                        .certificate, "it ends \(end.day), in \(days) days", "sudo certbot renew")
                ]
            }
            return [.fine(.certificate, "good until \(end.day)")]
        } catch {
            if case .openKey(let path) = error {
                return [.fault(.certificate, "\(error)", "chmod 600 \(path)")]
            }
            return [.fault(.certificate, "\(error)", "sudo certbot renew --force-renewal")]
        }
    }

    /// The newest list of each id must be had by everybody, or all its certificates are undetermined.
    func lists(_ configuration: NodeConfiguration) async throws -> DoctorFinding {
        let origin = office.card.pin.origin
        let entries = try office.database.read { snapshot throws(StorageError) in
            let size = try snapshot.log(origin)?.size ?? 0
            return try snapshot.entries(
                origin, selecting: EntrySelection(kinds: ["status-list"]), below: size)
        }
        var newest: [String: StatusListPublication] = [:]
        for entry in entries {
            guard let parsed = try? RegistryEntry(parsing: entry.bytes),
                case .statusList(let list) = parsed.act
            else { continue }
            if newest[list.list]?.number ?? 0 < list.number { newest[list.list] = list }
        }
        guard !newest.isEmpty else { return .fine(.lists, "no status list was published") }
        let hashes = newest.values.map(\.hash)
        let here = try office.database.read { snapshot throws(StorageError) in
            var here: Set<HashValue> = []
            for hash in hashes where try snapshot.blob(hash) != nil { here.insert(hash) }
            return here
        }
        let lost = newest.values.filter { !here.contains($0.hash) }
        if let first = lost.map({ $0.list }).min() {
            return .fault(
                .lists, "\(lost.count) status lists are not here, such as \(first)",
                "concord sync --node \(folder)")
        }
        // A certificate bears the name under which peers ask: only there it can be looked at.
        let own = configuration.tlsFiles == nil ? running(configuration) : nil
        guard let address = configuration.address ?? own else {
            return .fine(
                .lists,
                "\(newest.count) status lists are here, not asked for: no address in "
                    + NodeConfiguration.fileName)
        }
        for list in newest.values.sorted(by: { $0.list < $1.list }).prefix(64) {
            do throws(SyncError) {
                _ = try await hurried(address) { client throws(SyncError) in
                    try await client.blob(list.hash)
                }
            } catch {
                return .fault(
                    .lists, "\(list.list) is not served at \(address): \(error)", serve)
            }
        }
        return .fine(.lists, "\(newest.count) status lists are served at \(address)")
    }

    func peers(_ survey: NodeSurvey, _ inquiry: PeerInquiry.Report) -> [DoctorFinding] {
        guard !survey.peers.isEmpty else {
            return [
                .attention(
                    .peers, "no peer is known: nobody keeps a copy of this log",
                    "concord peer add URL --fingerprint FINGERPRINT --node \(folder)")
            ]
        }
        var found = inquiry.silent.map { name, reason in
            DoctorFinding.fault(
                .peers, "\(name) is silent: \(reason)", "concord sync --node \(folder)")
        }
        found += inquiry.strangers.map { name in
            .attention(
                .peers, "\(name) answers and does not keep this log: it has yet to add this node",
                "concord node card --node \(folder) --out card.json")
        }
        return found.isEmpty
            ? [.fine(.peers, "\(inquiry.answers.count) answer")] : found
    }

    func quorum(_ inquiry: PeerInquiry.Report) throws -> DoctorFinding {
        let origin = office.card.pin.origin
        let time = now
        guard let policy = office.rules(clock: { time }).policy(origin), !policy.witnesses.isEmpty
        else {
            return .attention(
                .quorum,
                "no witness is named: verdicts that rest on this log say unwitnessed, and nothing "
                    + "keeps a second copy of this folder from signing another history",
                "concord peer add URL --fingerprint FINGERPRINT --node \(folder)")
        }
        let quorum = ReadQuorum(of: policy)
        let judgement = try office.database.read { snapshot throws(StorageError) in
            let size = try snapshot.log(origin)?.size ?? 0
            return try quorum.judge(inquiry.answers.map(\.seen), size: size) {
                size throws(StorageError) in
                size == 0 ? MerkleTree.emptyRoot : try snapshot.root(origin, size: size)
            }
        }
        switch judgement {
        case .reached:
            return .fine(.quorum, "\(quorum.needed) of the witnesses are needed, and answer")
        case .refused(let reason):
            let silent = try office.silentWitnesses(at: time)?.names ?? []
            guard quorum.names.count - silent.count < quorum.needed else {
                return .fault(.quorum, reason.description, "concord sync --node \(folder)")
            }
            return .fault(
                .quorum,
                "\(reason); \(silent.joined(separator: ", ")) only dial out and cannot be asked: "
                    + "one of them needs an address, if only for a while",
                "concord peer add URL --fingerprint FINGERPRINT --node \(folder)")
        }
    }

    /// Two readers whose quorums need not meet can be shown two histories.
    func meetings() throws -> [DoctorFinding] {
        try office.policyComparisons(at: now).compared.filter { $0.meeting.meets != true }.map {
            .attention(
                .quorum,
                "\($0.origin): the quorums that this node and \($0.country) ask for need not meet "
                    + "in an honest witness", "concord policy check --node \(folder)")
        }
    }
}
