import ArgumentParser
import Cryptography
import Foundation
import Registrar
import Synchronization

/// Where passphrases come from: files, or a prompt on the terminal.
struct PassphraseOptions: ParsableArguments {
    @Option(
        name: .customLong("passphrase-file"),
        help: """
            A file whose first line is the passphrase; without it, you are asked. Can be repeated \
            where keys have different ones: each is tried.
            """)
    var files: [String] = []

    /// Opens a key file; asks for the passphrase only if it is sealed.
    func open(_ path: String) throws -> (key: SigningKey, file: KeyFile) {
        let file: KeyFile
        do {
            file = try KeyFile(parsing: InputFile.read(path, limit: 65_536))
        } catch let error as CryptographyError {
            throw CommandFailure(.keyRefused, "\(path): \(error)")
        }
        guard file.isSealed else { return (try key(file, nil, path), file) }
        let known = try files.map(Self.line)
        for passphrase in known.dropLast() {
            if let key = try? file.signingKey(passphrase: passphrase) { return (key, file) }
        }
        let last = known.last ?? Console.passphrase("passphrase for \(path): ")
        return (try key(file, last, path), file)
    }

    private func key(
        _ file: KeyFile, _ passphrase: [UInt8]?, _ path: String
    ) throws -> SigningKey {
        do { return try file.signingKey(passphrase: passphrase) } catch {
            throw CommandFailure(.keyRefused, "\(path): \(error); check --passphrase-file")
        }
    }

    /// The passphrase of the node's own keys, which were sealed together: of several files the one
    /// that opens them, without one what is typed on the terminal; nil where nothing is sealed.
    func forNode(_ folder: String) throws -> [UInt8]? {
        guard files.count != 1 else { return try read("") }
        let node = NodeDirectory(folder)
        let sealed = NodeDirectory.Role.allCases.lazy.filter { $0 != .records }
            .compactMap { try? InputFile.read(node.keyFile($0).path, limit: 65_536) }
            .compactMap { try? KeyFile(parsing: $0) }.first(where: \.isSealed)
        guard let sealed else { return files.isEmpty ? nil : try read("") }
        guard !files.isEmpty else {
            return Self.typed.withLock { typed in
                if let known = typed[folder] { return known }
                let new = Console.passphrase("passphrase for the keys of the node in \(folder): ")
                typed[folder] = new
                return new
            }
        }
        return try files.map(Self.line).first { (try? sealed.signingKey(passphrase: $0)) != nil }
            ?? read("")
    }

    /// What was typed for a node: a command asks once.
    private static let typed = Mutex<[String: [UInt8]]>([:])

    /// The first line of the first file, or what is typed on the terminal.
    func read(_ prompt: String) throws -> [UInt8]? {
        try files.first.map(Self.line) ?? Console.passphrase(prompt)
    }

    private static func line(_ file: String) throws -> [UInt8] {
        let bytes = try InputFile.read(file, limit: 4_096)
        return Array(bytes.prefix { $0 != 0x0A && $0 != 0x0D })
    }
}
