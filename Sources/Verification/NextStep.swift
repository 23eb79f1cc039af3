/// What a person can do about a check that did not pass.
enum NextStep {
    static func text(for check: Check) -> String {
        switch check.outcome.reason {
        case .stale, .statusMissing, .batchNotHeld, .noRegistryData:
            "sync (concord sync), or ask for a pack, and verify again"
        case .clock: "set this machine's clock and verify again"
        case .holderNotShown:
            "make a request (concord request) and ask the holder to answer it (concord present)"
        case .identity: "ask for a link between the names by the authority that registers them"
        case .holderClaimsMissing: "ask the holder to show name and year of birth"
        case .awardingBodyUnknown, .qualificationUnknown, .notInBatch, .loggedLate:
            "ask the authority of the country of award; nothing here says that it is forged"
        case .suspended: "ask its issuer when the suspension ends"
        case .replaced: "ask the holder for the newer certificate"
        case .extractMissing, .extractMismatch, .extractSignature, .extractIncomplete,
            .statusNotCurrent:
            "ask the holder for a new dossier, or verify where the logs are at hand"
        case .splitView: "do not rely on this log; the operators of the network have been told"
        case .unknownEntry: "update Concord and verify again"
        default: "do not rely on this certificate; tell its issuer"
        }
    }
}
