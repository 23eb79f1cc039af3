import Foundation
import Testing

/// Machines on one network: namespaces of this machine, joined by a bridge in one of their own.
final class NamespaceNetwork {
    enum Failure: Error { case refused(String) }

    private static let ip = "/usr/sbin/ip"
    private static let nft = "/usr/sbin/nft"
    private static let tc = "/usr/sbin/tc"
    private let prefix = "concord\(ProcessInfo.processInfo.processIdentifier)"
    private let names: [String]
    private var hub: String { "\(prefix)hub" }

    /// Whether this machine lets the tests make namespaces and join them.
    static let isPossible: Bool = {
        guard FileManager.default.isExecutableFile(atPath: ip) else { return false }
        return (try? NamespaceNetwork(["probe"])) != nil
    }()

    /// Whether packets can be lost on purpose.
    static let canLose: Bool = {
        guard isPossible, FileManager.default.isExecutableFile(atPath: nft),
            let network = try? NamespaceNetwork(["probe"])
        else { return false }
        return (try? network.lose(percent: 10, at: "probe")) != nil
    }()

    /// Whether the kernel can delay packets.
    static let canDelay: Bool = {
        guard isPossible, FileManager.default.isExecutableFile(atPath: tc),
            let network = try? NamespaceNetwork(["probe"])
        else { return false }
        return (try? network.delay(milliseconds: 10, at: "probe")) != nil
    }()

    init(_ names: [String]) throws {
        self.names = names
        try run("netns", "add", hub)
        try run("-n", hub, "link", "add", "bridge", "type", "bridge")
        try run("-n", hub, "link", "set", "bridge", "up")
        for (index, name) in names.enumerated() {
            try run("netns", "add", space(name))
            try run(
                "-n", hub, "link", "add", "to\(index)", "type", "veth", "peer", "name", "out",
                "netns", space(name))
            try run("-n", hub, "link", "set", "to\(index)", "master", "bridge", "up")
            try run("-n", space(name), "address", "add", "\(address(name))/24", "dev", "out")
            for device in ["lo", "out"] {
                try run("-n", space(name), "link", "set", device, "up")
            }
        }
    }

    deinit { for name in names.map(space) + [hub] { try? run("netns", "delete", name) } }

    private func space(_ name: String) -> String { "\(prefix)\(name)" }

    /// The address of a machine; in use nowhere but between these namespaces.
    func address(_ name: String) -> String {
        "10.77.0.\((names.firstIndex(of: name) ?? 0) + 1)"
    }

    /// The command that starts another one on a machine.
    func launcher(_ name: String) -> [String] {
        [Self.ip, "netns", "exec", space(name)]
    }

    /// Cuts a machine off, or joins it again.
    func set(_ name: String, isReachable: Bool) throws {
        try run("-n", space(name), "link", "set", "out", isReachable ? "up" : "down")
    }

    /// Loses some of the packets that come to a machine; none: all come again.
    func lose(percent: Int, at name: String) throws {
        try execute(name, Self.nft, "flush", "ruleset")
        guard percent > 0 else { return }
        try execute(name, Self.nft, "add", "table", "ip", "weather")
        try execute(
            name, Self.nft, "add", "chain", "ip", "weather", "rain",
            "{ type filter hook input priority 0; }")
        try execute(
            name, Self.nft, "add", "rule", "ip", "weather", "rain", "numgen", "random", "mod",
            "100", "<", "\(percent)", "drop")
    }

    /// Lets every packet that leaves a machine come so much later.
    func delay(milliseconds: Int, at name: String) throws {
        try execute(
            name, Self.tc, "qdisc", "replace", "dev", "out", "root", "netem", "delay",
            "\(milliseconds)ms")
    }

    private func execute(_ name: String, _ words: String...) throws {
        try run(Array(launcher(name).dropFirst()) + words)
    }

    private func run(_ words: String...) throws { try run(words) }

    private func run(_ words: [String]) throws {
        let outcome = try ConcordProcess.run(words, through: [Self.ip], isLauncherAlone: true)
        guard outcome.code == 0 else { throw Failure.refused(outcome.complaint) }
    }
}
