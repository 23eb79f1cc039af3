public import Language
public import Recognition

extension Message {
    /// The text of a code of a closed list; the code itself where the catalogue lacks it, which
    /// the tests refuse.
    static func code(_ subject: String, _ code: String) -> Message {
        MessageKey(named: "\(subject).\(code)").map { Message($0) }
            ?? Message(.checkDiagnosis, ["diagnosis": .text(code)])
    }

    /// The word of a verdict: `granted`.
    public static func word(_ word: RecognitionWord) -> Message { code("word", word.rawValue) }

    /// What the word means: `a right, now, without open conditions`.
    public static func meaning(_ word: RecognitionWord) -> Message {
        code("meaning", word.rawValue)
    }

    public static func purpose(_ purpose: Purpose) -> Message { code("purpose", purpose.rawValue) }

    public static func step(_ step: VerificationStep) -> Message { code("step", step.rawValue) }

    /// Why a check did not pass, in a clause.
    public static func reason(_ reason: ReasonCode) -> Message { code("reason", reason.rawValue) }
}
