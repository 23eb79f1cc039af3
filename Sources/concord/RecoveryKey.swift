import Cryptography
import TransparencyLog

/// The key under which backups are made: its public half on the node, its secret in a safe.
enum RecoveryKey {
    static let role = "recovery"

    /// The public half: a key file's, or the line that `concord key new recovery` printed.
    static func verifier(_ text: String) throws -> VerificationKey {
        if let key = try? NoteKey(parsing: text) { return key.key }
        let bytes = try InputFile.read(text, limit: 65_536)
        let line = String(decoding: bytes, as: UTF8.self).prefix { $0 != "\n" }
        if let key = try? NoteKey(parsing: String(line)) { return key.key }
        let file: KeyFile
        do { file = try KeyFile(parsing: bytes) } catch {
            throw CommandFailure(
                .keyRefused,
                "expected the public half of a recovery key in \(text), found neither its line nor "
                    + "a key file; make one with concord key new recovery")
        }
        try check(file, text)
        return file.verificationKey
    }

    /// The secret half.
    static func opened(_ path: String, _ passphrase: PassphraseOptions) throws -> SigningKey {
        let (key, file) = try passphrase.open(path)
        try check(file, path)
        return key
    }

    // SPEC: a key serves one role.
    private static func check(_ file: KeyFile, _ path: String) throws {
        guard file.role == role else {
            throw CommandFailure(
                .keyRefused,
                "expected a recovery key in \(path), found one of the role \(file.role)")
        }
    }
}
