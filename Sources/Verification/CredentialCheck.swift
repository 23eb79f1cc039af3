import Credentials
import Cryptography
import Encoding
import Language
import Registry
import TransparencyLog

/// Check 4: the issuer's signature, the disclosures, the technical validity, the batch path.
struct CredentialCheck {
    let check: Check

    init(
        _ file: CredentialFile, _ credential: CredentialFrame, _ issuer: IssuerFinding,
        _ signature: inout CredentialSignature, _ now: Timestamp
    ) {
        let (outcome, detail) = CredentialCheck.outcome(
            file, credential, issuer, &signature, now)
        check = Check(.credential, outcome, detail)
    }

    private static func outcome(
        _ file: CredentialFile, _ credential: CredentialFrame, _ issuer: IssuerFinding,
        _ signature: inout CredentialSignature, _ now: Timestamp
    ) -> (Check.Outcome, Message) {
        // Keys come from the accreditor's acts alone, never from the credential.
        guard !issuer.keys.isEmpty else {
            return (
                .undetermined(.awardingBodyUnknown),
                Message(.checkCredentialNoKey)
            )
        }
        var signing: [KeyGrant] = []
        for key in issuer.keys {
            do throws(CredentialError) {
                try key.verify(&signature, in: issuer.batch)
                signing.append(key.grant)
            } catch {
                if case .unsupportedAlgorithm = error {
                    return (.failed(.unsupportedAlgorithm), .diagnosis(error))
                }
            }
        }
        guard !signing.isEmpty else {
            return (
                .failed(.signature),
                Message(.checkCredentialSignature, ["body": .text(credential.issuer)])
            )
        }
        let index = issuer.batch?.logged.index ?? .max
        let isCompromised = signing.allSatisfy { grant in
            grant.voidFrom.map { index >= $0 } ?? false
        }
        guard !isCompromised else {
            return (
                .failed(.keyCompromised),
                Message(.checkCredentialCompromised)
            )
        }
        let path = batchPath(file, issuer)
        if path.0.severity == 2 { return path }
        do throws(CredentialError) { try credential.checkValidity(at: now) } catch {
            let reason: ReasonCode =
                if case .notYetValid = error { .notYetValid } else { .technicallyExpired }
            return (.undetermined(reason), .diagnosis(error))
        }
        return path
    }

    private static func batchPath(
        _ file: CredentialFile, _ issuer: IssuerFinding
    ) -> (Check.Outcome, Message) {
        guard let path = file.batch, let batch = issuer.batch else {
            return (
                .undetermined(file.batch == nil ? .notInBatch : .batchNotHeld),
                Message(.checkCredentialNoBatch)
            )
        }
        let entry = Message.Argument.number(batch.logged.index)
        let proof = InclusionProof(
            index: path.leafIndex, size: batch.act.count, hashes: path.hashes)
        let leaf = MerkleTree.leafHash(file.credential.issuerSignedBytes)
        guard (try? proof.verify(leaf: leaf, root: batch.act.root)) != nil else {
            return (
                .failed(.batchPath),
                Message(.checkCredentialPath, ["entry": entry])
            )
        }
        return (.passed, Message(.checkCredentialPassed, ["entry": entry]))
    }
}
