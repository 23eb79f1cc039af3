public import Credentials
public import Cryptography
public import Encoding
import Recognition
import Registry

/// A credential that a verifier goes on looking at, and what was last said of it
/// (`Protocol/receipt.md § Watch`).
///
/// What is compared is what the credential itself and the registry say: who presented it was
/// seen once, and is not asked again.
public struct WatchedCredential: Hashable, Sendable {
    /// What a verdict says apart from the holder: the same lines, nothing has changed.
    public struct Standing: Hashable, Sendable {
        /// `status passed`, `status failed revoked`, in the order of the checks.
        public let findings: [String]
        /// The word of the worth, where it was asked.
        public let worth: String?
        public let conditions: [String]
        /// The last day on which all that the worth rests on is in force, as known.
        public let until: CalendarDate?

        public init(_ verdict: Verdict) {
            findings = verdict.checks.filter { $0.step != .holder }.map { check in
                [check.step.rawValue, check.outcome.name, check.outcome.reason?.rawValue]
                    .compactMap { $0 }.joined(separator: " ")
            }
            worth = verdict.worth?.word.rawValue
            conditions = verdict.worth?.conditions.map(\.id) ?? []
            until = verdict.worth?.until
        }

        fileprivate init(
            findings: [String], worth: String?, conditions: [String], until: CalendarDate?
        ) {
            self.findings = findings
            self.worth = worth
            self.conditions = conditions
            self.until = until
        }

        /// What is otherwise now, one line each.
        public func changes(to now: Standing) -> [String] {
            func step(_ finding: String) -> Substring { finding.prefix { $0 != " " } }
            var changes: [String] = []
            for finding in now.findings where !findings.contains(finding) {
                let before = findings.first { step($0) == step(finding) }
                changes.append("\(finding), before: \(before ?? "not judged")")
            }
            for finding in findings
            where !now.findings.contains(where: { step($0) == step(finding) }) {
                changes.append("\(step(finding)) is not judged any more")
            }
            if worth != now.worth {
                changes.append("worth \(now.worth ?? "none"), before: \(worth ?? "none")")
            }
            for condition in now.conditions where !conditions.contains(condition) {
                changes.append("new condition \(condition)")
            }
            for condition in conditions where !now.conditions.contains(condition) {
                changes.append("condition \(condition) is gone")
            }
            if until != now.until {
                changes.append(
                    "until \(now.until?.description ?? "further notice"), before: "
                        + (until?.description ?? "further notice"))
            }
            return changes
        }

        /// Whether it says that nothing fresh enough is known: run a sync, then look again.
        public var isStale: Bool {
            findings.contains("logs undetermined stale")
                || findings.contains("logs undetermined no-registry-data")
        }
    }

    public let file: CredentialFile
    public let question: VerificationQuestion
    public let standing: Standing
    /// When that was said.
    public let asked: Timestamp
    /// The verifier's own word for it, such as a number of the personnel file.
    public let note: String?

    static let type = "watched"
    public static let sizeLimit = 2 * CredentialFile.sizeLimit

    public init(
        _ file: CredentialFile, question: VerificationQuestion, standing: Standing,
        asked: Timestamp, note: String?
    ) {
        self.file = file
        self.question = question
        self.standing = standing
        self.asked = asked
        self.note = note
    }

    /// What tells it from others that are watched: the bytes that the issuer signed, and all of the
    /// question.
    public var identity: HashValue {
        HashValue(
            of: file.credential.issuerSignedBytes + [0x0A]
                + JSONValue.object(question.watched).serialized)
    }

    /// The same, with what is said now.
    public func updated(_ standing: Standing, at moment: Timestamp) -> WatchedCredential {
        WatchedCredential(
            file, question: question, standing: standing, asked: moment, note: note)
    }

    public init(parsing bytes: [UInt8]) throws(VerificationError) {
        let credential: String
        do throws(ParsingError) {
            let limits = JSONLimits(size: WatchedCredential.sizeLimit, depth: 6)
            var reader = try MemberReader(JSONValue(parsing: bytes, limits: limits), at: "")
            guard try reader.string("type") == WatchedCredential.type else {
                throw .wrongForm(path: "type", expected: WatchedCredential.type)
            }
            _ = try reader.integer("version", in: 1...1)
            credential = try reader.string("file")
            guard let asked = Timestamp(parsing: try reader.string("asked")) else {
                throw .wrongForm(path: "asked", expected: "a time such as 2026-11-23T20:45:00Z")
            }
            self.asked = asked
            note = try reader.optionalString("note")
            var question = try reader.reader("question")
            self.question = try VerificationQuestion(reading: &question)
            var standing = try reader.reader("standing")
            self.standing = try Standing(
                findings: standing.strings("findings"), worth: standing.optionalString("worth"),
                conditions: standing.strings("conditions"), until: standing.optionalDate("until"))
            try standing.finish()
            try reader.finish()
        } catch { throw .watched(error) }
        do throws(CredentialError) {
            file = try CredentialFile(parsing: Array(credential.utf8))
        } catch { throw .credential(error) }
    }

    public var serialized: [UInt8] {
        var standing: JSONObject = [
            "findings": .array(self.standing.findings.map(JSONValue.string)),
            "conditions": .array(self.standing.conditions.map(JSONValue.string)),
        ]
        standing["worth"] = self.standing.worth.map(JSONValue.string)
        standing["until"] = self.standing.until.map { .string($0.description) }
        var object: JSONObject = [
            "type": .string(WatchedCredential.type), "version": 1,
            "file": .string(String(decoding: file.serialized, as: UTF8.self)),
            "asked": .string(asked.description), "question": .object(question.watched),
            "standing": .object(standing),
        ]
        object["note"] = note.map(JSONValue.string)
        return Array(JSONValue.object(object).indented.utf8)
    }
}

extension VerificationQuestion {
    fileprivate var watched: JSONObject {
        var object: JSONObject = ["facts": .object(facts)]
        object["for"] = destination.map(JSONValue.string)
        object["purpose"] = purpose.map { .string($0.rawValue) }
        object["date"] = day.map { .string($0.description) }
        object["target"] = .object(
            JSONObject(
                target.values.sorted { $0.key < $1.key }
                    .map { JSONObject.Member($0.key, .string($0.value)) }))
        return object
    }

    fileprivate init(reading reader: inout MemberReader) throws(ParsingError) {
        var purpose: Purpose?
        if let text = try reader.optionalString("purpose") {
            guard let known = Purpose(rawValue: text) else {
                throw .wrongForm(path: reader.child("purpose"), expected: "a known purpose")
            }
            purpose = known
        }
        let destination = try reader.optionalString("for")
        let day = try reader.optionalDate("date")
        var values: [String: String] = [:]
        guard case .object(let target) = try reader.value("target"),
            case .object(let facts) = try reader.value("facts")
        else { throw .wrongForm(path: reader.path, expected: "target and facts as objects") }
        for member in target.members { values[member.name] = member.value.string }
        self.init(
            destination: destination, purpose: purpose, target: Target(values), facts: facts,
            day: day)
        try reader.finish()
    }
}
