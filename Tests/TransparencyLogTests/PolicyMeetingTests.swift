import TestSupport
import Testing
import TransparencyLog

/// Whether two readers' quorums meet in an honest witness.
@Suite struct PolicyMeetingTests {
    private static func witnesses(
        _ numbers: some Sequence<Int>
    ) throws -> [(name: String, key: NoteKey, url: String?)] {
        try numbers.map { number in
            ("w\(number)", try SampleKeys.witness("w\(number).example").verifier, nil)
        }
    }

    private static func policy(_ quorum: Int, of numbers: some Sequence<Int>) throws
        -> WitnessPolicy
    {
        try WitnessPolicy.requiring(quorum, of: witnesses(numbers))
    }

    /// The table of `design.md`: (n, k, f).
    @Test(arguments: [(1, 1, 0), (2, 2, 0), (3, 2, 0), (4, 3, 1), (7, 5, 2), (13, 9, 4)])
    func theQuorumsOfTheTableMeet(_ row: (Int, Int, Int)) throws {
        let (n, k, f) = row
        #expect(WitnessPolicy.quorum(for: n) == k)
        let policy = try Self.policy(k, of: 1...n)
        let meeting = PolicyMeeting(policy, policy)
        #expect(meeting.bad == f)
        #expect(meeting.shared == 2 * k - n)
        #expect(meeting.meets == true)
        #expect(2 * k > n + f)
        // One cosignature less, and two histories can each have a quorum.
        guard k > 1, 2 * (k - 1) - n <= f else { return }
        let weak = try Self.policy(k - 1, of: 1...n)
        #expect(PolicyMeeting(weak, weak).meets == false)
    }

    @Test func strangersDoNotMeet() throws {
        let meeting = PolicyMeeting(
            try Self.policy(2, of: 1...3), try Self.policy(2, of: 4...6))
        #expect(meeting.witnesses == 6)
        #expect(meeting.shared == 0)
        #expect(meeting.meets == false)
    }

    @Test func aCommonCoreMakesThemMeetOnlyIfItIsNeeded() throws {
        // Of three each, two are common: each can do with one of them and its own third.
        let apart = PolicyMeeting(
            try Self.policy(2, of: [1, 2, 3]), try Self.policy(2, of: [1, 2, 4]))
        #expect(apart.shared == 0)
        let together = PolicyMeeting(
            try Self.policy(3, of: [1, 2, 3]), try Self.policy(3, of: [1, 2, 4]))
        #expect(together.shared == 2)
        #expect(together.bad == 1)
        #expect(together.meets == true)
    }

    @Test func whoAsksForNoWitnessMeetsNobody() throws {
        let none = try WitnessPolicy(parsing: "quorum none\n")
        #expect(PolicyMeeting(none, try Self.policy(1, of: [1])).meets == false)
        #expect(PolicyMeeting(none, none).meets == false)
    }

    /// Groups of groups, against a count of every pair of sets.
    @Test func nestedGroupsAreCountedAsEveryPairOfSetsWould() throws {
        let text = try Self.witnesses(1...6).map { "witness \($0.name) \($0.key)\n" }.joined()
        let quorums = [
            "group a any w1 w2 w3\ngroup b 2 w4 w5 w6\ngroup q all a b\nquorum q\n",
            "group a 2 w1 w2 w3\ngroup b any w4 w5 w6\ngroup q all a b\nquorum q\n",
            "group a all w1 w2\ngroup b all w3 w4\ngroup c all w5 w6\ngroup q 2 a b c\nquorum q\n",
            "group q 4 w1 w2 w3 w4 w5 w6\nquorum q\n", "quorum w3\n",
        ]
        let policies = try quorums.map { try WitnessPolicy(parsing: text + $0) }
        for one in policies {
            for other in policies {
                #expect(PolicyMeeting(one, other).shared == Self.slow(one, other))
            }
        }
    }

    private static func slow(_ one: WitnessPolicy, _ other: WitnessPolicy) -> Int {
        let first = (0..<64).filter { satisfies($0, one) }
        let second = (0..<64).filter { satisfies($0, other) }
        return first.flatMap { a in second.map { (a & $0).nonzeroBitCount } }.min() ?? 0
    }

    /// Whether the witnesses of the set, each at its own time, make a quorum time.
    private static func satisfies(_ set: Int, _ policy: WitnessPolicy) -> Bool {
        do {
            let country = try SampleCountry("XA", 1)
            let head = try country.checkpoint(SampleCountry.entries(0..<2))
            let lines = try (0..<6).filter { set >> $0 & 1 == 1 }.map { bit in
                try SampleKeys.witness("w\(bit + 1).example").cosign(
                    head.head, at: .noon("2026-11-01"))
            }
            return policy.open(head.adding(lines)) != nil
        } catch {
            Issue.record("\(error)")
            return false
        }
    }

    @Test func mirrorsAreAGroupBesideTheWitnessesAndInNoReadQuorum() throws {
        let policy = try WitnessPolicy.requiring(
            3, of: Self.witnesses(1...4), and: 2, ofMirrors: Self.witnesses(5...6))
        #expect(try WitnessPolicy(parsing: policy.text) == policy)
        #expect(policy.leastQuorum == 5)
        #expect(policy.leastPlainQuorum == 3)
        #expect(policy.plainWitnesses.map(\.name) == ["w1", "w2", "w3", "w4"])
        let mirror = try SampleKeys.witness("w5.example").verifier
        #expect(policy.isMirror(mirror))
        #expect(!policy.isMirror(try SampleKeys.witness("w4.example").verifier))
        let read = ReadQuorum(of: policy)
        #expect(read.names == ["w1", "w2", "w3", "w4"])
        #expect(read.needed == 3)
        // Witnesses alone are no quorum, and mirrors alone are none.
        #expect(!Self.opens(policy, [1, 2, 3, 4]))
        #expect(!Self.opens(policy, [5, 6]))
        #expect(!Self.opens(policy, [1, 2, 5, 6]))
        #expect(Self.opens(policy, [1, 2, 3, 5, 6]))
    }

    private static func opens(_ policy: WitnessPolicy, _ numbers: [Int]) -> Bool {
        satisfies(numbers.reduce(0) { $0 | 1 << ($1 - 1) }, policy)
    }
}
