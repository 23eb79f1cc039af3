import ArgumentParser
import Credentials
import Cryptography
import Encoding
import Records
import Registrar

extension RecordCommand {
    struct Erase: ConcordCommand {
        static let configuration = CommandConfiguration(
            commandName: "erase",
            abstract: "Make records unreadable for ever, here and in backups.",
            discussion: """
                Destroys the records' keys. The certificates that the persons hold go on verifying,
                and nothing is appended to a log; the audit trail keeps id, reason and operator. The
                node's wrapping key changes with it. More than a thousand are erased in parts, each
                with its line in the trail.
                  concord record erase 3f0c... --reason "request of the person" --node ./ph \\
                    --operator registrar.key
                """)

        @Argument(help: "Records' ids, from records.txt or concord record find.")
        var ids: [String]

        @Option(
            help: """
                Why, out of: \(ErasureReason.allCases.map(\.rawValue).joined(separator: ", ")).
                """)
        var reason: String

        @Option(name: .customLong("operator"), help: "The key of the person who does it.")
        var operatorKey: String

        @OptionGroup var options: RecordOptions

        func validate() throws {
            guard ErasureReason(rawValue: reason) != nil else {
                let known = ErasureReason.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("expected a reason out of: \(known)")
            }
        }

        func perform() async throws {
            let wanted = try ids.map(RecordOptions.id)
            let office = try options.office()
            let person = try OperatorOptions.opened(
                operatorKey, options.passphrase, on: office)
            guard office.hasRecords else {
                throw CommandFailure(
                    .inputMissing, "expected records in \(options.node), found none")
            }
            let records = try options.records(of: office)
            for id in wanted where try records.summary(id) == nil {
                throw RecordsError.unknownRecord(id)
            }
            let passphrase = try options.passphrase.forNode(options.node)
            var count = 0
            do {
                for part in AuditedRecords.parts(wanted) {
                    // Order: the trail first, for an erasure that nobody knows of could not be told
                    // from a loss.
                    try await AuditTrail(office.node).during(
                        "erase",
                        ["records": AuditedRecords.names(part), "reason": .string(reason)],
                        by: person, at: Clock.now
                    ) {
                        try office.erase(part, in: records, passphrase: passphrase)
                        return ((), [:])
                    }
                    count += part.count
                }
            } catch {
                // The parts before stay erased, and the wrapping key changed with them.
                if count > 0 { Erase.report(count) }
                throw error
            }
            Erase.report(count)
        }

        private static func report(_ count: Int) {
            Console.print(
                "erased \(count == 1 ? "1 record" : "\(count) records"); the wrapping key changed: "
                    + "back up keys/records.key apart, and destroy its earlier backups after 35 days"
            )
        }
    }

    struct Find: ConcordCommand {
        static let configuration = CommandConfiguration(
            commandName: "find",
            abstract: "Find records by claims, or by what you keep beside them.",
            discussion: """
                Opens every record of the node, and notes in the audit trail who searched by which
                fields. Letters count without regard to their case; * stands for anything.
                  concord record find --field "Student number=S-17" --node ./ph \\
                    --operator registrar.key
                  concord record find --field "name=*exemplar*" --field birth_year=1994 \\
                    --node ./ph --operator registrar.key
                """)

        @Option(help: "NAME=VALUE of a claim or of a column kept in the record. Can be repeated.")
        var field: [String]

        @Option(name: .customLong("operator"), help: "The key of the person who searches.")
        var operatorKey: String

        @OptionGroup var options: RecordOptions

        func validate() throws {
            for pair in field where !pair.contains("=") || pair.hasPrefix("=") {
                throw ValidationError("expected a field as NAME=VALUE, found \(pair)")
            }
        }

        func perform() async throws {
            let fields = field.map { pair in
                let name = pair.prefix { $0 != "=" }
                return (name: String(name), text: String(pair.dropFirst(name.count + 1)))
            }
            let office = try options.office()
            let person = try OperatorOptions.opened(
                operatorKey, options.passphrase, on: office)
            guard office.hasRecords else {
                throw CommandFailure(
                    .inputMissing, "expected records in \(options.node), found none")
            }
            let found = try RecordSearch(fields).find(in: options.records(of: office))
            // Which fields, never their values: those are about a person.
            try AuditTrail(office.node).note(
                "find",
                [
                    "fields": .array(fields.map { .string($0.name) }),
                    "found": .integer(Int64(found.count)),
                ], by: person, at: Clock.now)
            for item in found { Console.print(Find.line(item)) }
            if found.isEmpty {
                Console.complain("no record fits; erased ones cannot be found")
                throw ExitCode(ExitStatus.refusedByRule.rawValue)
            }
        }

        private static func line(_ found: RecordSearch.Found) -> String {
            let frame = found.credential.frame
            let what =
                switch found.credential {
                case .award(let award): "\(award.qualification) \(award.awarded)"
                case .statement(let statement): "\(statement.kind.rawValue) \(statement.issued)"
                }
            let status =
                switch found.status {
                case .valid: ""
                case .invalid: ", revoked"
                case .suspended: ", suspended"
                case .replaced: ", replaced"
                case .unknown: ", of an unknown status"
                }
            return "\(found.record.id)  \(frame.name), born \(frame.birthYear)  \(what)\(status)"
        }
    }
}
