import ArgumentParser
import Cryptography
import Encoding
import Records
import Registrar

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

    static let reasons = [
        "fraud by holder", "proxy assessee", "fraud at assessment centre", "clerical error",
        "awarding body without mandate", "accreditation annulled", "duplicate", "identity error",
        "holder request", "superseded",
    ]

    @Argument(help: "The record's id, from records.txt.")
    var record: String

    @Option(help: "Why, out of: \(reasons.joined(separator: ", ")).")
    var reason: String

    @Option(help: "The node's folder.")
    var node = "./concord-node"

    @Option(help: "The key of the body or authority that issued it.")
    var key: String

    @OptionGroup var passphrase: PassphraseOptions

    func validate() throws {
        guard RevokeCommand.reasons.contains(reason) else {
            throw ValidationError(
                "expected a reason out of: \(RevokeCommand.reasons.joined(separator: ", "))")
        }
    }

    func perform() async throws {
        guard let id = RecordID(parsing: record) else {
            throw CommandFailure(
                .notWhatItClaims,
                "expected a record id of 32 hexadecimal digits, found another form")
        }
        let (secret, file) = try passphrase.open(key)
        let nodePassphrase = try passphrase.forNode()
        let office = try Office(opening: NodeDirectory(node), passphrase: nodePassphrase)
        try office.refuseSampleKey(file)
        let desk = try CredentialDesk(
            office: office, records: office.records(passphrase: nodePassphrase), key: secret,
            issuer: file.name)
        let now = Clock.now
        let entry = try await desk.revoke(id, at: now)
        try AuditTrail(office.node).note(
            "revoke",
            ["record": .string(record), "reason": .string(reason), "by": .string(file.name)],
            at: now)
        Console.print("revoked; the new status list is entry \(entry)")
    }
}
