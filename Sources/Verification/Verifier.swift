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
    ///   - knowledge: what is known; it must hold every act about the credential's body and
    ///     qualification and about the target of the question (`VerificationSubjects`).
    ///   - now: the verifier's clock.
    public init(knowledge: Knowledge, question: VerificationQuestion, at now: Timestamp) {
        self.knowledge = knowledge
        self.question = question
        self.now = now
    }

    public func verify(_ file: CredentialFile, challenge: ChallengeAnswer) -> Verdict {
        let credential: QualificationCredential
        do throws(CredentialError) {
            credential = try QualificationCredential(parsing: file.credential)
        } catch {
            return verdict([FormCheck.failure(error)], subject: nil, worth: nil)
        }
        let home = knowledge.log(of: credential.country)
        let subjects = VerificationSubjects(of: credential, question: question, home: home?.state)
        let issuer = IssuerFinding(credential, file, home, now)
        var checks = [
            Check(.form, .passed, Message(.checkFormPassed)),
            LogsCheck(knowledge, question, credential, subjects, now).check,
            issuer.check,
            CredentialCheck(file, credential, issuer, now).check,
            HolderCheck(file, credential, challenge, now).check,
            StatusCheck(credential, issuer, knowledge, now).check,
        ]
        let worth = WorthCheck(
            knowledge, subjects, credential, issuer, on: now.day, question
        ).outcome
        if let worth { checks.append(worth.check) }
        return verdict(
            checks, subject: subject(credential, issuer), worth: worth,
            award: issuer.qualification)
    }

    private func subject(
        _ credential: QualificationCredential, _ issuer: IssuerFinding
    ) -> Verdict.Subject {
        Verdict.Subject(
            name: credential.name, birthYear: credential.birthYear,
            qualification: credential.qualification,
            qualificationTitle: issuer.qualification?.titles.text(in: []),
            version: credential.version, body: credential.issuer,
            bodyName: issuer.accreditation?.accreditation.names.text(in: []),
            country: credential.country, awarded: credential.awarded,
            validUntil: credential.validUntil,
            isArchiveConfirmation: credential.archive != nil)
    }

    private func verdict(
        _ checks: [Check], subject: Verdict.Subject?, worth: WorthCheck.Outcome?,
        award: Qualification? = nil
    ) -> Verdict {
        let names = worth.map { outcome in
            NamesOfWorth(
                outcome.verdict, award: award, target: question.target.values["qual"],
                in: knowledge.log(of: knowledge.anchor.country)?.state
            ).names
        }
        return Verdict(
            checks: checks, subject: subject, worth: worth?.verdict, question: question,
            knowledge: knowledge, asked: now, names: names ?? [:], places: worth?.places ?? [:])
    }
}
