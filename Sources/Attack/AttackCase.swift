/// One attack on the verifier: what is forged or left out, and how it must be refused.
///
/// The numbers F1 to F28 are those of the failures that other systems have shown; D1 and up are
/// forged dossiers, and C are controls: honest certificates that must verify, so that a verifier
/// that refuses everything is found out too.
public struct AttackCase: Sendable {
    public enum Expectation: Hashable, Sendable {
        /// No positive word, and this reason among those of the checks.
        case refused(String)
        /// The input is not what it claims to be: no verdict at all.
        case notJudged
        /// An honest certificate: authentic, without a reason.
        case holds
    }

    public let id: String
    /// What is forged, in a few words.
    public let what: String
    public let expectation: Expectation
    let play: @Sendable (AttackStage) async throws -> AttackAnswer

    init(
        _ id: String, _ what: String, _ expectation: Expectation,
        play: @escaping @Sendable (AttackStage) async throws -> AttackAnswer
    ) {
        self.id = id
        self.what = what
        self.expectation = expectation
        self.play = play
    }

    /// An attack that is a file, judged by an employer who holds fresh copies.
    init(
        _ id: String, _ what: String, _ expectation: Expectation,
        file: @escaping @Sendable (AttackStage) throws -> [UInt8]
    ) {
        self.init(id, what, expectation) { stage in
            try stage.verify(file(stage), as: id, by: stage.employer)
        }
    }

    public var isControl: Bool { expectation == .holds }
}
