import Encoding
import Language
import Registry

/// What the events about an issuer say of one credential: void for good, or suspended until the
/// one who suspended it reinstates it.
struct VoidingEvents {
    let outcome: Check.Outcome?

    /// - Parameters:
    ///   - site: where it was made, if that is known.
    ///   - day: the day of the award or statement.
    init(_ state: LogState, issuer: String, site: String?, on day: CalendarDate) {
        var suspending: Set<String> = []
        var isVoid = false
        var isOpen = false
        for (event, logged) in state.statusEvents(about: issuer) {
            let author = logged.entry.envelope.author
            switch (event.kind, event.selects(body: issuer, site: site, awarded: day)) {
            case (.void, true?): isVoid = true
            case (.void, nil): isOpen = true
            case (.suspend, true?), (.suspend, nil): suspending.insert(author)
            case (.reinstate, true?): suspending.remove(author)
            default: break
            }
        }
        outcome =
            if isVoid { .failed(.voided) } else if isOpen {
                .undetermined(.voided)
            } else { suspending.isEmpty ? nil : .undetermined(.suspended) }
    }

    /// The outcome in words.
    func message(about issuer: String) -> Message {
        let key: MessageKey =
            switch outcome {
            case .failed: .checkIssuerVoid
            case .undetermined(.voided): .checkIssuerVoidSite
            default: .checkIssuerSuspended
            }
        return Message(key, ["body": .text(issuer)])
    }
}
