import Credentials
import Language

/// Check 1: the credential is what it claims to be.
enum FormCheck {
    /// Of a credential that reads: whether it shows what was asked for.
    static func check(_ requested: [RequestedClaim]) -> Check {
        let missing = requested.filter { $0.value == nil }
        guard !missing.isEmpty else {
            return Check(.form, .passed, Message(.checkFormPassed))
        }
        return Check(
            .form, .undetermined(.askedClaimsMissing),
            Message(
                .checkFormAsked, ["claims": .list(missing.map { .text($0.path.text) }, .and)]))
    }

    /// The checks of a credential that did not read as one of Concord's.
    static func failures(_ error: CredentialError) -> [Check] {
        guard case .foreignCredentialType = error else { return [failure(error)] }
        // Well-formed, and of a kind for which no log speaks: nothing more can be known here.
        return [
            Check(.form, .passed, Message(.checkFormForeign)),
            Check(.logs, .undetermined(.notLogged), Message(.checkLogsNotLogged)),
        ]
    }

    private static func failure(_ error: CredentialError) -> Check {
        if case .missingClaim(let claim) = error,
            StatementCredential.Kind.link.mandatoryDisclosures.contains(claim)
        {
            return Check(
                .form, .undetermined(.holderClaimsMissing),
                Message(.checkFormClaims))
        }
        let reason: ReasonCode =
            switch error {
            case .unsupportedAlgorithm: .unsupportedAlgorithm
            case .tooManyDisclosures, .malformedDisclosure, .reservedName,
                .unsupportedHashAlgorithm, .malformedDigests, .repeatedDigest,
                .repeatedDisclosure, .disclosureInWrongPlace, .nameCollision,
                .unreferencedDisclosures, .mustBePlain:
                .disclosures
            default: .malformed
            }
        return Check(.form, .failed(reason), .diagnosis(error))
    }
}

extension Message {
    /// What a library of ours says of bytes that it cannot use: for the one who made them, and in
    /// English.
    static func diagnosis(_ error: CredentialError) -> Message {
        Message(.checkDiagnosis, ["diagnosis": .text(error.description)])
    }
}
