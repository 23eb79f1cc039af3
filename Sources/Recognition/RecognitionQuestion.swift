public import Encoding
public import Registry

/// For what, where and when the worth of an award is asked.
public struct RecognitionQuestion: Hashable, Sendable {
    /// ISO 3166-1 or -2.
    public let destination: String
    public let purpose: Purpose
    public let target: Target
    public let day: CalendarDate

    public init(
        destination: String, purpose: Purpose, target: Target, day: CalendarDate
    ) {
        self.destination = destination
        self.purpose = purpose
        self.target = target
        self.day = day
    }

    /// Whether a statement for that place binds the destination: the same, or its country.
    func isBound(by jurisdiction: String) -> Bool {
        jurisdiction == destination || destination.utf8.starts(with: "\(jurisdiction)-".utf8)
    }
}
