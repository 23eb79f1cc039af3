import Credentials

/// Check 1: the credential is what it claims to be.
enum FormCheck {
    static func failure(_ error: CredentialError) -> Check {
        if case .missingClaim(let claim) = error,
            StatementCredential.Kind.link.mandatoryDisclosures.contains(claim)
        {
            return Check(
                .form, .undetermined(.holderClaimsMissing),
                "name and year of birth must be shown, of a link the former name too; ask the holder "
                    + "to show them")
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
        return Check(.form, .failed(reason), error.description)
    }
}
