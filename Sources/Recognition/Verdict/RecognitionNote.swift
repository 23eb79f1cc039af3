/// What a reader of a verdict should know beside its word: the closed list of
/// `Protocol/recognition.md § Notes`.
public enum RecognitionNote: Hashable, Sendable {
    public enum Favour: String, Hashable, Sendable {
        /// The general ground came after the decision: apply again.
        case newer
        /// It was in force when the decision was made: appeal.
        case wasInForce = "was-in-force"
    }

    /// The copy of that country's log is older than the limit.
    case stale(String)
    /// An award that could not be used, and why.
    case ignored(award: String, RecognitionReason)
    case appealPending
    /// A refusal that names no differences: it binds until annulled.
    case defectiveRefusal
    /// The evidence of a decision was declared void; the decision stands until its authority acts.
    case premiseVoid
    /// Whether that body's results, on which a decision rests, were declared void is not known
    /// here.
    case premiseUnwatched(body: String)
    /// A restriction that travels with a registration, as its authority wrote it.
    case restriction(String)
    case moreFavourable(ground: String, Favour)
    /// The activity is free: the employer judges.
    case employerJudges
    /// Individual refusals, alerts and later decisions were not searched (R12).
    case notSearched
    /// An award whose validity has ended.
    case lapsed(String)
    /// The activity is regulated in a sector that was not asked about.
    case regulatedInSector(String)
    /// The activity is free; what a statement that fits says of the award is advice.
    case comparable(ground: String, RecognitionWord)

    /// The statement that it speaks of, beside the grounds of the verdict.
    public var ground: String? {
        switch self {
        case .moreFavourable(let ground, _), .comparable(let ground, _): ground
        default: nil
        }
    }

    /// As it stands in documents for machines.
    public var code: String {
        switch self {
        case .stale(let country): "stale:\(country)"
        case .ignored(let award, let reason): "ignored:\(award):\(reason.code)"
        case .appealPending: "appeal-pending"
        case .defectiveRefusal: "defective-refusal:no-reasons"
        case .premiseVoid: "premise-void:review"
        case .premiseUnwatched(let body): "premise-unwatched:\(body)"
        case .restriction(let text): "restriction:\(text)"
        case .moreFavourable(let ground, let favour):
            "more-favourable:\(ground):\(favour.rawValue)"
        case .employerJudges: "employer-judges"
        case .notSearched: "not-searched"
        case .lapsed(let award): "lapsed:\(award)"
        case .regulatedInSector(let sector): "regulated-in-sector:\(sector)"
        case .comparable(let ground, let word): "comparable:\(ground):\(word.rawValue)"
        }
    }
}
