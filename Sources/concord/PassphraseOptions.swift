import ArgumentParser
import Cryptography

/// Where passphrases come from: a file, or a prompt on the terminal.
struct PassphraseOptions: ParsableArguments {
    @Option(
        name: .customLong("passphrase-file"),
        help: "A file whose first line is the passphrase; without it, you are asked.")
    var file: String?

    @Flag(
        help: "Write the key without a passphrase. For samples and machines that guard files.")
    var unsealed = false

    @Flag(help: "Mark the key as a sample: it is refused outside a sample network.")
    var sample = false

    /// The file for a new key, sealed unless told otherwise.
    func sealed(_ key: SigningKey, role: String, name: String) throws -> KeyFile {
        if unsealed {
            return KeyFile(unsealed: key, role: role, name: name, isSample: sample)
        }
        guard let passphrase = try read("passphrase for the new \(role) key: "),
            !passphrase.isEmpty
        else {
            throw CommandFailure(
                .keyRefused,
                "expected a passphrase for the new \(role) key; give --passphrase-file FILE, or "
                    + "--unsealed to write it without one")
        }
        var generator = SystemRandomNumberGenerator()
        return try KeyFile(
            sealing: key, role: role, name: name, isSample: sample, passphrase: passphrase,
            using: &generator)
    }

    /// Opens a key file; asks for the passphrase only if it is sealed.
    func open(_ path: String) throws -> (key: SigningKey, file: KeyFile) {
        let file: KeyFile
        do {
            file = try KeyFile(parsing: InputFile.read(path, limit: 65_536))
        } catch let error as CryptographyError {
            throw CommandFailure(.keyRefused, "\(path): \(error)")
        }
        let passphrase = file.isSealed ? try read("passphrase for \(path): ") : nil
        do { return (try file.signingKey(passphrase: passphrase), file) } catch {
            throw CommandFailure(.keyRefused, "\(path): \(error); check --passphrase-file")
        }
    }

    /// The passphrase for the node's own keys, if a file gives one.
    func forNode() throws -> [UInt8]? {
        file == nil ? nil : try read("")
    }

    private func read(_ prompt: String) throws -> [UInt8]? {
        guard let file else { return Console.passphrase(prompt) }
        let bytes = try InputFile.read(file, limit: 4_096)
        return Array(bytes.prefix { $0 != 0x0A && $0 != 0x0D })
    }
}
