import ArgumentParser
import Cryptography
import Encoding
import Node
import Registrar
import Registry
import Storage
import Sync
import TransparencyLog
import Verification

/// `concord sync`: fetch what is new, verify it, say what changed.
struct SyncCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync",
        abstract: "Fetch what is new from peers, verify all of it, say what changed.",
        discussion: """
            A node follows its peers and collects their cosignatures:
              concord sync --node ./de
            A verifier without a node copies the anchor's log and those that it names:
              concord sync --anchor de.anchor.json --from http://node.example:8080
            """)

    @OptionGroup var source: SourceOptions

    @Option(help: "A node to copy from, for a verifier without a node. Can be repeated.")
    var from: [String] = []

    /// The generations of a log that one command follows, one after the other.
    private static let generationLimit = 8

    func perform() async throws {
        let now = Clock.now
        let anchor: Anchor
        let database: LogDatabase
        var limits = FollowLimits()
        if let node = source.node {
            let office = try Office(opening: NodeDirectory(node), passphrase: nil)
            anchor = try office.anchor(at: now)
            database = office.database
            limits = try NodeConfiguration(inFolder: node).followLimits
        } else {
            guard let path = source.anchor else {
                throw CommandFailure(.usage, "expected --node DIR or --anchor FILE")
            }
            anchor = try Anchor(parsing: InputFile.read(path, limit: 1 << 20))
            database = try CopiesFolder(source.data).database()
            _ = try TrustedLogs(database: database, anchor: anchor, at: now).addLogs()
            for url in from {
                let address = try PeerAddress(parsing: url)
                try database.store(PeerRecord(origin: anchor.pin.origin, url: address.url))
            }
        }
        let hasWitness = anchor.policy.witnesses.contains { $0.url != nil }
        guard try hasWitness || !database.read({ try $0.peers() }).isEmpty else {
            throw CommandFailure(
                .usage, "no peer is known here; add one with --from URL, or concord peer add")
        }
        let trusted = TrustedLogs(database: database, anchor: anchor, at: now)
        let before = try LogNews.sizes(database)
        var reports: [Synchronizer.Report] = []
        try await PeerNetwork.with { network in
            let synchronizer = Synchronizer(
                database: database, rules: trusted.rules, network: network, limits: limits)
            reports.append(await synchronizer.round())
            // What the anchor's log has just named is followed at once, and what follows it.
            for _ in 0..<SyncCommand.generationLimit {
                let added = try trusted.addLogs()
                let isContinued = reports.last?.successors.contains { $0.refusal == nil } ?? false
                // A later generation is continued once the copy before it reaches so far.
                let hasAdvanced = reports.last?.logs.contains(where: \.hasAdvanced) ?? false
                let pins = [anchor.pin] + (try trusted.peers().values.map(\.pin))
                let known = try LogNews.sizes(database)
                let isAwaiting = hasAdvanced && pins.contains { known[$0.origin] == nil }
                guard added || isContinued || isAwaiting else { break }
                reports.append(await synchronizer.round())
            }
        }
        if let node = source.node {
            try await unseal(node)
            try compare(node, before: before, at: now)
        }
        try report(reports, before: before, database)
    }

    /// A node that has not asked its witnesses since it started asks them now.
    private func unseal(_ node: String) async throws {
        let office = try Office(opening: NodeDirectory(node), passphrase: nil)
        let start = try await PeerNetwork.with { network in
            try await office.ask(in: network) { Clock.now }
        }
        for reason in start.reasons { Console.complain("SEALED: \(reason)") }
        for origin in start.incomplete {
            Console.complain("cosigns nothing of \(origin): its other witnesses are silent")
        }
    }

    /// The policies that peers' own logs state are here for the first time: their operators and
    /// this one are told where quorums need not meet.
    private func compare(_ node: String, before: [String: UInt64], at now: Timestamp) throws {
        let office = try Office(opening: NodeDirectory(node), passphrase: nil)
        for comparison in try office.policyComparisons(at: now).compared
        where comparison.meeting.meets != true && (before[comparison.reader] ?? 0) == 0 {
            _ = PolicyText.print(
                comparison.meeting,
                of: "\(comparison.origin), read here and in \(comparison.country):")
        }
    }

    private func report(
        _ reports: [Synchronizer.Report], before: [String: UInt64], _ database: LogDatabase
    ) throws {
        try LogNews(before: before, database: database).print()
        let failures = reports.flatMap { $0.failures + $0.logs.flatMap(\.failures) }
        let collected = reports.compactMap(\.cosignatures).flatMap(\.failures)
        for failure in Set(failures + collected).map(\.description).sorted() {
            Console.complain(failure)
        }
        for finding in Set(reports.flatMap(\.successors)) {
            guard let refusal = finding.refusal else {
                Console.print("\(finding.origin) goes on from \(finding.predecessor)")
                continue
            }
            Console.complain(
                "\(finding.origin) is not taken for the successor of \(finding.predecessor): "
                    + "\(refusal); an operator can pin it with concord peer repin")
        }
        // Those that peers brought, and those that following found.
        let forks = reports.flatMap { $0.splitViews + $0.logs.compactMap(\.splitView) }
        for id in Set(forks).sorted(by: { $0.hexadecimal < $1.hexadecimal }) {
            Console.complain("SPLIT VIEW \(id.hexadecimal): two histories of one log")
        }
        let isCut = reports.allSatisfy { $0.logs.isEmpty }
        if isCut, !failures.isEmpty { throw ExitCode(ExitStatus.unavailable.rawValue) }
    }
}

extension FollowReport {
    /// Whether entries were copied.
    fileprivate var hasAdvanced: Bool { if case .advanced = outcome { true } else { false } }

    /// The fork that was proven.
    fileprivate var splitView: HashValue? {
        if case .splitView(let identity, _) = outcome { identity } else { nil }
    }
}
