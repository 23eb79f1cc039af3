/// The thirteen words of a verdict on worth.
///
/// `Protocol/recognition.md § Words`.
public enum RecognitionWord: String, CaseIterable, Hashable, Sendable {
    case granted, provisional, conditional, partial, alternative, assessable, advisory
    case free, refused, barred, undetermined, conflict, invalid

    public var meaning: String {
        switch self {
        case .granted: "a right, now, without open conditions"
        case .provisional: "a right now, with conditions to be met by a deadline"
        case .conditional: "a right as soon as the open conditions are met"
        case .partial: "a right for a named part; the rest is listed as missing"
        case .alternative: "recognised as something else than asked"
        case .assessable: "no outcome yet, but a right to have it assessed"
        case .advisory: "information on comparability; no right"
        case .free: "nobody has to recognise anything: the activity is not regulated there"
        case .refused: "a competent authority says no for this purpose; the reasons are listed"
        case .barred: "the person may not practise, whatever the qualification is worth"
        case .undetermined: "nothing known here decides it; this is not a refusal"
        case .conflict: "authoritative statements contradict each other; no side is taken"
        case .invalid: "the credential cannot be relied on"
        }
    }

    /// How favourable it is for the holder, where grounds compete (P4).
    var favour: Int {
        switch self {
        case .granted: 7
        case .provisional: 6
        case .conditional: 5
        case .partial: 4
        case .alternative: 3
        case .assessable: 2
        case .advisory: 1
        default: 0
        }
    }

    /// Whether it gives a right, now, later or in part.
    var isRight: Bool { favour >= RecognitionWord.alternative.favour }
}
