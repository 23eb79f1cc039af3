public import Encoding
public import Recognition
public import Registry

/// What somebody asks about a credential: for which country and purpose, on which day.
public struct VerificationQuestion: Hashable, Sendable {
    /// ISO 3166-1 or -2; nil asks for authenticity alone.
    public let destination: String?
    public let purpose: Purpose?
    public let target: Target
    /// What the holder states and the verifier has seen, such as a nationality; nothing here
    /// proves it, and what is not stated is never guessed (X7).
    public let facts: JSONObject
    /// The day for which the worth is asked, by what is known now; nil: today.
    public let day: CalendarDate?

    public init(
        destination: String?, purpose: Purpose?, target: Target = Target([:]),
        facts: JSONObject = JSONObject(), day: CalendarDate? = nil
    ) {
        self.destination = destination
        self.purpose = purpose
        self.target = target
        self.facts = facts
        self.day = day
    }
}

/// What became of the challenge that a presentation answers.
///
/// The caller keeps challenges until they expire and spends one durably before it asks for the
/// verdict.
public enum ChallengeAnswer: Hashable, Sendable {
    /// The presentation answers no challenge.
    case none
    /// It answers this verifier's own, unspent until now.
    case own(audience: String, nonce: String, issued: Timestamp, expires: Timestamp)
    /// It answers one that this verifier never made.
    case foreign
    /// It answers one that was answered before.
    case spent
}
