public import Credentials
public import Encoding
import Language
import Recognition
import Registry

/// The one function that may call a credential anything.
///
/// `Protocol/verification.md § Checks`. Pure: the same inputs give the same verdict. There is no
/// switch that turns a check off; every check is made, and the worst decides.
public struct Verifier: Sendable {
    private let knowledge: Knowledge
    private let question: VerificationQuestion
    private let now: Timestamp

    /// - Parameters:
    ///   - knowledge: what is known; it must hold every act about the credentials' issuers and
    ///     qualifications and about the target of the question (`VerificationSubjects`).
    ///   - now: the verifier's clock.
    public init(knowledge: Knowledge, question: VerificationQuestion, at now: Timestamp) {
        self.knowledge = knowledge
        self.question = question
        self.now = now
    }

    /// - Parameters:
    ///   - supporting: what the person hands over beside it: decisions, evidence, links,
    ///     further awards. What is not authentic, or about somebody else, is not used.
    ///   - challenge: what became of the challenge; several presentations may answer one.
    ///   - asked: the claims that the request of that challenge asked for.
    public func verify(
        _ file: CredentialFile, supporting: [CredentialFile] = [], challenge: ChallengeAnswer,
        asked: [ClaimPath] = []
    ) -> Verdict {
        verify(
            file, supporting, challenge, asked,
            FoldedRegistry(knowledge, question, at: now))
    }

    /// Verdicts on files that belong to different people, each by itself, in their order.
    ///
    /// What the registry says of all of them is worked out once: the status list, the issuer's
    /// accreditation, the worth of awards that say the same. Of the files themselves everything
    /// is checked for each.
    public func verify(
        each files: some Sequence<CredentialFile>, challenge: ChallengeAnswer
    ) -> [Verdict] {
        let registry = FoldedRegistry(knowledge, question, at: now)
        return files.map { verify($0, [], challenge, [], registry) }
    }

    private func verify(
        _ file: CredentialFile, _ supporting: [CredentialFile], _ challenge: ChallengeAnswer,
        _ asked: [ClaimPath], _ registry: FoldedRegistry
    ) -> Verdict {
        var main = CredentialFinding(file, registry, challenge, asked: asked)
        let shownKey = main.shownKey
        let beside = SupportingFindings(
            supporting.map {
                CredentialFinding($0, registry, challenge, shownKey: shownKey)
            }, beside: main)
        guard let credential = main.credential, let issuer = main.issuer,
            let subjects = main.subjects
        else { return verdict(main, beside, worth: nil, registry) }
        func judgeWorth() -> WorthCheck.Outcome? {
            WorthCheck(
                registry, subjects, credential, file, issuer, statements: beside.statements,
                awards: beside.awards
            ).outcome
        }
        // Only where nothing speaks about the person is the worth that of all such awards.
        let isShared = beside.statements.isEmpty && beside.awards.isEmpty
        let site = issuer.accreditation?.accreditation.site
        let worth =
            isShared
            ? main.folded?.worth(at: site, judgeWorth) ?? judgeWorth() : judgeWorth()
        if worth != nil, let number = beside.unshown, main.check(.holder)?.outcome == .passed {
            main.replace(
                Check(
                    .holder, .undetermined(.holderNotShown),
                    Message(
                        .checkHolderSupporting, ["number": .number(Int64(number))])))
        }
        return verdict(main, beside, worth: worth, registry)
    }

    private func award(
        _ credential: QualificationCredential, _ file: CredentialFile, _ issuer: IssuerFinding
    ) -> Verdict.Subject {
        Verdict.Subject(
            name: credential.name, birthYear: credential.birthYear,
            qualification: credential.qualification,
            qualificationTitle: issuer.qualification?.titles.text(in: []),
            version: credential.version, body: credential.issuer,
            bodyName: issuer.accreditation?.accreditation.names.text(in: []),
            country: credential.country, awarded: credential.awarded,
            validUntil: credential.validUntil,
            archive: credential.archive, reference: file.credential.reference)
    }

    private func statement(
        _ credential: StatementCredential, _ issuer: IssuerFinding
    ) -> Verdict.StatementSubject {
        Verdict.StatementSubject(
            kind: credential.kind.rawValue, id: credential.id, name: credential.name,
            birthYear: credential.birthYear, formerName: credential.formerName,
            issuer: credential.issuer,
            issuerName: issuer.home?.state.name(of: credential.issuer),
            country: credential.country, issued: credential.issued,
            statement: credential.statement)
    }

    private func verdict(
        _ main: CredentialFinding, _ beside: SupportingFindings, worth: WorthCheck.Outcome?,
        _ registry: FoldedRegistry
    ) -> Verdict {
        var subject: Verdict.Subject?
        var statement: Verdict.StatementSubject?
        switch (main.credential, main.issuer) {
        case (.award(let credential)?, let issuer?):
            subject = award(credential, main.file, issuer)
        case (.statement(let credential)?, let issuer?):
            statement = self.statement(credential, issuer)
        default: break
        }
        return Verdict(
            checks: main.checks + [worth?.check].compactMap { $0 }, subject: subject,
            statement: statement, requested: main.requested, supporting: beside.documents,
            worth: worth?.verdict, names: worth?.names ?? [:], places: worth?.places ?? [:],
            registry)
    }
}
