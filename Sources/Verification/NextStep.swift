import Language

/// What a person can do about a check that did not pass.
enum NextStep {
    /// The command line's own words, the same in every language.
    static let sync = Message.Argument.text("concord sync")

    /// - Parameter absent: the countries whose logs are not at hand.
    static func message(for check: Check, absent: [String] = []) -> Message {
        switch check.outcome.reason {
        case .noRegistryData where !absent.isEmpty:
            Message(
                .nextFetchCopies,
                [
                    "countries": .list(absent.map(Message.Argument.text), .and), "command": sync,
                ])
        case .stale, .statusMissing, .batchNotHeld, .noRegistryData:
            Message(.nextSync, ["command": sync])
        case .clock: Message(.nextClock)
        case .holderNotShown:
            Message(
                .nextRequest,
                ["request": .text("concord request"), "present": .text("concord present")])
        case .identity: Message(.nextAskLink)
        case .holderClaimsMissing: Message(.nextShowName)
        case .askedClaimsMissing: Message(.nextShowAsked)
        case .notLogged, .awardingBodyUnknown, .qualificationUnknown, .notInBatch, .loggedLate:
            Message(.nextHomeAuthority)
        case .suspended: Message(.nextSuspension)
        case .replaced: Message(.nextNewer)
        case .extractMissing, .extractMismatch, .extractSignature, .extractIncomplete,
            .statusNotCurrent:
            Message(.nextNewDossier)
        case .splitView: Message(.nextSplitView)
        case .unknownEntry: Message(.nextUpdate)
        default: Message(.nextUnreliable)
        }
    }
}
