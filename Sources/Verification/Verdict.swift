public import Cryptography
public import Encoding
public import Recognition
import TransparencyLog

/// The answer about one credential: a word, the seven checks, and where it all comes from.
///
/// Made only by `Verifier.verify`. `Protocol/verification.md § Verdict`.
public struct Verdict: Hashable, Sendable {
    /// The word that a person reads first.
    public enum Word: Hashable, Sendable {
        /// Genuine, and nothing was asked about its worth.
        case authentic
        case worth(RecognitionWord)

        public var text: String {
            switch self {
            case .authentic: "authentic"
            case .worth(let word): word.rawValue
            }
        }
    }

    /// One log that the answer rests on.
    public struct Source: Hashable, Sendable {
        public let country: String
        public let origin: String
        public let size: UInt64
        /// nil: the policy asks for no witness.
        public let quorumTime: Timestamp?
        /// Seconds from the quorum time to the question.
        public let age: Int64?

        init(_ log: Knowledge.Log, asked: Timestamp) {
            country = log.country
            origin = log.head.origin
            size = log.head.size
            quorumTime = log.quorumTime
            age = log.quorumTime.map { asked.seconds(since: $0) }
        }
    }

    /// What the credential says, for comparison with a person and a paper.
    public struct Subject: Hashable, Sendable {
        public let name: String?
        public let birthYear: Int64?
        public let qualification: String
        public let qualificationTitle: String?
        public let version: String
        public let body: String
        /// As the accreditor wrote it.
        public let bodyName: String?
        public let country: String
        public let awarded: CalendarDate
        public let validUntil: CalendarDate?
        /// The register page, if it confirms an award of the past from an archive.
        public let archive: String?
        /// How a decision that rests on it names it.
        public let reference: String
    }

    /// What a statement that was asked about says, for comparison with a person.
    public struct StatementSubject: Hashable, Sendable {
        public let kind: String
        public let id: String
        public let name: String
        public let birthYear: Int64
        public let formerName: String?
        public let issuer: String
        /// As the log of its country has it.
        public let issuerName: String?
        public let country: String
        public let issued: CalendarDate
        public let statement: JSONObject
    }

    public let word: Word
    public let checks: [Check]
    /// The award that was asked about; nil if it is a statement, or did not read.
    public let subject: Subject?
    public let statement: StatementSubject?
    /// The claims that this verifier's request asked for, in its order.
    public let requested: [RequestedClaim]
    /// What became of each document beside it, in the order in which they were given.
    public let supporting: [SupportingDocument]
    public let worth: RecognitionVerdict?
    public let question: VerificationQuestion
    public let sources: [Source]
    public let knowledgeDigest: HashValue
    public let asked: Timestamp
    public let isSample: Bool
    public let isCarried: Bool
    /// The countries whose logs the answer needs, and of which no copy is here.
    public let absentLogs: [String]
    /// Names of bodies and authorities as the registry knows them.
    public let names: [String: String]
    /// Where the acts stand that the worth names, by id.
    public let places: [String: LogStatements.Place]

    /// `design` of exit codes: 0 authentic and free to use; 3 authentic, not (fully) usable;
    /// 1 invalid; 2 undetermined.
    public var exitCode: Int32 {
        switch word {
        case .authentic, .worth(.granted), .worth(.provisional), .worth(.free): 0
        case .worth(.invalid): 1
        case .worth(.undetermined), .worth(.conflict): 2
        case .worth: 3
        }
    }

    init(
        checks: [Check], subject: Subject?, statement: StatementSubject?,
        requested: [RequestedClaim],
        supporting: [SupportingDocument], worth: RecognitionVerdict?, names: [String: String],
        places: [String: LogStatements.Place], _ registry: FoldedRegistry
    ) {
        let knowledge = registry.knowledge
        self.checks = checks
        self.subject = subject
        self.statement = statement
        self.requested = requested
        self.supporting = supporting
        self.worth = worth
        question = registry.question
        asked = registry.now
        self.names = names
        let named = Set(
            (worth?.grounds.map(\.id) ?? []) + (worth?.others.map(\.id) ?? [])
                + (worth?.notes.compactMap(\.ground) ?? []))
        self.places = places.filter { named.contains($0.key) }
        word = Verdict.word(checks, worth)
        sources = registry.sources
        knowledgeDigest = registry.digest
        isSample = knowledge.anchor.isSample
        isCarried = knowledge.isCarried
        let needed = [knowledge.anchor.country, subject?.country ?? statement?.country]
        absentLogs = needed.compactMap { $0 }.reduce(into: []) { countries, country in
            let isHere =
                knowledge.log(of: country) != nil
                || knowledge.awaited.contains { $0.country == country }
            if !isHere, !countries.contains(country) { countries.append(country) }
        }
    }

    /// The worst check decides; worth counts only for what is authentic.
    private static func word(_ checks: [Check], _ worth: RecognitionVerdict?) -> Word {
        let worst = checks.max { $0.outcome.severity < $1.outcome.severity }
        switch worst?.outcome {
        case .failed: return .worth(.invalid)
        case .undetermined(.splitView): return .worth(.conflict)
        case .undetermined(let reason) where reason != .notDecided: return .worth(.undetermined)
        default: return worth.map { .worth($0.word) } ?? .authentic
        }
    }
}
