import Cryptography
import Encoding
import Node
import Storage
import Sync
import TestSupport
import Testing
import TransparencyLog

/// Three countries on real sockets: each publishes, copies the others and witnesses them.
@Suite struct NetworkTests {
    let nodes: [SampleNode]

    init() throws {
        let countries = [
            try SampleCountry("XA", 1), try SampleCountry("XB", 2), try SampleCountry("XC", 3),
        ]
        nodes = try countries.map { try SampleNode($0, among: countries, quorum: 2) }
    }

    private func connected(_ body: @escaping @Sendable () async throws -> Void) async throws {
        try await SampleNode.connect(nodes) { _ in try await body() }
    }

    @Test func twoOthersMakeAQuorum() async throws {
        for (number, node) in nodes.enumerated() { try await node.publish(0..<(100 * number + 5)) }
        let nodes = nodes
        try await connected {
            for node in nodes {
                let report = try await node.round()
                #expect(report.failures == [])
                #expect(report.cosignatures?.times.count == 2)
                #expect(report.cosignatures?.quorumTime == node.clock)
            }
            for node in nodes { #expect(try await node.round().failures == []) }
        }
        for node in nodes {
            for other in nodes {
                let (here, there) = (
                    try node.head(other.country.origin), try other.head(other.country.origin)
                )
                #expect(here?.head == there?.head)
                #expect(here?.quorumTime == other.clock)
                let time = try node.database.read { snapshot in
                    try snapshot.loggedTime(other.country.origin, 3)
                }
                #expect(time == other.clock)
            }
        }
    }

    @Test func growsRoundByRound() async throws {
        let nodes = nodes
        try await connected {
            for step in 0..<4 {
                try await nodes[0].publish((step * 150)..<((step + 1) * 150))
                for node in nodes { _ = try await node.round() }
                let origin = nodes[0].country.origin
                for node in nodes {
                    #expect(try node.head(origin)?.head.size == UInt64((step + 1) * 150))
                }
                #expect(try nodes[0].head(origin)?.quorumTime != nil)
            }
        }
    }

    @Test func absentWitnessDelaysAndLosesNothing() async throws {
        let nodes = nodes
        try await nodes[0].publish(0..<5)
        let origin = nodes[0].country.origin
        try await nodes[1].serving { port in
            try nodes[0].add(nodes[1], at: port)
            try nodes[0].add(nodes[2], at: 1)
            let report = try await nodes[0].round()
            #expect(report.cosignatures?.times.count == 1)
            #expect(report.cosignatures?.quorumTime == nil)
            #expect(!report.failures.isEmpty)
        }
        #expect(try nodes[0].head(origin)?.head.size == 5)
        #expect(try nodes[0].head(origin)?.note.signatures.count == 2)
        try await nodes[2].serving { port in
            try nodes[0].database.removePeer(
                origin: nodes[2].country.origin, url: "http://127.0.0.1:1")
            try nodes[0].add(nodes[2], at: port)
            let report = try await nodes[0].round()
            #expect(report.cosignatures?.quorumTime == nodes[0].clock)
        }
        #expect(try nodes[0].head(origin)?.quorumTime == nodes[0].clock)
    }

    @Test func proofOfAForkReachesEverybody() async throws {
        let nodes = nodes
        let forked = nodes[0].country
        let split = SplitView(
            sameSize: try forked.checkpoint(SampleCountry.entries(0..<3)).note,
            try forked.checkpoint(SampleCountry.entries(0..<3, branch: "b")).note)
        try await connected {
            let exchange = SplitViewExchange(
                database: nodes[1].database, rules: nodes[1].rules)
            #expect(try exchange.take(split) == .stored(split.identity))
            for node in nodes { _ = try await node.round() }
        }
        for node in nodes {
            #expect(try node.database.read { try $0.splitViews() } == [split.identity])
        }
        // Its own node signs nothing more, either.
        await #expect(throws: SyncError.self) { try await nodes[0].publish(0..<1) }
    }
}
