import Credentials
import Cryptography
import Encoding
import Registry
import TransparencyLog

/// Check 4: the issuer's signature, the disclosures, the technical validity, the batch path.
struct CredentialCheck {
    let check: Check

    init(
        _ file: CredentialFile, _ credential: CredentialFrame, _ issuer: IssuerFinding,
        _ now: Timestamp
    ) {
        let (outcome, detail) = CredentialCheck.outcome(file, credential, issuer, now)
        check = Check(.credential, outcome, detail)
    }

    private static func outcome(
        _ file: CredentialFile, _ credential: CredentialFrame, _ issuer: IssuerFinding,
        _ now: Timestamp
    ) -> (Check.Outcome, String) {
        // Keys come from the accreditor's acts alone, never from the credential.
        guard !issuer.keys.isEmpty else {
            return (
                .undetermined(.awardingBodyUnknown),
                "no key of the body is known here, so its signature cannot be checked"
            )
        }
        var signing: [KeyGrant] = []
        for grant in issuer.keys {
            do throws(CredentialError) {
                try file.credential.verify(with: grant.key.key)
                signing.append(grant)
            } catch {
                if case .unsupportedAlgorithm = error {
                    return (.failed(.unsupportedAlgorithm), error.description)
                }
            }
        }
        guard !signing.isEmpty else {
            return (
                .failed(.signature),
                "no key that was granted to \(credential.issuer) for this credential signed it: it "
                    + "was changed, or somebody else made it"
            )
        }
        let index = issuer.batch?.logged.index ?? .max
        let isCompromised = signing.allSatisfy { grant in
            grant.voidFrom.map { index >= $0 } ?? false
        }
        guard !isCompromised else {
            return (
                .failed(.keyCompromised),
                "the key that signed it was compromised, and the log did not hold it before that"
            )
        }
        let path = batchPath(file, issuer)
        if path.0.severity == 2 { return path }
        do throws(CredentialError) { try credential.checkValidity(at: now) } catch {
            let reason: ReasonCode =
                if case .notYetValid = error { .notYetValid } else { .technicallyExpired }
            return (.undetermined(reason), error.description)
        }
        return path
    }

    private static func batchPath(
        _ file: CredentialFile, _ issuer: IssuerFinding
    ) -> (Check.Outcome, String) {
        guard let path = file.batch, let batch = issuer.batch else {
            return (
                .undetermined(file.batch == nil ? .notInBatch : .batchNotHeld),
                "signed by the body; its place in the log is not shown"
            )
        }
        let proof = InclusionProof(
            index: path.leafIndex, size: batch.act.count, hashes: path.hashes)
        let leaf = MerkleTree.leafHash(file.credential.issuerSignedBytes)
        guard (try? proof.verify(leaf: leaf, root: batch.act.root)) != nil else {
            return (
                .failed(.batchPath),
                "its path does not lead to the batch at entry \(batch.logged.index): it is not "
                    + "one of the certificates that were logged"
            )
        }
        return (
            .passed,
            "unchanged since the body signed it; in the batch at entry \(batch.logged.index)"
        )
    }
}
