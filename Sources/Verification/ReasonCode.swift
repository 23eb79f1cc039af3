/// Why a check did not pass: the closed list of `Protocol/verification.md § Reason codes`.
public enum ReasonCode: String, CaseIterable, Hashable, Sendable {
    // form
    case malformed
    // anchor and logs
    case clock
    case noRegistryData = "no-registry-data"
    case stale
    case splitView = "split-view"
    case unknownEntry = "unknown-entry"
    case extractMissing = "extract-missing"
    case extractMismatch = "extract-mismatch"
    case extractSignature = "extract-signature"
    case extractIncomplete = "extract-incomplete"
    case notLogged = "not-logged"
    // issuer
    case awardingBodyUnknown = "awarding-body-unknown"
    case qualificationUnknown = "qualification-unknown"
    case notAccredited = "awarded-outside-mandate"
    case accreditationWithdrawn = "accreditation-withdrawn"
    case batchWithoutEffect = "batch-without-effect"
    case notInBatch = "not-in-batch"
    case batchOfAnother = "batch-of-another-body"
    case batchNotHeld = "batch-not-held"
    case awardDateOutsideBatch = "award-date-outside-batch"
    case awardedAfterLogging = "awarded-after-logging"
    case loggedLate = "logged-late"
    case keyCompromised = "key-compromised"
    case voided
    // credential
    case signature
    case disclosures
    case unsupportedAlgorithm = "unsupported-algorithm"
    case batchPath = "batch-path"
    case notYetValid = "not-yet-valid"
    case technicallyExpired = "technically-expired"
    // holder
    case holderNotShown = "holder-not-shown"
    case holderClaimsMissing = "holder-claims-missing"
    case askedClaimsMissing = "asked-claims-missing"
    case identity
    case keyBinding = "key-binding"
    // status
    case revoked
    case replaced
    case suspended
    case statusUnknown = "status-unknown"
    case statusMissing = "status-missing"
    case statusSignature = "status-signature"
    case statusNotCurrent = "status-not-current"
    // worth
    case notDecided = "not-decided"
}
