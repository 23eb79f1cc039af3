import Cryptography
import Encoding
import Issuance
import Records
import Registrar

/// A certificate issued again in the place of another, for the commands that do so.
struct CertificateReplacement {
    let options: StatusOptions
    /// Claims and their new texts; an empty text removes one.
    let corrections: [(claim: String, text: String)]
    let reason: String
    /// The folder for the new file.
    let out: String

    /// Issues it, and notes it in the audit trail under a word.
    ///
    /// - Parameter paper: whether it is issued on paper too.
    func perform(noted word: String, onPaper paper: Bool) async throws {
        let id = try RecordOptions.id(options.record)
        // Order: the folder before the log, for what is logged cannot be taken back.
        let folder = try CertificateFolder(out)
        defer { folder.removeIfEmpty() }
        let keys = try HolderKeys().all(
            corrections.filter { $0.claim == "holder_key" && !$0.text.isEmpty }.map(\.text))
        let (secret, file) = try options.passphrase.open(options.key)
        let passphrase = try options.passphrase.forNode(options.node)
        let office = try Office(opening: NodeDirectory(options.node), passphrase: passphrase)
        try office.refuseSampleKey(file)
        let records = try office.records(passphrase: passphrase)
        let desk = try AwardDesk(office: office, records: records, key: secret, body: file.name)
        let person = try options.operatorOptions.open(
            options.passphrase, or: (secret, file), on: office)
        let now = Clock.now
        let issued: AwardDesk.Issued
        do {
            issued = try await AuditTrail(office.node).during(
                word,
                [
                    "record": .string(options.record), "reason": .string(reason),
                    "corrected": .array(corrections.map { .string($0.claim) }),
                    "issuer": .string(file.name),
                ], by: person, at: now
            ) {
                let issued = try await desk.replace(
                    id, correcting: corrections, holderKeys: keys, at: now)
                return (
                    issued,
                    [
                        "entry": .integer(Int64(issued.entry)),
                        "successor": .string(issued.records[0].description),
                    ]
                )
            }
        } catch let fault as RowFault {
            throw CommandFailure(
                .notWhatItClaims,
                "\(fault.column ?? "award"): \(fault.reason) [\(fault.reason.code)]")
        }
        try folder.write(Array(zip(issued.records, issued.files)))
        Console.print(
            "replaced by \(issued.records[0]), in the batch at entry \(issued.entry); its file "
                + "is in \(out)")
        guard paper else { return }
        try await issueOnPaper(
            issued, PaperDesk(office: office, records: records, key: secret, body: file.name))
    }

    private func issueOnPaper(_ issued: AwardDesk.Issued, _ desk: PaperDesk) async throws {
        let again = "concord print \(issued.records[0]) --node \(options.node) --out DIR"
        do {
            let made = try await desk.issue(for: issued.records, at: Clock.now)
            guard made.tooLong.isEmpty else {
                Console.complain(PaperDesk.explanation(of: made.tooLong))
                return
            }
        } catch {
            throw CommandFailure(
                ExitStatus.of(error),
                "the certificate is issued, but not on paper: \(error); try again with: "
                    + "\(again) --key \(options.key)")
        }
        Console.print("print its paper with: \(again)")
    }
}
