import ArgumentParser
import Cryptography

/// Where passphrases come from: a file, or a prompt on the terminal.
struct PassphraseOptions: ParsableArguments {
    @Option(
        name: .customLong("passphrase-file"),
        help: "A file whose first line is the passphrase; without it, you are asked.")
    var file: String?

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

    /// The first line of the file, or what is typed on the terminal.
    func read(_ prompt: String) throws -> [UInt8]? {
        guard let file else { return Console.passphrase(prompt) }
        let bytes = try InputFile.read(file, limit: 4_096)
        return Array(bytes.prefix { $0 != 0x0A && $0 != 0x0D })
    }
}
