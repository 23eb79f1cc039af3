public import Credentials
public import Cryptography
public import Encoding
import Recognition
import Registry

/// What a verifier found about some presentations, without a word about the person
/// (`Protocol/receipt.md`).
///
/// The text of a note that the verifier signs. Who holds the presentations and the salt can
/// recompute it; who holds the receipt alone learns nothing about whom it is.
public struct Receipt: Hashable, Sendable {
    /// A check as it ended.
    public struct Finding: Hashable, Sendable {
        public let step: String
        /// `passed`, `failed`, `undetermined`.
        public let outcome: String
        public let reason: String?
    }

    /// A log as far as it was known.
    public struct Source: Hashable, Sendable {
        public let country: String
        public let origin: String
        public let size: UInt64
        public let quorumTime: Timestamp?
    }

    /// 128 random bits in hexadecimal; the salt's file names it.
    public let id: String
    public let asked: Timestamp
    public let word: String
    public let exitCode: Int64
    public let findings: [Finding]
    /// What was asked, but for the facts about the person.
    public let question: JSONObject
    public let sources: [Source]
    /// `Knowledge.digest`.
    public let knowledge: HashValue
    /// Of each presentation, the judged one first, then those beside it.
    public let presentations: [HashValue]
    public let isSample: Bool

    static let type = "receipt"
    static let sizeLimit = 32_768

    /// The receipt of a verdict.
    ///
    /// - Parameter files: those that the verdict is about, the judged one first.
    public init(_ verdict: Verdict, on files: [CredentialFile], salt: ReceiptSalt) {
        id = salt.receipt
        asked = verdict.asked
        word = verdict.word.text
        exitCode = Int64(verdict.exitCode)
        findings = verdict.checks.map { check in
            Finding(
                step: check.step.rawValue, outcome: check.outcome.name,
                reason: check.outcome.reason?.rawValue)
        }
        question = Receipt.members(of: verdict.question)
        sources = verdict.sources.map {
            Source(
                country: $0.country, origin: $0.origin, size: $0.size, quorumTime: $0.quorumTime)
        }
        knowledge = verdict.knowledgeDigest
        presentations = files.map(salt.hash)
        isSample = verdict.isSample
    }

    private static func members(of question: VerificationQuestion) -> JSONObject {
        var object = JSONObject()
        object["for"] = question.destination.map(JSONValue.string)
        object["purpose"] = question.purpose.map { .string($0.rawValue) }
        object["date"] = question.day.map { .string($0.description) }
        if !question.target.values.isEmpty {
            object["target"] = .object(
                JSONObject(
                    question.target.values.sorted { $0.key < $1.key }
                        .map { JSONObject.Member($0.key, .string($0.value)) }))
        }
        return object
    }

    public init(parsing bytes: [UInt8]) throws(ParsingError) {
        let limits = JSONLimits(size: Receipt.sizeLimit, depth: 5)
        var reader = try MemberReader(JSONValue(parsing: bytes, limits: limits), at: "")
        guard try reader.string("type") == Receipt.type else {
            throw .wrongForm(path: "type", expected: Receipt.type)
        }
        _ = try reader.integer("version", in: 1...1)
        id = try ReceiptSalt.id(&reader, "id")
        asked = try reader.timestamp("asked")
        word = try reader.string("word")
        exitCode = try reader.integer("exitCode", in: 0...3)
        var findings: [Finding] = []
        for var item in try reader.readers("checks") {
            let outcome = try item.string("outcome")
            guard ["passed", "failed", "undetermined"].contains(outcome) else {
                throw .wrongForm(
                    path: item.child("outcome"), expected: "passed, failed or undetermined")
            }
            findings.append(
                Finding(
                    step: try item.string("check"), outcome: outcome,
                    reason: try item.optionalString("reason")))
            try item.finish()
        }
        self.findings = findings
        guard case .object(let question) = try reader.value("question") else {
            throw .wrongForm(path: "question", expected: "an object")
        }
        self.question = question
        var sources: [Source] = []
        for var item in try reader.readers("sources") {
            sources.append(
                Source(
                    country: try item.string("country"), origin: try item.string("origin"),
                    size: UInt64(try item.integer("size")),
                    quorumTime: try item.optionalString("quorumTime") == nil
                        ? nil : item.timestamp("quorumTime")))
            try item.finish()
        }
        self.sources = sources
        guard let knowledge = HashValue(hexadecimal: try reader.string("knowledge")) else {
            throw .wrongForm(path: "knowledge", expected: "64 lowercase hexadecimal digits")
        }
        self.knowledge = knowledge
        var hashes: [HashValue] = []
        for text in try reader.strings("presentations") {
            guard let hash = HashValue(hexadecimal: text), hashes.count < 64 else {
                throw .wrongForm(
                    path: "presentations", expected: "at most 64 hashes in hexadecimal")
            }
            hashes.append(hash)
        }
        presentations = hashes
        isSample = try reader.bool("sample")
        try reader.finish()
    }

    /// One line of JSON and a newline: the text of a note.
    public var serialized: [UInt8] {
        let object: JSONObject = [
            "type": .string(Receipt.type), "version": 1, "id": .string(id),
            "asked": .string(asked.description), "word": .string(word),
            "exitCode": .integer(exitCode), "checks": .array(findings.map(\.value)),
            "question": .object(question), "sources": .array(sources.map(\.value)),
            "knowledge": .string(knowledge.hexadecimal),
            "presentations": .array(presentations.map { .string($0.hexadecimal) }),
            "sample": .bool(isSample),
        ]
        return JSONValue.object(object).serialized + [0x0A]
    }
}

extension Receipt.Finding {
    fileprivate var value: JSONValue {
        var object: JSONObject = ["check": .string(step), "outcome": .string(outcome)]
        object["reason"] = reason.map(JSONValue.string)
        return .object(object)
    }
}

extension Receipt.Source {
    fileprivate var value: JSONValue {
        var object: JSONObject = [
            "country": .string(country), "origin": .string(origin),
            "size": .integer(Int64(clamping: size)),
        ]
        object["quorumTime"] = quorumTime.map { .string($0.description) }
        return .object(object)
    }
}

extension Check.Outcome {
    /// The outcome in a word, as documents for machines say it.
    var name: String {
        switch self {
        case .passed: "passed"
        case .failed: "failed"
        case .undetermined: "undetermined"
        }
    }
}

extension MemberReader {
    fileprivate mutating func timestamp(_ name: String) throws(ParsingError) -> Timestamp {
        guard let time = Timestamp(parsing: try string(name)) else {
            throw .wrongForm(path: child(name), expected: "a time such as 2026-11-23T20:45:00Z")
        }
        return time
    }
}
