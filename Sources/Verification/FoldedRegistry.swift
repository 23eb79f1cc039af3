import Credentials
import Cryptography
import Encoding
import Language
import Recognition
import Registry

/// What a verifier has worked out of its knowledge so far, for the credentials that come next.
///
/// Nothing in it is about a person, and nothing is taken as checked that was not: it holds for
/// one knowledge, one question and one moment, and is made anew with each of them. One thread
/// at a time.
final class FoldedRegistry {
    let knowledge: Knowledge
    let question: VerificationQuestion
    let now: Timestamp

    /// Facts of so many awards at most are kept, whatever a stranger hands over.
    private static let limit = 1_024

    private struct ListName: Hashable {
        let country: String
        let body: String
        let uri: String
    }

    private var awards: [AwardFacts: FoldedAward] = [:]
    private var lists: [ListName: [ReliedStatusList]] = [:]
    private(set) lazy var digest = knowledge.digest
    private(set) lazy var sources = knowledge.logs.map { Verdict.Source($0, asked: now) }

    /// What the logs say, as the engine takes it; nil without the anchor's own.
    private(set) lazy var statements: LogStatements? = {
        let country = knowledge.anchor.country
        return knowledge.log(of: country).map { destination in
            LogStatements(
                destination: .init(country: country, acts: destination.state.acts),
                others: knowledge.logs.map { .init(country: $0.country, acts: $0.state.acts) })
        }
    }()

    init(_ knowledge: Knowledge, _ question: VerificationQuestion, at now: Timestamp) {
        self.knowledge = knowledge
        self.question = question
        self.now = now
    }

    func award(_ award: QualificationCredential, _ path: BatchPath?) -> FoldedAward {
        let facts = AwardFacts(award, path)
        if let known = awards[facts] { return known }
        if awards.count >= FoldedRegistry.limit { awards.removeAll() }
        let home = knowledge.log(of: award.country)
        let new = FoldedAward(
            subjects: subjects(of: .award(award)),
            grounds: home.map { AwardGrounds(award, path, $0) })
        awards[facts] = new
        return new
    }

    func subjects(of credential: IssuedCredential) -> VerificationSubjects {
        VerificationSubjects(
            of: credential, question: question,
            home: knowledge.log(of: credential.frame.country)?.state,
            destination: knowledge.log(of: knowledge.anchor.country)?.state)
    }

    func statusLists(
        _ uri: String, of body: String, in home: Knowledge.Log
    ) -> [ReliedStatusList] {
        let name = ListName(country: home.country, body: body, uri: uri)
        if let known = lists[name] { return known }
        if lists.count >= FoldedRegistry.limit { lists.removeAll() }
        let found = ReliedStatusList.all(uri, of: body, in: home, knowledge)
        lists[name] = found
        return found
    }
}

/// What was worked out for all awards with the same facts.
final class FoldedAward {
    let subjects: VerificationSubjects
    private let grounds: AwardGrounds?
    private var logs: Check?
    private var findings: [Int?: IssuerFinding] = [:]
    private var worths: [String?: WorthCheck.Outcome?] = [:]

    init(subjects: VerificationSubjects, grounds: AwardGrounds?) {
        self.subjects = subjects
        self.grounds = grounds
    }

    /// Check 3.
    func issuer(
        _ award: QualificationCredential, _ path: BatchPath?,
        _ signature: inout CredentialSignature
    ) -> IssuerFinding {
        guard let grounds else { return IssuerFinding(withoutLogOf: award.country) }
        let decisive = grounds.decisive(&signature)
        if let known = findings[decisive] { return known }
        let new = grounds.finding(award, path, by: decisive)
        findings[decisive] = new
        return new
    }

    /// Check 2.
    func logs(_ make: () -> Check) -> Check {
        if let logs { return logs }
        let new = make()
        logs = new
        return new
    }

    /// Check 7 of an award beside which nothing about the person was handed over.
    ///
    /// - Parameter site: where it was made, if its accreditation says so.
    func worth(at site: String?, _ make: () -> WorthCheck.Outcome?) -> WorthCheck.Outcome? {
        if let known = worths[site] { return known }
        let new = make()
        worths[site] = .some(new)
        return new
    }
}
