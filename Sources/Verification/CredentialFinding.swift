import Credentials
import Cryptography
import Encoding
import Language
import Registry

/// Checks 1 to 6 of one file, whatever kind of credential it holds.
struct CredentialFinding {
    let file: CredentialFile
    /// nil: it did not read, and check 1 is the only one.
    let credential: IssuedCredential?
    let issuer: IssuerFinding?
    let subjects: VerificationSubjects?
    /// What was asked for, and what of it is shown.
    let requested: [RequestedClaim]
    private(set) var checks: [Check]

    /// - Parameters:
    ///   - shownKey: a key of which the presenter has shown control with another file.
    ///   - asked: the claims that the verifier asked for.
    init(
        _ file: CredentialFile, _ knowledge: Knowledge, _ question: VerificationQuestion,
        _ challenge: ChallengeAnswer, at now: Timestamp, shownKey: SignatureKey? = nil,
        asked: [ClaimPath] = []
    ) {
        self.file = file
        let credential: IssuedCredential
        do throws(CredentialError) {
            credential = try IssuedCredential(parsing: file.credential)
        } catch {
            self.credential = nil
            issuer = nil
            subjects = nil
            requested = asked.map { RequestedClaim(path: $0, value: nil) }
            checks = FormCheck.failures(error)
            return
        }
        let frame = credential.frame
        let home = knowledge.log(of: frame.country)
        let subjects = VerificationSubjects(
            of: credential, question: question, home: home?.state,
            destination: knowledge.log(of: knowledge.anchor.country)?.state)
        let issuer = IssuerFinding(credential, file, home)
        self.credential = credential
        self.subjects = subjects
        self.issuer = issuer
        requested = RequestedClaim.all(asked, in: file.credential)
        checks = [
            FormCheck.check(requested),
            LogsCheck(knowledge, question, frame.country, subjects, now).check,
            issuer.check,
            CredentialCheck(file, frame, issuer, now).check,
            HolderCheck(file, frame, challenge, now, shownKey: shownKey).check,
            StatusCheck(frame, issuer, knowledge, now).check,
        ]
    }

    func check(_ step: VerificationStep) -> Check? { checks.first { $0.step == step } }

    mutating func replace(_ check: Check) {
        for place in checks.indices where checks[place].step == check.step {
            checks[place] = check
        }
    }

    /// Whether control of the holder's key is the one thing that was not shown: everything
    /// else about the credential stands.
    var isHolderMissing: Bool {
        checks.allSatisfy {
            $0.outcome == .passed || $0.outcome == .undetermined(.holderNotShown)
        } && !isAuthentic
    }

    var isAuthentic: Bool { checks.allSatisfy { $0.outcome == .passed } }

    /// The holder's key, if the presenter has shown control of it with this file.
    var shownKey: SignatureKey? {
        guard file.credential.keyBinding != nil, check(.holder)?.outcome == .passed else {
            return nil
        }
        return credential?.frame.holderKey?.signatureKey
    }
}
