import Encoding
import Node
import Storage
import Sync
import TestSupport
import Testing
import TransparencyLog

/// Checkpoints without news: cosigned again, so that they stay fresh.
@Suite struct RenewalTests {
    let nodes: [SampleNode]

    init() throws {
        let countries = [
            try SampleCountry("XA", 1), try SampleCountry("XB", 2), try SampleCountry("XC", 3),
        ]
        nodes = try countries.map { try SampleNode($0, among: countries, quorum: 2) }
    }

    private func quorumTime() throws -> Int64? {
        let origin = nodes[0].country.origin
        return try nodes[0].database.read { try $0.witnessedHead(origin)?.quorumTime }?.seconds
    }

    private func move(_ seconds: Int64) {
        for node in nodes { node.move(seconds) }
    }

    @Test func anUnchangedCheckpointIsCosignedAgainOnlyWhenItIsDue() async throws {
        let nodes = nodes
        let day: Int64 = 24 * 3_600
        let begin = nodes[0].clock.seconds
        let every = CosignatureRenewal.standardSeconds
        #expect(every <= day / 2)
        try await nodes[0].publish(0..<5)
        try await SampleNode.connect(nodes) { _ in
            _ = try await nodes[0].round(renewing: every)
            #expect(try self.quorumTime() == begin)
            self.move(every - 1)
            let early = try await nodes[0].round(renewing: every)
            #expect(early.failures == [])
            #expect(try self.quorumTime() == begin)
            self.move(1)
            _ = try await nodes[0].round(renewing: every)
            #expect(try self.quorumTime() == begin + every)
            // The others' copies become fresh in their own rounds, without a new entry.
            _ = try await nodes[1].round(renewing: every)
            let origin = nodes[0].country.origin
            #expect(try nodes[1].head(origin)?.quorumTime?.seconds == begin + every)
            #expect(try nodes[1].head(origin)?.head.size == 5)
        }
    }

    /// Which time it is, the quorum says: no single clock.
    @Test func oneWitnessWithAWrongClockMovesNothing() async throws {
        let nodes = nodes
        let begin = nodes[0].clock.seconds
        let decade: Int64 = 10 * 365 * 86_400
        try await nodes[0].publish(0..<5)
        try await SampleNode.connect(nodes) { _ in
            nodes[1].move(-decade)
            _ = try await nodes[0].round()
            // Both are asked for: the earlier of the two.
            #expect(try self.quorumTime() == begin - decade)
            nodes[1].move(2 * decade)
            _ = try await nodes[0].round(renewing: 3_600)
            #expect(try self.quorumTime() == begin)
            // A line from the future is no reason to wait for it.
            nodes[1].move(-decade)
            nodes[2].move(7_200)
            nodes[0].move(7_200)
            _ = try await nodes[0].round(renewing: 3_600)
            #expect(try self.quorumTime() == begin + 7_200)
        }
    }

    @Test func theLogsOwnClockDecidesWhatIsDueAndSilenceLosesNothing() async throws {
        let nodes = nodes
        let begin = nodes[0].clock.seconds
        try await nodes[0].publish(0..<5)
        try await SampleNode.connect(nodes) { _ in
            _ = try await nodes[0].round(renewing: 3_600)
        }
        move(86_400)
        // Nobody answers: the old quorum time stands, and is a day old.
        let report = try await nodes[0].round(renewing: 3_600)
        #expect(!report.failures.isEmpty)
        #expect(try quorumTime() == begin)
    }

    /// XC has no address: nobody asks it, and its line under an unchanged checkpoint is renewed by
    /// its own rounds.
    @Test func aWitnessThatOnlyDialsOutRenewsItsLineUnasked() async throws {
        let nodes = nodes
        let begin = nodes[0].clock.seconds
        let every = CosignatureRenewal.standardSeconds
        try await nodes[0].publish(0..<5)
        try await nodes[0].serving { one in
            try await nodes[1].serving { two in
                try nodes[0].add(nodes[1], at: two)
                try nodes[1].add(nodes[0], at: one)
                try nodes[2].add(nodes[0], at: one)
                for step in [Int64(0), every] {
                    self.move(step)
                    for node in nodes + nodes { _ = try await node.round(renewing: every) }
                    #expect(try self.quorumTime() == begin + step)
                }
            }
        }
    }

    /// The log's clock jumps ahead a year and back two: order is the index, and nothing locks up.
    @Test func aClockThatJumpsStopsNothing() async throws {
        let nodes = nodes
        let begin = nodes[0].clock.seconds
        let year: Int64 = 365 * 86_400
        try await SampleNode.connect(nodes) { _ in
            var size = 0
            for jump in [0, year, -2 * year, year, -3_600] {
                nodes[0].move(jump)
                try await nodes[0].publish(size..<(size + 3))
                size += 3
                for node in nodes { _ = try await node.round(renewing: 3_600) }
                for node in nodes {
                    #expect(try node.head(nodes[0].country.origin)?.head.size == UInt64(size))
                }
                // What counts is the witnesses' time.
                #expect(try self.quorumTime() == begin)
            }
        }
    }
}
