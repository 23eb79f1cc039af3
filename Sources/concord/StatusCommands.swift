import ArgumentParser
import Cryptography
import Encoding
import Records
import Registrar
import Registry

/// Which record of which node, and with whose key something happens to it.
struct StatusOptions: ParsableArguments {
    @Argument(help: "The record's id, from records.txt or concord record find.")
    var record: String

    @Option(help: "The node's folder.")
    var node = "./concord-node"

    @Option(help: "The key of the body or authority that issued it.")
    var key: String

    @OptionGroup var operatorOptions: OperatorOptions

    @OptionGroup var passphrase: PassphraseOptions

    /// Changes the record's status, notes it, and says where the log has it.
    func perform(_ change: StatusChange, reason: String, _ done: String) async throws {
        let id = try RecordOptions.id(record)
        let (secret, file) = try passphrase.open(key)
        let nodePassphrase = try passphrase.forNode(node)
        let office = try Office(opening: NodeDirectory(node), passphrase: nodePassphrase)
        try office.refuseSampleKey(file)
        let desk = try CredentialDesk(
            office: office, records: office.records(passphrase: nodePassphrase), key: secret,
            issuer: file.name)
        let person = try operatorOptions.open(passphrase, or: (secret, file), on: office)
        let now = Clock.now
        let entry = try await AuditTrail(office.node).during(
            change.rawValue,
            [
                "record": .string(record), "reason": .string(reason),
                "issuer": .string(file.name),
            ], by: person, at: now
        ) {
            let entry = try await desk.change(id, by: change, at: now)
            return (entry, ["entry": .integer(Int64(entry))])
        }
        Console.print("\(done); the new status list is entry \(entry)")
    }

    /// Refuses a reason that is not in the list.
    static func check(_ reason: String, for change: StatusChange) throws {
        guard change.reasons.contains(reason) else {
            throw ValidationError(
                "expected a reason out of: \(change.reasons.joined(separator: ", "))")
        }
    }
}

/// `concord revoke`: end one certificate for good.
struct RevokeCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Revoke one certificate for good.",
        discussion: """
            The log gets the next status list and nothing about the person; the reason stays in
            this node's audit trail.
              concord revoke 3f0c... --reason "clerical error" --node ./ph --key centre.key
            """)

    @OptionGroup var options: StatusOptions

    @Option(help: "Why, out of: \(StatusChange.revoke.reasons.joined(separator: ", ")).")
    var reason: String

    func validate() throws { try StatusOptions.check(reason, for: .revoke) }

    func perform() async throws {
        try await options.perform(.revoke, reason: reason, "revoked")
    }
}

/// `concord suspend`: a certificate is not to be relied on for a while.
struct SuspendCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "suspend",
        abstract: "Suspend one certificate until it is reinstated or revoked.",
        discussion: """
              concord suspend 3f0c... --reason "assessment under review" --node ./ph --key centre.key
            """)

    @OptionGroup var options: StatusOptions

    @Option(help: "Why, out of: \(StatusChange.suspend.reasons.joined(separator: ", ")).")
    var reason: String

    func validate() throws { try StatusOptions.check(reason, for: .suspend) }

    func perform() async throws {
        try await options.perform(.suspend, reason: reason, "suspended")
    }
}

/// `concord reinstate`: a suspension ends.
struct ReinstateCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "reinstate",
        abstract: "End the suspension of one certificate.",
        discussion: """
              concord reinstate 3f0c... --reason "review found no fault" --node ./ph --key centre.key
            """)

    @OptionGroup var options: StatusOptions

    @Option(help: "Why, out of: \(StatusChange.reinstate.reasons.joined(separator: ", ")).")
    var reason: String

    func validate() throws { try StatusOptions.check(reason, for: .reinstate) }

    func perform() async throws {
        try await options.perform(.reinstate, reason: reason, "reinstated")
    }
}
