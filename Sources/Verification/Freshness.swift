import Encoding
public import Recognition

/// How old knowledge may be: the anchor's limits, in seconds.
///
/// `Protocol/verification.md § Freshness`. Age counts from quorum time.
public struct Freshness: Hashable, Sendable {
    public static let day: Int64 = 86_400

    /// For copies that a network keeps fresh.
    public var copies: Int64
    /// For a dossier or a pack.
    public var carried: Int64

    public init(copies: Int64 = day, carried: Int64 = 7 * day) {
        self.copies = copies
        self.carried = carried
    }

    /// The limit for a purpose; no purpose that can hurt somebody is answered from data older
    /// than a day.
    public func limit(for purpose: Purpose?, isCarried: Bool) -> Int64 {
        let limit = isCarried ? carried : copies
        return purpose?.isSafety == true ? min(limit, Freshness.day) : limit
    }

    /// How far a clock may lie behind the newest quorum time.
    static let clockTolerance: Int64 = 600

    /// No clock is right that shows an earlier day than this version's.
    static let release = CalendarDate(year: 2026, month: 11, day: 20)
}
