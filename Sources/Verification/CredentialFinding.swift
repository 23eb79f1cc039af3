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
    /// What is shared with other awards of the same facts; nil for a statement.
    let folded: FoldedAward?
    /// What was asked for, and what of it is shown.
    let requested: [RequestedClaim]
    private(set) var checks: [Check]

    /// - Parameters:
    ///   - shownKey: a key of which the presenter has shown control with another file.
    ///   - asked: the claims that the verifier asked for.
    init(
        _ file: CredentialFile, _ registry: FoldedRegistry, _ challenge: ChallengeAnswer,
        shownKey: SignatureKey? = nil, asked: [ClaimPath] = []
    ) {
        self.file = file
        let credential: IssuedCredential
        do throws(CredentialError) {
            credential = try IssuedCredential(parsing: file.credential)
        } catch {
            self.credential = nil
            issuer = nil
            subjects = nil
            folded = nil
            requested = asked.map { RequestedClaim(path: $0, value: nil) }
            checks = FormCheck.failures(error)
            return
        }
        let frame = credential.frame
        let now = registry.now
        var signature = CredentialSignature(
            file.credential, issuedAt: credential.frame.issuedAt)
        let subjects: VerificationSubjects
        let issuer: IssuerFinding
        switch credential {
        case .award(let award):
            let shared = registry.award(award, file.batch)
            subjects = shared.subjects
            issuer = shared.issuer(award, file.batch, &signature)
            folded = shared
        case .statement(let statement):
            subjects = registry.subjects(of: credential)
            issuer =
                registry.knowledge.log(of: frame.country).map {
                    IssuerFinding(statement, file, $0, &signature)
                } ?? IssuerFinding(withoutLogOf: frame.country)
            folded = nil
        }
        func logs() -> Check {
            LogsCheck(
                registry.knowledge, for: registry.question.purpose, of: frame.country,
                about: subjects.all, at: now
            ).check
        }
        self.credential = credential
        self.subjects = subjects
        self.issuer = issuer
        requested = RequestedClaim.all(asked, in: file.credential)
        checks = [
            FormCheck.check(requested),
            folded?.logs(logs) ?? logs(),
            issuer.check,
            CredentialCheck(file, frame, issuer, &signature, now).check,
            HolderCheck(file, frame, challenge, now, shownKey: shownKey).check,
            StatusCheck(frame, issuer, registry).check,
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
