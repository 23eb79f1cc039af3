import ArgumentParser
import Cryptography
import TransparencyLog

/// `concord key`: keys of authorities, bodies, holders and verifiers.
struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Make and show keys.",
        subcommands: [New.self, Show.self])

    struct New: ConcordCommand {
        static let configuration = CommandConfiguration(
            commandName: "new",
            abstract: "Make a key.",
            discussion: """
                The file is sealed under a passphrase unless --unsealed is given.
                  concord key new authority --name ph.tesda --out tesda.key
                """)

        @Argument(help: "What it is for: authority, body, holder, verifier, operator or recovery.")
        var role: String

        @Option(help: "The id that stands beside its signatures, such as ph.tesda.")
        var name: String

        @Option(help: "Where to write the key file.")
        var out: String

        @OptionGroup var making: NewKeyOptions

        func validate() throws {
            let roles = ["authority", "body", "holder", "verifier", "operator", RecoveryKey.role]
            guard roles.contains(role) else {
                throw ValidationError(
                    "expected a role out of \(roles.joined(separator: ", ")), found \(role)")
            }
        }

        func perform() async throws {
            var generator = SystemRandomNumberGenerator()
            let key = SigningKey.generated(using: &generator)
            let vkey = try NoteKey(name: name, algorithm: .ed25519, key: key.verificationKey)
            let file = try making.sealed(key, role: role, name: name)
            try OutputFile.write(file.serialized, to: out, mode: 0o600, replacing: false)
            Console.print(vkey.description)
            if making.unsealed {
                Console.complain("\(out) is written without a passphrase (--unsealed)")
            }
        }
    }

    struct Show: ConcordCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Show the public half of a key and its fingerprint.")

        @Argument(help: "A key file.")
        var file: String

        func perform() async throws {
            let key = try KeyFile(parsing: InputFile.read(file, limit: 65_536))
            let vkey = try NoteKey(
                name: key.name, algorithm: .ed25519, key: key.verificationKey)
            Console.print("role         \(key.role)")
            Console.print("name         \(key.name)")
            Console.print("key          \(vkey)")
            Console.print("fingerprint  \(Fingerprint(of: vkey.description.utf8))")
            Console.print("sealed       \(key.isSealed ? "under a passphrase" : "no")")
            if key.isSample { Console.print("sample       yes: refused outside a sample network") }
        }
    }
}
