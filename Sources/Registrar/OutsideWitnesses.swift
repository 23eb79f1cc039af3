import Cryptography
public import Encoding
import Foundation
import Registry
import Storage
public import Sync
public import TransparencyLog

/// Witnesses that keep no registry, and that this node counts on beside its peers.
///
/// `Protocol/witness.md § Alone`. The file `witnesses.policy` in the node's folder, in the syntax
/// of C2SP tlog-policy: one `witness` line each.
struct OutsideWitnesses {
    let node: NodeDirectory

    private var file: URL { node.url.appending(path: "witnesses.policy") }

    var list: [(name: String, key: NoteKey, url: String?)] {
        get throws {
            guard let data = FileManager.default.contents(atPath: file.path) else { return [] }
            do { return try WitnessPolicy(parsing: Array(data)).witnesses } catch {
                throw RegistrarError.unreadable(path: file.path, reason: "\(error)")
            }
        }
    }

    /// The list with a witness added, or in place of the one of the same name.
    func adding(
        name: String, key: NoteKey, url: String
    ) throws -> [(name: String, key: NoteKey, url: String?)] {
        try list.filter { $0.name != name } + [(name, key, url)]
    }

    func store(_ list: [(name: String, key: NoteKey, url: String?)]) throws {
        let lines = list.map {
            "witness \($0.name) \($0.key)" + ($0.url.map { " \($0)" } ?? "") + "\n"
        }
        let text = lines.joined() + "quorum none\n"
        _ = try WitnessPolicy(parsing: text)
        try node.write(Array(text.utf8), to: file, mode: 0o644)
    }
}

extension Office {
    /// Counts on a witness that is no peer, for every log that is believed here.
    ///
    /// - Returns: by country, the policies under which logs are now believed.
    public func addWitness(
        name: String, key: NoteKey, url: PeerAddress, at now: Timestamp
    ) async throws -> [String: WitnessPolicy] {
        let cards = try peerCards() + [card]
        // SPEC: an operator's own cosignature counts for nothing: a key in two roles would.
        let known = cards.flatMap { [$0.witness, $0.mirror].compactMap { $0?.key } }
        guard key.algorithm == .cosignature, !known.contains(key.key) else {
            throw RegistrarError.notAWitness(name: name)
        }
        let outside = OutsideWitnesses(node: node)
        let list = try outside.adding(name: name, key: key, url: url.url)
        // Order: the file comes after the acts; a node that is sealed counts on nobody new.
        let policies = try await publishPolicies(at: now, outside: list)
        try outside.store(list)
        return policies
    }
}
