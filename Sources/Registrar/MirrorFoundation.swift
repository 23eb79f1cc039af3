public import Cryptography
import Foundation
public import Registry
import TransparencyLog

extension Office {
    /// Makes this node a mirror: a key of its own, which its card names from now on.
    ///
    /// `Protocol/witness.md § Mirrors`. Whoever wants to count on it adds the node's card anew.
    public static func makeMirror(
        of node: NodeDirectory, seal: KeySealing
    ) throws -> NodeCard {
        let card = try node.card()
        guard card.mirror == nil else { throw RegistrarError.isMirror(path: node.path) }
        guard let origin = LogOrigin(parsing: card.pin.origin) else {
            throw RegistrarError.noNode(path: node.path)
        }
        var generator = SystemRandomNumberGenerator()
        let key = SigningKey.generated(using: &generator)
        // A name and a key of its own: one key must not stand for two roles.
        let vkey = try NoteKey(
            name: "\(origin.network)/\(origin.country)/mirror", algorithm: .cosignature,
            key: key.verificationKey)
        let file = try seal(key, NodeDirectory.Role.mirror.rawValue, card.country.lowercased())
        let files = KeyReplacement(node: node)
        let new = NodeCard(
            country: card.country, pin: card.pin, log: card.log, witness: card.witness,
            extract: card.extract, isSample: card.isSample, mirror: vkey)
        try files.begin([.mirror: file], card: new)
        try files.finish()
        return new
    }
}
