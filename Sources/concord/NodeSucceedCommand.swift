import ArgumentParser
import Cryptography
import Registrar
import Registry
import TransparencyLog

/// Where the next root's key lies, which is kept apart from the node.
struct NextRootOptions: ParsableArguments {
    @Option(
        name: .customLong("next-root"),
        help: "The key file of the next root, which was kept away from this machine.")
    var file: String

    @OptionGroup var making: NewKeyOptions

    func key() throws -> SigningKey { try making.passphrase.open(file).key }

    func seal(_ key: SigningKey, _ role: String, _ name: String) throws -> KeyFile {
        try making.sealed(key, role: role, name: name)
    }
}

/// `concord node succeed`: the country's log goes on as its next generation.
struct NodeSucceedCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "succeed",
        abstract: "Go on as the next generation, from the good part of a log that forked or died.",
        discussion: """
            The new log begins with the same entries at the same indexes; certificates keep their
            places. Both roots sign, and the next root takes over. Others adopt it by themselves
            if a proof froze the old log or --dead is given, and nothing is dropped that a quorum
            has seen. Nothing returns from this.
              concord node succeed --node ./de --next-root /media/stick/next-root.key
            """)

    @Option(help: "The node's folder.")
    var node = "./concord-node"

    @Option(help: "The last good size; default: what the proof of the fork says.")
    var size: UInt64?

    @Flag(help: "Give up a log of which no fork is proven: its keys or machines are lost.")
    var dead = false

    @OptionGroup var nextRoot: NextRootOptions

    func perform() async throws {
        let succession = NodeSuccession(
            of: NodeDirectory(node), passphrase: try nextRoot.making.passphrase.forNode(node),
            nextRoot: try nextRoot.key())
        let office = try await succession.run(
            keeping: size, isDead: dead, at: Clock.now, seal: nextRoot.seal)
        let pin = office.card.pin
        Console.print("\(office.card.country)  \(pin.origin)")
        if let before = pin.predecessors.last {
            Console.print("  goes on from \(before.origin) after entry \(before.size - 1)")
        }
        Console.print("  fingerprint  \(office.card.fingerprint)")
        Console.print("  the next root is the root now; keep the new keys/next-root.key away")
    }
}

/// `concord node rotate-root` and `rotate-log`: keys that change while they are at hand.
struct NodeRotateRootCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate-root",
        abstract: "Make the committed next root the root, and commit to a new one.",
        discussion: """
            Old acts stay those of the old root. The old root's key is of no use afterwards.
              concord node rotate-root --node ./de --next-root /media/stick/next-root.key
            """)

    @Option(help: "The node's folder.")
    var node = "./concord-node"

    @OptionGroup var nextRoot: NextRootOptions

    func perform() async throws {
        let key = try await KeyRotation(
            of: NodeDirectory(node), passphrase: nextRoot.making.passphrase.forNode(node)
        ).changeRoot(to: nextRoot.key(), at: Clock.now, seal: nextRoot.seal)
        Console.print("root: \(key)")
        Console.print("  keep the new keys/next-root.key away from this machine")
    }
}

struct NodeRotateLogCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate-log",
        abstract: "Make a new key for the log's checkpoints.",
        discussion: """
            The tree that holds this act is the last that the old key signs; proofs under it keep
            verifying. A stolen key needs more: rotate the root first, then publish its
            compromise from the last good size on.
              concord node rotate-log --node ./de
            """)

    @Option(help: "The node's folder.")
    var node = "./concord-node"

    @OptionGroup var making: NewKeyOptions

    func perform() async throws {
        let key = try await KeyRotation(
            of: NodeDirectory(node), passphrase: making.passphrase.forNode(node)
        ).changeLogKey(at: Clock.now) { key, role, name in
            try making.sealed(key, role: role, name: name)
        }
        Console.print("log: \(key)")
    }
}

/// `concord node mirror`: a cosigner for what this node holds copies of.
struct NodeMirrorCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "mirror",
        abstract: "Make this node a mirror: it cosigns what it holds a copy of.",
        discussion: """
            The card names the new key, and its fingerprint changes: whoever wants to count on
            the mirror adds this node again with concord peer add.
              concord node mirror --node ./de
            """)

    @Option(help: "The node's folder.")
    var node = "./concord-node"

    @OptionGroup var making: NewKeyOptions

    func perform() async throws {
        let card = try Office.makeMirror(of: NodeDirectory(node)) { key, role, name in
            try making.sealed(key, role: role, name: name)
        }
        if let mirror = card.mirror { Console.print("mirror: \(mirror)") }
        Console.print("  fingerprint  \(card.fingerprint)")
    }
}
