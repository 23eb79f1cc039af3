import Credentials
import Cryptography
import Encoding
import TransparencyLog

/// Holders' keys by what rows and options call them: the text of a public key, a key as JSON (Ed25519
/// or P-256, as European wallets have them), or the path of a file with either.
final class HolderKeys {
    private var known: [String: JSONWebKey?] = [:]

    /// nil if there is no key under that name.
    func find(_ name: String) -> JSONWebKey? {
        if let key = known[name] { return key }
        let key = HolderKeys.read(name)
        known[name] = .some(key)
        return key
    }

    /// The keys of all names.
    ///
    /// - Throws: for the first under which there is none.
    func all(_ names: [String]) throws -> [String: JSONWebKey] {
        var keys: [String: JSONWebKey] = [:]
        for name in names {
            guard let key = find(name) else {
                if !name.hasPrefix("{") {
                    _ = try InputFile.read(name, limit: HolderKeys.sizeLimit)
                }
                throw CommandFailure(
                    .notWhatItClaims,
                    "expected a public key, a key as JSON (Ed25519 or P-256) or a file of one, found "
                        + name)
            }
            keys[name] = key
        }
        return keys
    }

    private static let sizeLimit = 65_536

    private static func read(_ name: String) -> JSONWebKey? {
        if let key = try? NoteKey(parsing: name) { return JSONWebKey(key.key) }
        if name.hasPrefix("{") { return webKey(Array(name.utf8)) }
        guard let bytes = try? InputFile.read(name, limit: sizeLimit) else { return nil }
        if let file = try? KeyFile(parsing: bytes) { return JSONWebKey(file.verificationKey) }
        return webKey(bytes)
    }

    /// A key with which a holder's answer can be checked; a private one is none.
    private static func webKey(_ bytes: [UInt8]) -> JSONWebKey? {
        guard let value = try? JSONValue(parsing: bytes),
            let key = try? JSONWebKey(parsing: value), key.signatureKey != nil
        else { return nil }
        return key
    }
}
