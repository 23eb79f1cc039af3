import Cryptography
import TestSupport
import Testing
import TransparencyLog

@Suite struct ReadQuorumTests {
    @Test(arguments: [
        (0, 0, 0), (1, 1, 1), (2, 2, 1), (3, 2, 2), (4, 3, 3), (7, 5, 5), (13, 9, 9),
    ])
    func meetsEveryQuorumInAnHonestWitness(_ witnesses: Int, _ quorum: Int, _ needed: Int) {
        #expect(ReadQuorum.needed(witnesses: witnesses, quorum: quorum) == needed)
        guard witnesses > 0 else { return }
        #expect(WitnessPolicy.quorum(for: witnesses) == quorum)
        // Those who signed and those who answered share more than may be bad.
        #expect(quorum + needed - witnesses > (witnesses - 1) / 3)
        #expect(needed <= witnesses)
    }

    @Test(arguments: [
        (1, 0, 0), (1, 1, 1), (2, 1, 1), (1, 2, 1), (2, 2, 1), (3, 3, 2), (3, 7, 3), (0, 0, 0),
    ])
    func hasRoomForWitnessesThatNobodyCanAsk(_ silent: Int, _ reachable: Int, _ room: Int) {
        #expect(ReadQuorum.roomForSilent(silent, beside: reachable) == room)
        let all = reachable + room
        let quorum = WitnessPolicy.quorum(for: all)
        #expect(ReadQuorum.needed(witnesses: all, quorum: quorum) <= reachable)
    }

    @Test func countsTheSmallestSetOfNestedGroups() throws {
        let keys = try (1...5).map { try SampleCountry("X\($0)", UInt8($0)).witness.verifier }
        let lines = keys.enumerated().map { "witness w\($0.offset) \($0.element)\n" }.joined()
        let policy = try WitnessPolicy(
            parsing: lines + "group a 2 w0 w1 w2\ngroup b any w3 w4\ngroup c all a b\nquorum c\n")
        #expect(policy.leastQuorum == 3)
        #expect(try WitnessPolicy(parsing: lines + "quorum none\n").leastQuorum == 0)
        #expect(try WitnessPolicy(parsing: lines + "quorum w3\n").leastQuorum == 1)
    }

    private func quorum() throws -> ReadQuorum {
        let others = try (2...5).map { try SampleCountry("X\($0)", UInt8($0)) }
        return ReadQuorum(of: try SampleCountry.policy(3, of: others))
    }

    private func answer(
        _ number: Int, _ size: Int, branch: String = "", isMatched: Bool = true
    ) throws -> ReadQuorum.Answer {
        let witness = try SampleCountry("X\(number)", UInt8(number)).witness.verifier
        return ReadQuorum.Answer(
            name: witness.name, size: UInt64(size), root: try root(size, branch),
            isMatched: isMatched)
    }

    private func root(_ size: Int, _ branch: String = "") throws -> HashValue {
        MerkleTree.root(
            of: SampleCountry.entries(0..<size, branch: branch).map(MerkleTree.leafHash))
    }

    private func judge(_ answers: [ReadQuorum.Answer]) throws -> ReadQuorum.Judgement {
        try quorum().judge(answers, size: 9) { try root(Int($0)) }
    }

    @Test func needsEnoughWhoVouchForTheirMemory() throws {
        #expect(try judge([answer(2, 9), answer(3, 0), answer(4, 5)]) == .reached)
        guard
            case .refused(.quorumSilent(2, 3, let silent)) = try judge([
                answer(2, 9), answer(3, 9), answer(4, 9, isMatched: false),
            ])
        else {
            Issue.record("expected a quorum that was not reached")
            return
        }
        #expect(silent.count == 2)
        // Nobody counts twice, and no stranger counts at all.
        let stranger = ReadQuorum.Answer(
            name: "stranger", size: 9, root: try root(9), isMatched: true)
        #expect(try judge([answer(2, 9), answer(2, 9), answer(3, 9), stranger]) != .reached)
    }

    @Test func believesEverybodyWhoHasSeenMore() throws {
        let all = try [answer(2, 9), answer(3, 9), answer(4, 9)]
        for isMatched in [true, false] {
            let ahead = try judge(all + [answer(5, 11, isMatched: isMatched)])
            guard case .refused(.ahead(_, size: 11, own: 9)) = ahead else {
                Issue.record("expected a node that is behind, found \(ahead)")
                return
            }
            let forked = try judge(all + [answer(5, 4, branch: "b", isMatched: isMatched)])
            guard case .refused(.contradicted(_, size: 4)) = forked else {
                Issue.record("expected a contradiction, found \(forked)")
                return
            }
        }
    }
}
