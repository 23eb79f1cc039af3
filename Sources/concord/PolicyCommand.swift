import ArgumentParser
import Registrar
import Registry
import Sync
import TransparencyLog

/// `concord policy`: what witness policies ask for, and whether their quorums meet.
struct PolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Check witness policies.", subcommands: [Check.self])

    struct Check: ConcordCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract:
                "Say whether quorums are large enough, and whether those of two readers meet.",
            discussion: """
                Where two readers of one log may be satisfied by quorums that share no honest
                witness, the log can show each of them another history. Exits with 1 then.
                  concord policy check ours.policy theirs.policy
                  concord policy check --node ./de
                """)

        @Argument(help: "One or two policies, as files of C2SP tlog-policy.")
        var files: [String] = []

        @Option(help: "Compare the policies of this node with those of its peers.")
        var node: String?

        func validate() throws {
            guard (1...2).contains(files.count) == (node == nil) else {
                throw ValidationError("expected one or two files, or --node DIR")
            }
        }

        func perform() async throws {
            let isSound = try node.map(checkNode) ?? checkFiles()
            if !isSound { throw ExitCode(1) }
        }

        private func checkFiles() throws -> Bool {
            let policies = try files.map {
                try WitnessPolicy(parsing: InputFile.read($0, limit: 1 << 20))
            }
            var isSound = true
            for (file, policy) in zip(files, policies) {
                isSound = PolicyText.print(policy, as: file) && isSound
            }
            guard policies.count == 2 else { return isSound }
            let meeting = PolicyMeeting(policies[0], policies[1])
            return PolicyText.print(meeting, of: "their quorums") && isSound
        }

        private func checkNode(_ path: String) throws -> Bool {
            let office = try Office(opening: NodeDirectory(path), passphrase: nil)
            var isSound = true
            if let own = try office.state(about: [], at: Clock.now).ownPolicy {
                isSound = PolicyText.print(own, as: "the own log")
            }
            if let silent = try office.silentWitnesses(at: Clock.now), !silent.names.isEmpty {
                let reachable = silent.quorum.names.count - silent.names.count
                Console.print(
                    "  cannot be asked what they saw, for they only dial out: "
                        + silent.names.joined(separator: ", "))
                if reachable < silent.quorum.needed {
                    Console.print(
                        "  TOO FEW to ask: \(reachable) of the \(silent.quorum.needed) that must "
                            + "answer before this node signs after a start; add one of them with "
                            + "an address (concord peer add URL), if only for a while")
                    isSound = false
                }
            }
            let (comparisons, awaited) = try office.policyComparisons(at: Clock.now)
            for comparison in comparisons {
                isSound =
                    PolicyText.print(
                        comparison.meeting,
                        of: "\(comparison.origin), read here and in \(comparison.country):")
                    && isSound
            }
            if !awaited.isEmpty {
                Console.print(
                    "NOT COMPARED with \(awaited.joined(separator: ", ")): no log of theirs is here "
                        + "yet; run concord sync first")
                isSound = false
            }
            return isSound
        }
    }
}

/// What a check of policies says.
enum PolicyText {
    /// The arithmetic of one policy; false if its own quorums need not meet.
    static func print(_ policy: WitnessPolicy, as name: String) -> Bool {
        guard !policy.isUnwitnessed else {
            Console.print("\(name): quorum none: everything under it is unwitnessed")
            return false
        }
        let n = policy.witnesses.count
        let k = policy.leastQuorum
        let meeting = PolicyMeeting(policy, policy)
        let read = ReadQuorum(of: policy)
        Console.print("\(name): \(k) of \(n) witnesses, of whom \(meeting.bad) may be bad")
        Console.print(
            "  2k > n + f: 2 x \(k) \(2 * k > n + meeting.bad ? ">" : "is not above") "
                + "\(n) + \(meeting.bad); read quorum \(read.needed) of \(read.names.count)")
        return print(meeting, of: "  its own quorums")
    }

    /// False if two quorums need not share an honest witness, or if that was not counted.
    static func print(_ meeting: PolicyMeeting, of name: String) -> Bool {
        switch (meeting.meets, meeting.shared) {
        case (true?, let shared?):
            Console.print(
                "\(name) share at least \(shared) of \(meeting.witnesses) witnesses: more than "
                    + "the \(meeting.bad) that may be bad")
            return true
        case (false?, let shared?):
            Console.print(
                "\(name) NEED NOT MEET in an honest witness: they share as few as \(shared) of "
                    + "\(meeting.witnesses), of whom \(meeting.bad) may be bad")
            return false
        default:
            Console.print("\(name): too many groups of common witnesses to count")
            return false
        }
    }
}
