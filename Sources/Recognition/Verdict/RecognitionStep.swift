/// What the holder can do next, and whom to ask.
///
/// `Protocol/recognition.md § Next steps`. Authorities are named by id.
public enum RecognitionStep: Hashable, Sendable {
    /// Nothing known decides: ask the authority.
    case ask(authority: String)
    /// Apply to have it assessed.
    case applyForAssessment(authority: String?)
    /// A newer ground is better than the decision: apply again.
    case applyAgain(authority: String?)
    /// A better ground was in force, or the refusal is defective: appeal to the body within the
    /// days that the decision states.
    case appeal(body: String?, days: Int64?)
    /// The evidence for an open condition of a decision is there: ask its authority for the
    /// follow-up decision.
    case followUpApplication(authority: String)
    /// Meet an open condition, by its id.
    case meet(condition: String)
    case renew(award: String)
    /// Show facts that nobody has shown: nationality, study-start ...
    case show(facts: [String])
    /// Registration or good standing of the home authority must be shown, no older than 24 h.
    case showGoodStanding
    /// A name differs: show the link between the names.
    case linkNames
    /// The copies are too old.
    case sync(country: String)
    /// What is not understood here a newer version may understand.
    case update
    /// Contradicting statements: their authors must be asked.
    case askBoth(authorities: [String])

    /// As it stands in documents for machines.
    public var code: String {
        switch self {
        case .ask(let authority): "ask:\(authority)"
        case .applyForAssessment(let authority): "apply-for-assessment:\(authority ?? "")"
        case .applyAgain(let authority): "apply-again:\(authority ?? "")"
        case .appeal(let body, let days):
            "appeal:\(body ?? ""):\(days.map(String.init) ?? "")"
        case .followUpApplication(let authority): "follow-up-application:\(authority)"
        case .meet(let condition): "meet:\(condition)"
        case .renew(let award): "renew:\(award)"
        case .show(let facts): "show:\(facts.joined(separator: ","))"
        case .showGoodStanding: "show-good-standing"
        case .linkNames: "link-names"
        case .sync(let country): "sync:\(country)"
        case .update: "update"
        case .askBoth(let authorities): "ask-both:\(authorities.joined(separator: ","))"
        }
    }
}
