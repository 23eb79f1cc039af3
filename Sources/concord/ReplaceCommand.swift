import ArgumentParser
import Cryptography
import Encoding
import Issuance
import Records
import Registrar

/// `concord replace`: a corrected certificate takes the place of another.
struct ReplaceCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "replace",
        abstract: "Issue one certificate again with corrections, and end the old one.",
        discussion: """
            Whoever checks the old one reads that it was replaced, on which day and by whom. What
            is not corrected stays as it was.
              concord replace 3f0c... --set "name=Testina Muster" --reason "name changed" \\
                --node ./ph --key centre.key --out ./new
            An award that is older than may be logged is confirmed from the register: add
            --set archive=PAGE.
            """)

    @OptionGroup var options: StatusOptions

    @Option(help: "CLAIM=VALUE, a date as YYYY-MM-DD; CLAIM= removes it. Can be repeated.")
    var set: [String]

    @Option(help: "Why, out of: \(StatusChange.replace.reasons.joined(separator: ", ")).")
    var reason: String

    @Option(help: "The folder for the new file.")
    var out: String

    func validate() throws {
        try StatusOptions.check(reason, for: .replace)
        for pair in set where !pair.contains("=") {
            throw ValidationError("expected a correction as CLAIM=VALUE, found \(pair)")
        }
    }

    func perform() async throws {
        let id = try RecordOptions.id(options.record)
        let corrections = set.map { pair in
            let claim = pair.prefix { $0 != "=" }
            return (claim: String(claim), text: String(pair.dropFirst(claim.count + 1)))
        }
        // Order: the folder before the log, for what is logged cannot be taken back.
        let folder = try CertificateFolder(out)
        defer { folder.removeIfEmpty() }
        let (secret, file) = try options.passphrase.open(options.key)
        let passphrase = try options.passphrase.forNode()
        let office = try Office(opening: NodeDirectory(options.node), passphrase: passphrase)
        try office.refuseSampleKey(file)
        let desk = try AwardDesk(
            office: office, records: office.records(passphrase: passphrase), key: secret,
            body: file.name)
        let holders = HolderKeys()
        let names = corrections.filter { $0.claim == "holder_key" && !$0.text.isEmpty }.map(\.text)
        for name in names where holders.find(name) == nil {
            throw CommandFailure(
                .notWhatItClaims, "expected a public key or a key file, found \(name)")
        }
        let keys = Dictionary(
            names.compactMap { name in holders.find(name).map { (name, $0) } },
            uniquingKeysWith: { first, _ in first })
        let person = try options.operatorOptions.open(options.passphrase, or: (secret, file))
        let now = Clock.now
        let issued: AwardDesk.Issued
        do {
            issued = try await desk.replace(
                id, correcting: corrections, holderKeys: keys, at: now)
        } catch let fault as RowFault {
            throw CommandFailure(
                .notWhatItClaims,
                "\(fault.column ?? "award"): \(fault.reason) [\(fault.reason.code)]")
        }
        try AuditTrail(office.node).note(
            "replace",
            [
                "record": .string(options.record), "reason": .string(reason),
                "successor": .string(issued.records[0].description),
                "corrected": .array(corrections.map { .string($0.claim) }),
            ], by: person.key, name: person.name, at: now)
        try folder.write(Array(zip(issued.records, issued.files)))
        Console.print(
            "replaced by \(issued.records[0]), in the batch at entry \(issued.entry); its file is in "
                + out)
    }
}
