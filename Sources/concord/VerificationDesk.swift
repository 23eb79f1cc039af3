import Credentials
import Encoding
import Recognition
import Registrar
import Registry
import Storage
import Verification

/// Puts together what `verify` needs: the anchor, the copies, the challenge.
struct VerificationDesk {
    let anchor: Anchor
    /// The copies, for questions alone.
    let database: LogDatabase?
    /// Where they are, and the challenges with them.
    private let folder: String

    init(source: SourceOptions) throws {
        if let node = source.node {
            let office = try Office(reading: NodeDirectory(node))
            anchor = try office.anchor(at: Clock.now)
            database = office.database
            folder = node
            return
        }
        guard let path = source.anchor else {
            throw CommandFailure(
                .usage,
                "expected --node DIR or --anchor FILE: a verifier trusts exactly one log from the "
                    + "start, the destination's own")
        }
        anchor = try Anchor(parsing: InputFile.read(path, limit: 1 << 20))
        database = try CopiesFolder(source.data).databaseForReading()
        folder = source.data
    }

    /// Refuses a framework that no log at hand knows: a misspelt one would be answered as one
    /// without a table.
    func checkFramework(of question: VerificationQuestion) throws {
        guard let framework = question.target["fw"], let database else { return }
        let known = try FrameworkSearch(in: database).frameworks
        guard !known.isEmpty, !known.contains(framework) else { return }
        throw CommandFailure(
            .usage,
            "expected a framework out of \(known.joined(separator: ", ")), found \(framework)")
    }

    /// One verdict for everything in the input that is judged by itself.
    func verdicts(
        on input: VerificationInput, with supporting: [CredentialFile] = [],
        question: VerificationQuestion
    ) throws -> [Verdict] {
        let now = Clock.now
        let files = input.files
        let kept = try keptRequest(files + supporting)
        let question = question.completed(by: kept?.question)
        // Order: the challenge is spent on disk before anybody sees a verdict.
        return try desk.verdicts(
            on: input, with: supporting, question: question, asked: kept?.ask ?? [], at: now,
            answering: { try answer($0, now) })
    }

    /// Verdicts on files that belong to different people and answer no challenge: each by
    /// itself.
    ///
    /// What is known about one issuer and qualification is gathered once for all of them.
    func verdicts(
        onEach files: [CredentialFile], question: VerificationQuestion
    ) throws -> [Verdict] {
        let now = Clock.now
        var verdicts: [Verdict?] = Array(repeating: nil, count: files.count)
        var groups: [KnowledgeGroup?: [Int]] = [:]
        for (index, file) in files.enumerated() {
            groups[KnowledgeGroup(file), default: []].append(index)
        }
        for (group, indexes) in groups {
            // What is no award has a group of its own.
            for indexes in group == nil ? indexes.map({ [$0] }) : [indexes] {
                let members = indexes.map { files[$0] }
                let knowledge = try desk.knowledge(
                    for: members, question: question, at: now)
                let judged = Verifier(knowledge: knowledge, question: question, at: now)
                    .verify(each: members, challenge: .none)
                for (index, verdict) in zip(indexes, judged) { verdicts[index] = verdict }
            }
        }
        return verdicts.compactMap { $0 }
    }

    var desk: VerdictDesk { VerdictDesk(anchor: anchor, database: database) }

    /// The nonce that the first presentation among the files answers; the others count where
    /// they answer the same one.
    private func nonce(_ files: [CredentialFile]) -> [UInt8]? {
        files.lazy.compactMap(\.credential.keyBinding).first
            .flatMap { Base64.url.decode($0.nonce) }
            .flatMap { (16...64).contains($0.count) ? $0 : nil }
    }

    /// This verifier's own request that the files answer.
    private func keptRequest(_ files: [CredentialFile]) throws -> PresentationRequest? {
        guard database != nil, let nonce = nonce(files),
            let bytes = try LogDatabase(inFolder: folder).keptRequest(nonce)
        else { return nil }
        return try PresentationRequest(parsing: bytes)
    }

    /// What became of the challenge.
    private func answer(_ files: [CredentialFile], _ now: Timestamp) throws -> ChallengeAnswer {
        guard let binding = files.lazy.compactMap(\.credential.keyBinding).first else {
            return .none
        }
        guard database != nil, let nonce = nonce(files) else { return .foreign }
        switch try LogDatabase(inFolder: folder).spendChallenge(
            nonce, audience: binding.audience, at: now)
        {
        case .spent:
            return .own(
                audience: binding.audience, nonce: binding.nonce,
                issued: now + -RequestCommand.longestLife, expires: now)
        case .alreadySpent: return .spent
        case .unknown, .wrongAudience, .expired: return .foreign
        }
    }
}

/// Credentials for which the same acts are needed.
private struct KnowledgeGroup: Hashable {
    let country: String
    let issuer: String
    let list: String
    let qualification: String

    init?(_ file: CredentialFile) {
        guard let credential = try? IssuedCredential(parsing: file.credential),
            case .award(let award) = credential
        else { return nil }
        country = award.country
        issuer = award.issuer
        list = award.status.uri
        qualification = award.qualification
    }
}

extension VerificationQuestion {
    /// The question of the request that is answered, where none was asked here.
    fileprivate func completed(by asked: PresentationRequest.Question?) -> VerificationQuestion {
        guard destination == nil, let asked else { return self }
        guard let purpose = asked.purpose.map(Purpose.init(rawValue:)) ?? .employ else {
            return self
        }
        var values = target.values
        values["occ"] = values["occ"] ?? asked.occupation
        values["sector"] = values["sector"] ?? asked.sector
        values["qual"] = values["qual"] ?? asked.targetQualification
        return VerificationQuestion(
            destination: asked.destination, purpose: purpose, target: Target(values),
            facts: facts, day: day)
    }
}
