import Encoding

/// What the program under attack said.
struct AttackAnswer: Sendable {
    let exitCode: Int32
    /// The word of the verdict; `not-judged` where there was none.
    let word: String
    /// The reasons of all checks that did not pass.
    let reasons: [String]
    /// The documents that were handed over beside the certificate.
    var beside: [JSONObject] = []
    /// What the verdict shows about the certificate.
    var subject = JSONObject()
    /// Everything that was said, for people.
    var text = ""

    static let notJudged = "not-judged"

    /// A refusal that is no verdict: by a node, or by a command that issues.
    static func declined(_ reason: String) -> AttackAnswer {
        AttackAnswer(exitCode: 1, word: "declined", reasons: [reason])
    }

    /// Reads `concord verify --json`.
    init(_ outcome: InstalledProgram.Outcome) throws {
        exitCode = outcome.code
        text = String(decoding: outcome.output, as: UTF8.self) + outcome.complaint
        let limits = JSONLimits(size: 4 << 20, depth: 12)
        guard let document = try? JSONValue(parsing: outcome.output, limits: limits).object,
            let word = document["word"]?.string
        else {
            word = AttackAnswer.notJudged
            reasons = []
            return
        }
        self.word = word
        subject = document["subject"]?.object ?? JSONObject()
        beside = (document["supporting"]?.array ?? []).compactMap(\.object)
        reasons = (document["checks"]?.array ?? []).compactMap { $0.object?["reason"]?.string }
    }

    init(exitCode: Int32, word: String, reasons: [String]) {
        self.exitCode = exitCode
        self.word = word
        self.reasons = reasons
    }
}

extension AttackCase {
    /// Whether the answer is what it must be.
    func isAnswered(by answer: AttackAnswer) -> Bool {
        switch expectation {
        case .refused(let reason):
            ["invalid", "undetermined", "conflict", "declined"].contains(answer.word)
                && [1, 2].contains(answer.exitCode) && answer.reasons.contains(reason)
        case .notJudged:
            answer.word == AttackAnswer.notJudged && answer.exitCode == 65
        case .holds:
            answer.word == "authentic" && answer.exitCode == 0 && answer.reasons.isEmpty
        }
    }
}
