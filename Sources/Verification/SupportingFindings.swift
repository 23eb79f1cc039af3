import Credentials
import Cryptography
import Encoding
import Language
import Registry

/// The documents beside the main one, each with its checks, and what of them may be used.
///
/// `Protocol/verification.md § Supporting documents`.
struct SupportingFindings {
    let documents: [SupportingDocument]
    /// What may be used, each once.
    let statements: [VerifiedStatement]
    let awards: [VerifiedAward]
    /// The first document in use, counted from 1, of whose holder's key no control was shown.
    let unshown: Int?

    init(_ findings: [CredentialFinding], beside main: CredentialFinding) {
        func isUsable(_ finding: CredentialFinding) -> Bool {
            finding.isAuthentic || finding.isHolderMissing
        }
        let links = ([main] + findings).filter(isUsable).compactMap {
            finding -> StatementCredential? in
            guard case .statement(let statement)? = finding.credential, statement.kind == .link
            else { return nil }
            return statement
        }
        let person = PersonMatch(main.credential?.frame, links: links)
        var documents: [SupportingDocument] = []
        var statements: [VerifiedStatement] = []
        var awards: [VerifiedAward] = []
        var unshown: Int?
        var seen: Set<[UInt8]> = [main.file.credential.issuerSignedBytes]
        for (index, finding) in findings.enumerated() {
            var finding = finding
            if let credential = finding.credential, !person.matches(credential) {
                finding.markAsAnotherPerson()
            }
            let isUsed = isUsable(finding)
            documents.append(SupportingDocument(finding, isUsed: isUsed))
            guard isUsed else { continue }
            if finding.isHolderMissing { unshown = unshown ?? index + 1 }
            // One document handed over twice says nothing more than once.
            guard seen.insert(finding.file.credential.issuerSignedBytes).inserted else { continue }
            switch finding.credential {
            case .statement(let statement)?:
                if let verified = finding.verified(statement) { statements.append(verified) }
            case .award(let award)?:
                awards.append(
                    VerifiedAward(
                        award, reference: finding.file.credential.reference,
                        finding.issuer?.qualification, checks: finding.checks))
            case nil: continue
            }
        }
        if case .statement(let statement)? = main.credential, isUsable(main),
            let verified = main.verified(statement)
        {
            statements.insert(verified, at: 0)
        }
        self.documents = documents
        self.statements = statements
        self.awards = awards
        self.unshown = unshown
    }
}

extension CredentialFinding {
    /// - Precondition: it may be used; what may be has a batch.
    fileprivate func verified(_ statement: StatementCredential) -> VerifiedStatement? {
        issuer?.batch.map {
            VerifiedStatement(statement, entry: $0.logged.index, checks: checks)
        }
    }

    /// A failed check 5 stays: a forged answer is worse than another name.
    fileprivate mutating func markAsAnotherPerson() {
        guard check(.holder)?.outcome.severity != 2 else { return }
        replace(
            Check(
                .holder, .undetermined(.identity),
                Message(.checkHolderAnother)))
    }
}

extension IssuedCredential {
    /// The kind in a word, as the last part but one of the `vct`.
    var kindName: String {
        switch self {
        case .award: "award"
        case .statement(let statement): statement.kind.rawValue
        }
    }
}
