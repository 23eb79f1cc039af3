public import Encoding

/// What became of one attack.
public struct AttackOutcome: Sendable {
    public let attack: AttackCase
    /// Whether the verifier did what it must.
    public let isAsExpected: Bool
    /// The reason or the word that the verifier gave, or what went wrong.
    public let finding: String

    init(_ attack: AttackCase, _ answer: Result<AttackAnswer, any Error>) {
        self.attack = attack
        switch answer {
        case .success(let answer):
            isAsExpected = attack.isAnswered(by: answer)
            if isAsExpected, case .refused(let reason) = attack.expectation {
                finding = reason
            } else {
                finding =
                    ([answer.word] + answer.reasons).joined(separator: " ")
                    + (isAsExpected ? "" : " (exit \(answer.exitCode))")
            }
        case .failure(let error):
            isAsExpected = false
            finding = "\(error)"
        }
    }

    /// One line: the id, what the verifier said, what was forged.
    public var line: String {
        func padded(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(1, width - text.count))
        }
        let word =
            switch (isAsExpected, attack.isControl) {
            case (true, false): "refused"
            case (true, true): "verified"
            case (false, false): "ACCEPTED"
            case (false, true): "BROKEN"
            }
        let line =
            padded(word, 10) + padded(attack.id, 14) + padded("[\(finding)]", 28) + attack.what
        guard !isAsExpected else { return line }
        return line + "; expected \(attack.expectation.description)"
    }

    public var document: JSONValue {
        [
            "id": .string(attack.id), "what": .string(attack.what),
            "expected": .string(attack.expectation.description), "found": .string(finding),
            "asExpected": .bool(isAsExpected), "control": .bool(attack.isControl),
        ]
    }
}

extension AttackCase.Expectation: CustomStringConvertible {
    public var description: String {
        switch self {
        case .refused(let reason): reason
        case .notJudged: AttackAnswer.notJudged
        case .holds: "authentic"
        }
    }
}

/// What a forger reached, or what the attack needs and did not find.
struct AttackFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
