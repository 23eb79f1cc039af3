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

    /// - Parameters:
    ///   - answering: says what became of the challenge that one of the files answers; called
    ///     once, after the knowledge is gathered and before the verdict is made, so that a
    ///     challenge is spent before anybody sees it.
    /// - Throws: `CredentialError`, `VerificationError` or `ParsingError` for bytes that are no
    ///   certificate and no dossier.
    public func verdict(
        on bytes: [UInt8], with supporting: [CredentialFile] = [],
        question: VerificationQuestion, at now: Timestamp,
        answering: ([CredentialFile]) throws -> ChallengeAnswer
    ) throws -> Verdict {
        if VerdictDesk.isDossier(bytes) {
            let dossier = try Dossier(parsing: bytes)
            let knowledge = try dossier.knowledge(anchor: anchor, at: now)
            let challenge = try answering([dossier.presentation] + supporting)
            return Verifier(knowledge: knowledge, question: question, at: now)
                .verify(dossier.presentation, supporting: supporting, challenge: challenge)
        }
        let file = try CredentialFile(parsing: bytes)
        let knowledge = try knowledge(for: [file] + supporting, question: question, at: now)
        let challenge = try answering([file] + supporting)
        return Verifier(knowledge: knowledge, question: question, at: now)
            .verify(file, supporting: supporting, challenge: challenge)
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

    /// A dossier says what it is in its `type`, or nowhere; the parser decides.
    public static func isDossier(_ bytes: [UInt8]) -> Bool {
        let limits = JSONLimits(size: Dossier.byteLimit, depth: 12)
        guard let value = try? JSONValue(parsing: bytes, limits: limits) else { return false }
        return value.object?["type"]?.string == Dossier.type
    }
}
