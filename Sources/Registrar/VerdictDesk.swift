public import Credentials
public import Encoding
public import Storage
public import Verification

/// Puts together what one verdict needs: the copies, or what a dossier carries.
///
/// Reads and writes nothing else: what becomes of a challenge is the caller's to say.
public struct VerdictDesk: Sendable {
    public let anchor: Anchor
    /// nil: there are no copies; a dossier can still be judged.
    public let database: LogDatabase?

    public init(anchor: Anchor, database: LogDatabase?) {
        self.anchor = anchor
        self.database = database
    }

    /// One verdict for everything in the input that is judged by itself.
    ///
    /// - Parameters:
    ///   - asked: the claims that the verifier's request asked for.
    ///   - answering: says what became of the challenge that one of the files answers; called
    ///     once, after the knowledge is gathered and before the first verdict is made, so that a
    ///     challenge is spent before anybody sees it.
    /// - Throws: `VerificationError` for a dossier that does not read to its end.
    public func verdicts(
        on input: VerificationInput, with supporting: [CredentialFile] = [],
        question: VerificationQuestion, asked: [ClaimPath] = [], at now: Timestamp,
        answering: ([CredentialFile]) throws -> ChallengeAnswer
    ) throws -> [Verdict] {
        let files = input.files
        let knowledge: Knowledge
        switch input {
        case .dossier(let dossier): knowledge = try dossier.knowledge(anchor: anchor, at: now)
        case .presentations:
            knowledge = try self.knowledge(for: files + supporting, question: question, at: now)
        }
        let challenge = try answering(files + supporting)
        let verifier = Verifier(knowledge: knowledge, question: question, at: now)
        return input.judged.map { place in
            var beside = files
            let file = beside.remove(at: place)
            return verifier.verify(
                file, supporting: beside + supporting, challenge: challenge, asked: asked)
        }
    }

    /// The same where nobody's challenge can be answered: nothing is looked up and nothing spent,
    /// and a presentation that answers one is of a holder who is not shown.
    public func verdicts(
        on input: VerificationInput, with supporting: [CredentialFile] = [],
        question: VerificationQuestion, at now: Timestamp
    ) throws -> [Verdict] {
        try verdicts(on: input, with: supporting, question: question, at: now) { files in
            files.contains { $0.credential.keyBinding != nil } ? .foreign : .none
        }
    }

    /// What the copies say of all that the files need; without copies nothing is known.
    public func knowledge(
        for files: [CredentialFile], question: VerificationQuestion, at now: Timestamp
    ) throws -> Knowledge {
        guard let database else {
            return Knowledge(
                anchor: anchor, logs: [], statusLists: [:], provenance: .copies,
                newestQuorumTime: nil)
        }
        return try KnowledgeReader(database: database, anchor: anchor)
            .knowledge(for: files, question: question, at: now)
    }
}
