/// The thirteen words of a verdict on worth.
///
/// `Protocol/recognition.md § Words`.
public enum RecognitionWord: String, CaseIterable, Hashable, Sendable {
    case granted, provisional, conditional, partial, alternative, assessable, advisory
    case free, refused, barred, undetermined, conflict, invalid

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
