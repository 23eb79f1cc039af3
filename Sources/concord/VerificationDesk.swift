import Credentials
import Encoding
import Foundation
import Registrar
import Registry
import Storage
import Verification

/// Puts together what one `verify` needs: the anchor, the copies, the challenge.
struct VerificationDesk {
    let anchor: Anchor
    let database: LogDatabase?

    init(source: SourceOptions) throws {
        if let node = source.node {
            let office = try Office(opening: NodeDirectory(node), passphrase: nil)
            anchor = try office.anchor(at: Clock.now)
            database = office.database
            return
        }
        guard let path = source.anchor else {
            throw CommandFailure(
                .usage,
                "expected --node DIR or --anchor FILE: a verifier trusts exactly one log from the "
                    + "start, the destination's own")
        }
        anchor = try Anchor(parsing: InputFile.read(path, limit: 1 << 20))
        database = try CopiesFolder(source.data).databaseIfPresent()
    }

    func verdict(
        on bytes: [UInt8], with supporting: [CredentialFile] = [],
        question: VerificationQuestion
    ) throws -> Verdict {
        let now = Clock.now
        if VerificationDesk.isDossier(bytes) {
            let dossier = try Dossier(parsing: bytes)
            return Verifier(
                knowledge: try dossier.knowledge(anchor: anchor, at: now), question: question,
                at: now
            ).verify(
                dossier.presentation, supporting: supporting,
                challenge: try answer([dossier.presentation] + supporting, now))
        }
        let file = try CredentialFile(parsing: bytes)
        let knowledge: Knowledge
        if let database {
            knowledge = try KnowledgeReader(database: database, anchor: anchor)
                .knowledge(for: [file] + supporting, question: question, at: now)
        } else {
            knowledge = Knowledge(
                anchor: anchor, logs: [], statusLists: [:], provenance: .copies,
                newestQuorumTime: nil)
        }
        // Order: the challenge is spent on disk before anybody sees the verdict.
        let challenge = try answer([file] + supporting, now)
        return Verifier(knowledge: knowledge, question: question, at: now)
            .verify(file, supporting: supporting, challenge: challenge)
    }

    /// What became of the challenge that the first presentation among the files answers; the
    /// others count where they answer the same one.
    private func answer(_ files: [CredentialFile], _ now: Timestamp) throws -> ChallengeAnswer {
        guard let binding = files.lazy.compactMap(\.credential.keyBinding).first else {
            return .none
        }
        guard let database, let nonce = Base64.url.decode(binding.nonce),
            (16...64).contains(nonce.count)
        else { return .foreign }
        switch try database.spendChallenge(nonce, audience: binding.audience, at: now) {
        case .spent:
            return .own(
                audience: binding.audience, nonce: binding.nonce,
                issued: now + -RequestCommand.longestLife, expires: now)
        case .alreadySpent: return .spent
        case .unknown, .wrongAudience, .expired: return .foreign
        }
    }

    /// A dossier says what it is in its first member or nowhere; the parser decides.
    static func isDossier(_ bytes: [UInt8]) -> Bool {
        let limits = JSONLimits(size: Dossier.byteLimit, depth: 12)
        guard let value = try? JSONValue(parsing: bytes, limits: limits) else { return false }
        return value.object?["type"]?.string == Dossier.type
    }
}

/// Where a verifier without a node keeps copies and challenges.
struct CopiesFolder {
    let path: String

    init(_ path: String) { self.path = path }

    func databaseIfPresent() throws -> LogDatabase? {
        FileManager.default.fileExists(atPath: "\(path)/\(LogDatabase.fileName)")
            ? try LogDatabase(inFolder: path) : nil
    }

    func database() throws -> LogDatabase {
        try OutputFile.makeFolder(path)
        return try LogDatabase(inFolder: path)
    }
}
