public import Cryptography
public import Encoding
internal import Registry
import Storage
public import TransparencyLog

/// The change of a country's root, or of its log's key, while both are in its hands.
///
/// `Protocol/keys.md § Changes`. The root passes to the key whose hash it had committed to; the
/// log key from a size on that is not signed yet, so that old proofs keep verifying.
public struct KeyRotation {
    private let node: NodeDirectory
    private let passphrase: [UInt8]?

    public init(of node: NodeDirectory, passphrase: [UInt8]?) {
        self.node = node
        self.passphrase = passphrase
    }

    /// Makes the committed next root the root, and commits to a new one.
    ///
    /// - Returns: the new root.
    public func changeRoot(
        to nextRoot: SigningKey, at now: Timestamp, seal: KeySealing
    ) async throws -> NoteKey {
        let office = try resumed(at: now)
        let size = try office.size()
        try office.checkRoots(nextRoot, at: size, passphrase, now)
        let old = try node.signer(.root, passphrase: passphrase)
        let new = try NoteSigner(name: old.verifier.name, key: nextRoot, algorithm: .ed25519)
        var generator = SystemRandomNumberGenerator()
        let after = SigningKey.generated(using: &generator)
        let afterKey = try NoteKey(
            name: old.verifier.name, algorithm: .ed25519, key: after.verificationKey)
        let name = office.card.country.lowercased()
        let files = KeyReplacement(node: node)
        try files.begin(
            [.root: seal(nextRoot, "root", name), .nextRoot: seal(after, "next-root", name)],
            card: office.card)
        let draft = ActDraft(
            kind: "key", author: old.verifier.name, subjects: [old.verifier.name],
            act: [
                "role": "root", "holder": .string(old.verifier.name),
                "key": .string(new.verifier.description),
                "nextRoot": .string(HashValue(of: afterKey.description.utf8).hexadecimal),
            ])
        let entry = try draft.entry(
            for: office.card.pin.origin, signedBy: [old, new], using: &generator)
        try await office.publish([entry], at: now)
        try files.finish()
        return new.verifier
    }

    /// Makes a new log key; it signs from the second tree after this act on.
    public func changeLogKey(at now: Timestamp, seal: KeySealing) async throws -> NoteKey {
        let office = try resumed(at: now)
        let card = office.card
        var generator = SystemRandomNumberGenerator()
        let key = SigningKey.generated(using: &generator)
        let vkey = try NoteKey(
            name: card.pin.origin, algorithm: .ed25519, key: key.verificationKey)
        let files = KeyReplacement(node: node)
        try files.begin(
            [.log: seal(key, "log", card.country.lowercased())],
            card: NodeCard(
                country: card.country, pin: card.pin, log: vkey, witness: card.witness,
                extract: card.extract, isSample: card.isSample, mirror: card.mirror))
        // The tree that holds the act is signed by the old key: followers learn the new one there.
        let draft = ActDraft(
            kind: "key", author: card.pin.root.name, subjects: [card.pin.origin],
            act: [
                "role": "log", "holder": .string(card.pin.origin),
                "key": .string(vkey.description),
                "fromSize": .integer(Int64(try office.size()) + 2),
            ])
        try await office.publish([draft], at: now)
        try files.finish()
        return vkey
    }

    /// The office, after a change that a crash cut off was finished or taken back.
    private func resumed(at now: Timestamp) throws -> Office {
        let office = try Office(opening: node, passphrase: passphrase)
        let files = KeyReplacement(node: node)
        guard files.isBegun else { return office }
        let state = try office.state(about: [], at: now)
        let named = state.grants.map(\.key.key)
        let keys = try [files.key(.root), files.key(.log)].compactMap { $0?.verificationKey }
        // What the log names by now is in force; anything else was never published.
        if keys.contains(where: named.contains) { try files.finish() } else { try files.cancel() }
        return try Office(opening: node, passphrase: passphrase)
    }
}

extension Office {
    fileprivate func size() throws -> UInt64 {
        try database.reading { try $0.log(card.pin.origin)?.size ?? 0 }
    }
}
