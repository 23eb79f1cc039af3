import ArgumentParser
import Cryptography
import Encoding
import Registrar
import TransparencyLog

/// `concord audit operator`: who may do something on this node, and sign for it.
struct AuditOperatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "operator",
        abstract: "Say who the operators of this node are.",
        subcommands: [Add.self, Remove.self])

    /// What both need: the node with its records' key, and an operator who is there.
    struct Options: ParsableArguments {
        @Option(help: "The node's folder.")
        var node = "./concord-node"

        @Option(
            name: .customLong("operator"),
            help: "The key of an operator who is there; the first adds itself.")
        var key: String?

        @OptionGroup var passphrase: PassphraseOptions

        /// Notes it, if whoever asks can open the node's records.
        func note(_ act: String, _ member: NoteKey, by signer: AuditSigner, _ office: Office) throws
        {
            _ = try office.records(passphrase: passphrase.forNode(node))
            try AuditTrail(office.node).note(
                act, ["key": .string(member.description)], by: signer, at: Clock.now)
        }

        func office() throws -> Office {
            try Office(opening: NodeDirectory(node), passphrase: passphrase.forNode(node))
        }
    }

    struct Add: ConcordCommand {
        static let configuration = CommandConfiguration(
            commandName: "add",
            abstract: "Add a person who may sign lines of this node's audit trail.",
            discussion: """
                Whoever can open the node's records adds the first with the person's own key file;
                later ones are added by an operator who is there, and need the public half alone.
                  concord key new operator --name ph.registrar-2 --out registrar.key
                  concord audit operator add registrar.key --node ./ph
                  concord audit operator add second.pub --node ./ph --operator registrar.key
                """)

        @Argument(help: "A key of the role operator: its file, or the public half as text.")
        var member: String

        @OptionGroup var options: Options

        func perform() async throws {
            let office = try options.office()
            let known = try AuditTrail(office.node).operators()
            if let key = options.key {
                let signer = try OperatorOptions.opened(key, options.passphrase, on: office)
                let member = try OperatorKey.read(member)
                try options.note(AuditOperators.adding, member, by: signer, office)
                Console.print("added \(member.name), \(Fingerprint(of: member.description.utf8))")
                return
            }
            guard !known.hasBegun else {
                throw CommandFailure(
                    .keyRefused,
                    "this node has operators: one of them adds another (--operator KEY)")
            }
            let (secret, file) = try options.passphrase.open(member)
            try office.refuseSampleKey(file)
            let key = try OperatorKey.read(member)
            try options.note(
                AuditOperators.adding, key, by: AuditSigner(secret, name: file.name), office)
            Console.print("added \(key.name), \(Fingerprint(of: key.description.utf8))")
        }
    }

    struct Remove: ConcordCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove",
            abstract: "Remove a person: lines signed with that key count no more.",
            discussion: """
                The last one cannot be removed: nobody could be added afterwards.
                  concord audit operator remove second.pub --node ./ph --operator registrar.key
                """)

        @Argument(help: "The key: its file, or the public half as text.")
        var member: String

        @OptionGroup var options: Options

        func perform() async throws {
            guard let key = options.key else {
                throw ValidationError(
                    "expected --operator KEY, the key of an operator who is there")
            }
            let office = try options.office()
            let signer = try OperatorOptions.opened(key, options.passphrase, on: office)
            let member = try OperatorKey.read(member)
            let known = try AuditTrail(office.node).operators()
            guard known.contains(member) else {
                throw RegistrarError.notAnOperator(name: member.name)
            }
            guard !known.isLast(member) else {
                throw RegistrarError.lastOperator(name: member.name)
            }
            try options.note(AuditOperators.removing, member, by: signer, office)
            Console.print("removed \(member.name)")
        }
    }
}

/// The public half of an operator's key.
enum OperatorKey {
    static func read(_ text: String) throws -> NoteKey {
        if let key = try? NoteKey(parsing: text) { return key }
        let bytes = try InputFile.read(text, limit: 65_536)
        let line = String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self)
        if let key = try? NoteKey(parsing: line) { return key }
        guard let file = try? KeyFile(parsing: bytes) else {
            throw CommandFailure(
                .notWhatItClaims, "expected an operator's key in \(text), found another file")
        }
        guard file.role == "operator" else { throw RegistrarError.operatorRole(found: file.role) }
        return try NoteKey(name: file.name, algorithm: .ed25519, key: file.verificationKey)
    }
}
