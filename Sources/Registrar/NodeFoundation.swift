public import Cryptography
public import Encoding
import Foundation
import Registry
import Storage

extension Office {
    /// Makes a node in an empty place: its folder, its keys, its log with the first acts.
    ///
    /// - Parameter seal: makes the key file, sealed under a passphrase or not.
    public static func found(
        _ node: NodeDirectory, country: String, origin: String, names: JSONObject,
        isSample: Bool, passphrase: [UInt8]?, at now: Timestamp,
        seal: (SigningKey, _ role: String, _ name: String) throws -> KeyFile
    ) async throws -> Office {
        guard !node.exists else { throw RegistrarError.nodeExists(path: node.path) }
        var generator = SystemRandomNumberGenerator()
        let genesis = try Genesis(
            country: country, origin: origin, names: names, isSample: isSample, using: &generator)
        do {
            try FileManager.default.createDirectory(
                at: node.url.appending(path: "keys"), withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            // A folder that was there may have been open to others.
            for folder in [node.path, node.url.appending(path: "keys").path] {
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o700], ofItemAtPath: folder)
            }
        } catch { throw RegistrarError.cannotWrite(path: node.path) }
        for (role, key) in genesis.keys {
            let file = try seal(key, role.rawValue, genesis.card.country.lowercased())
            try node.write(file.serialized, to: node.keyFile(role), mode: 0o600)
        }
        let database = try LogDatabase(inFolder: node.path)
        try database.addLog(origin, isOwn: true)
        // The only way to a first signature: where anything was ever signed, this throws.
        try database.beginLife(
            HashValue(of: [UInt8].random(count: 32, using: &generator)))
        try database.close()
        // The card comes last: a folder without it is no node, and can be started again.
        try node.write(genesis.card.serialized, to: node.cardFile, mode: 0o644)
        let office = try Office(opening: node, passphrase: passphrase)
        try await office.publish(genesis.drafts, at: now)
        return office
    }
}
