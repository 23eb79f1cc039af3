public import Cryptography
public import Encoding
import Foundation
public import Registry
public import TransparencyLog

/// The start of a country's log: fresh keys, and the acts that name them.
public struct Genesis: Sendable {
    public let card: NodeCard
    public let drafts: [ActDraft]
    public let keys: [NodeDirectory.Role: SigningKey]

    /// - Parameters:
    ///   - origin: `<network>/<country>/<generation>`.
    ///   - names: the country's names by language.
    public init(
        country: String, origin: String, names: JSONObject, isSample: Bool,
        using generator: inout some RandomNumberGenerator
    ) throws {
        var keys: [NodeDirectory.Role: SigningKey] = [:]
        for role in NodeDirectory.Role.founding {
            keys[role] = SigningKey.generated(using: &generator)
        }
        let holder = country.lowercased()
        let network = origin.split(separator: "/").dropLast().joined(separator: "/")
        func vkey(
            _ role: NodeDirectory.Role, _ name: String,
            _ algorithm: NoteKey.Algorithm = .ed25519
        ) throws -> NoteKey {
            guard let key = keys[role] else {
                throw RegistrarError.keyMissing(role: role.rawValue, path: "")
            }
            return try NoteKey(name: name, algorithm: algorithm, key: key.verificationKey)
        }
        let root = try vkey(.root, "\(holder).root")
        let nextRoot = HashValue(of: try vkey(.nextRoot, "\(holder).root").description.utf8)
        let log = try vkey(.log, origin)
        let extract = try vkey(.extract, "\(network)/extract")
        card = NodeCard(
            country: country,
            pin: LogPin(origin: origin, root: root, nextRoot: nextRoot), log: log,
            witness: try vkey(.witness, "\(network)/witness", .cosignature), extract: extract,
            isSample: isSample)
        self.keys = keys
        let author = root.name
        drafts = [
            ActDraft(
                kind: "key", author: author, subjects: [author],
                act: [
                    "role": "root", "holder": .string(author), "key": .string(root.description),
                    "nextRoot": .string(nextRoot.hexadecimal),
                ]),
            ActDraft(
                kind: "key", author: author, subjects: [origin],
                act: [
                    "role": "log", "holder": .string(origin), "key": .string(log.description),
                    "fromSize": 0,
                ]),
            ActDraft.extractKey(extract, by: author),
            ActDraft(
                kind: "country", author: author, subjects: [country],
                act: ["country": .string(country), "names": .object(names)]),
        ]
    }
}

extension ActDraft {
    /// The root's act that names a holder of an extract key, its own or another node's.
    public static func extractKey(_ key: NoteKey, by root: String) -> ActDraft {
        ActDraft(
            kind: "key", author: root, subjects: [key.name],
            act: [
                "role": "extract", "holder": .string(key.name), "key": .string(key.description),
            ])
    }

    /// The root's act that names the witness key of the log's buddy.
    public static func buddyKey(_ key: NoteKey, by root: String) -> ActDraft {
        ActDraft(
            kind: "key", author: root, subjects: [key.name],
            act: [
                "role": "buddy", "holder": .string(key.name), "key": .string(key.description),
            ])
    }

    /// The root's act that says which log speaks for a country and who witnesses it.
    public static func peer(
        _ card: NodeCard, policy: WitnessPolicy, by root: String
    ) -> ActDraft {
        var act: JSONObject = [
            "country": .string(card.country), "origin": .string(card.pin.origin),
            "root": .string(card.pin.root.description),
            "nextRoot": .string(card.pin.nextRoot.hexadecimal),
            "log": .string(card.log.description),
            "policy": .string(policy.text),
        ]
        act["predecessors"] = card.pin.predecessorMember
        return ActDraft(
            kind: "peer", author: root, subjects: [card.country, card.pin.origin], act: act)
    }
}
