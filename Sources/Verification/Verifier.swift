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
        var main = CredentialFinding(file, knowledge, question, challenge, at: now, asked: asked)
        let shownKey = main.shownKey
        let beside = SupportingFindings(
            supporting.map {
                CredentialFinding(
                    $0, knowledge, question, challenge, at: now, shownKey: shownKey)
            }, beside: main)
        guard let credential = main.credential, let issuer = main.issuer,
            let subjects = main.subjects
        else { return verdict(main, beside, worth: nil) }
        let worth = WorthCheck(
            knowledge, subjects, credential, file, issuer, statements: beside.statements,
            awards: beside.awards, on: question.day ?? now.day, question
        ).outcome
        if worth != nil, let number = beside.unshown, main.check(.holder)?.outcome == .passed {
            main.replace(
                Check(
                    .holder, .undetermined(.holderNotShown),
                    Message(
                        .checkHolderSupporting, ["number": .number(Int64(number))])))
        }
        return verdict(main, beside, worth: worth)
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
        _ main: CredentialFinding, _ beside: SupportingFindings, worth: WorthCheck.Outcome?
    ) -> Verdict {
        let names = worth.map { outcome in
            NamesOfWorth(
                outcome.verdict, award: main.issuer?.qualification,
                target: question.target.values["qual"],
                in: knowledge.log(of: knowledge.anchor.country)?.state
            ).names
        }
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
            worth: worth?.verdict,
            question: question, knowledge: knowledge, asked: now, names: names ?? [:],
            places: worth?.places ?? [:])
    }
}
