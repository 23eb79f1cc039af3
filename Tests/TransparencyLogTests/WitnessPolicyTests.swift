import Cryptography
import Encoding
import TestSupport
import Testing
import TransparencyLog

@Suite struct WitnessPolicyTests {
    private func time(_ seconds: Int64) -> Timestamp { Timestamp(seconds: seconds) }

    /// A checkpoint with the cosignatures of those witnesses at those times.
    private func checkpoint(_ times: [UInt8: Int64]) throws -> Checkpoint {
        let checkpoint = try SampleLog.checkpoint(SampleLog.leaves(7))
        return checkpoint.adding(
            try times.sorted { $0.key < $1.key }.map { witness, seconds in
                try SampleLog.witness(witness).cosign(checkpoint.head, at: time(seconds))
            })
    }

    private func witnesses(
        _ numbers: ClosedRange<UInt8>
    ) throws -> [(name: String, key: NoteKey, url: String?)] {
        try numbers.map { ("W\($0)", try SampleLog.witness($0).verifier, nil) }
    }

    @Test func opensWithAQuorumAndNamesItsTime() throws {
        let policy = try WitnessPolicy.requiring(2, of: witnesses(1...3))
        #expect(policy.open(try checkpoint([:])) == nil)
        #expect(policy.open(try checkpoint([1: 10])) == nil)
        #expect(policy.open(try checkpoint([1: 10, 9: 11])) == nil)
        #expect(policy.open(try checkpoint([1: 10, 2: 20]))?.quorumTime == time(10))
        let all = try checkpoint([1: 10, 2: 20, 3: 15])
        #expect(policy.open(all)?.quorumTime == time(15))
        #expect(policy.open(all)?.checkpoint == all)
        #expect(
            policy.cosignatureTimes(of: all) == ["W1": time(10), "W2": time(20), "W3": time(15)])
    }

    @Test func countsTheNewestOfSeveralLinesOfAWitnessOnce() throws {
        let policy = try WitnessPolicy.requiring(2, of: witnesses(1...3))
        var checkpoint = try checkpoint([1: 10])
        checkpoint = checkpoint.adding([
            try SampleLog.witness(1).cosign(checkpoint.head, at: time(30)),
            try SampleLog.witness(1).cosign(checkpoint.head, at: time(20)),
        ])
        #expect(policy.open(checkpoint) == nil)
        checkpoint = checkpoint.adding([
            try SampleLog.witness(2).cosign(checkpoint.head, at: time(40))
        ])
        #expect(policy.open(checkpoint)?.quorumTime == time(30))
    }

    @Test func refusesAForgedLineOfAWitnessAndSaysWhichAreValid() throws {
        let policy = try WitnessPolicy.requiring(1, of: witnesses(1...2))
        let good = try checkpoint([1: 10])
        let other = try SampleLog.head(SampleLog.leaves(8))
        let forged = try SampleLog.witness(2).cosign(other, at: time(10))
        let stranger = try SampleLog.witness(3).cosign(other, at: time(10))
        #expect(policy.open(good.adding([stranger])) != nil)
        #expect(policy.open(good.adding([forged])) == nil)
        #expect(policy.cosignatureTimes(of: good.adding([forged])) == ["W1": time(10)])
        let lines = good.note.signatures + [forged, stranger]
        #expect(policy.valid(lines, for: good) == Array(good.note.signatures.dropFirst()))
    }

    @Test func needsNobodyWithoutQuorum() throws {
        let policy = try WitnessPolicy.requiring(0, of: [])
        #expect(policy.text == "quorum none\n")
        #expect(policy.isUnwitnessed)
        let opened = try #require(policy.open(try checkpoint([:])))
        #expect(opened.quorumTime == nil)
        #expect(opened.isUnwitnessed)
    }

    @Test func acceptsOnlyTheLogsItNames() throws {
        let (log, other) = (try SampleLog.signer(1).verifier, try SampleLog.signer(2).verifier)
        let known = try WitnessPolicy(parsing: "log \(log) https://a.example/\nquorum none\n")
        #expect(known.open(try checkpoint([:])) != nil)
        #expect(known.logs.first?.key == log)
        #expect(known.logs.first?.url == "https://a.example/")
        let unknown = try WitnessPolicy(parsing: "log \(other)\nquorum none\n")
        #expect(unknown.open(try checkpoint([:])) == nil)
    }

    @Test func followsNestedGroups() throws {
        var text = ""
        for number: UInt8 in 1...6 {
            text += "witness W\(number) \(try SampleLog.witness(number).verifier)\n"
        }
        text += "group X 2 W1 W2 W3\ngroup Y any W4 W5\ngroup both all X Y\nquorum both\n"
        let policy = try WitnessPolicy(parsing: text)
        #expect(policy.text == text)
        #expect(policy.witnesses.count == 6)
        #expect(policy.open(try checkpoint([1: 1, 2: 2, 3: 3])) == nil)
        #expect(policy.open(try checkpoint([1: 1, 4: 4, 5: 5, 6: 6])) == nil)
        #expect(policy.open(try checkpoint([1: 1, 2: 2, 4: 9]))?.quorumTime == time(1))
        #expect(
            policy.open(try checkpoint([1: 10, 2: 2, 3: 7, 4: 1, 5: 6]))?.quorumTime == time(6))
    }

    /// The quorum time is the newest t such that the cosignatures from t on still suffice.
    @Test(arguments: 0..<30) func findsTheNewestTimeThatSuffices(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let threshold = Int.random(in: 1...3, using: &generator)
        var text = ""
        for number: UInt8 in 1...5 {
            text += "witness W\(number) \(try SampleLog.witness(number).verifier)\n"
        }
        text += "group g 2 W1 W2 W3\ngroup q \(threshold) g W4 W5\nquorum q\n"
        let policy = try WitnessPolicy(parsing: text)
        var times: [UInt8: Int64] = [:]
        for number: UInt8 in 1...5 where Bool.random(using: &generator) {
            times[number] = .random(in: 0...4, using: &generator)
        }
        let newest = try times.values.filter { least in
            try policy.open(checkpoint(times.filter { $0.value >= least })) != nil
        }.max()
        #expect(policy.open(try checkpoint(times))?.quorumTime?.seconds == newest)
    }

    @Test(arguments: [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (7, 5), (13, 9)])
    func computesQuorums(count: Int, quorum: Int) {
        #expect(WitnessPolicy.quorum(for: count) == quorum)
    }

    @Test func refusesRequirementsThatNoPolicyCanState() throws {
        let key = try SampleLog.witness(1).verifier
        let two = try witnesses(1...2)
        #expect(throws: LogError.self) { try WitnessPolicy.requiring(0, of: two) }
        #expect(throws: LogError.self) { try WitnessPolicy.requiring(3, of: two) }
        #expect(throws: LogError.self) { try WitnessPolicy.requiring(-1, of: two) }
        #expect(throws: LogError.self) { try WitnessPolicy.requiring(1, of: two + two) }
        for name in ["", "a b", "none", "a\nquorum none\n#", "\t"] {
            #expect(throws: LogError.self) {
                try WitnessPolicy.requiring(1, of: [(name, key, nil)])
            }
        }
        #expect(throws: LogError.self) {
            try WitnessPolicy.requiring(1, of: [("a", key, "x\nquorum none")])
        }
        let named = try WitnessPolicy.requiring(1, of: [("quorum", key, "https://w.example/")])
        #expect(named.open(try checkpoint([1: 5]))?.quorumTime == time(5))
        #expect(named.witnesses.first?.url == "https://w.example/")
    }

    /// A policy is changed by another one; what was proven under the old one stays so under it.
    @Test func aProofKeepsToThePolicyUnderWhichItWasMade() throws {
        let log = try SampleCountry("XA", 1)
        let witnesses = try (2...5).map { try SampleCountry("X\($0)", UInt8($0)) }
        let old = try SampleCountry.policy(2, of: Array(witnesses[..<3]))
        let new = try SampleCountry.policy(2, of: Array(witnesses[1...]))
        let entries = SampleCountry.entries(0..<5)
        let before = try log.checkpoint(entries, cosignedBy: [witnesses[0], witnesses[1]])
        #expect(old.open(before) != nil)
        #expect(new.open(before) == nil)
        let after = try log.checkpoint(entries, cosignedBy: [witnesses[2], witnesses[3]])
        #expect(old.open(after) == nil)
        #expect(new.open(after) != nil)
    }
}
