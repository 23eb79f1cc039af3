import Encoding
import Synchronization
import Verification

/// A node's own anchor as it was last derived from its log.
///
/// What is in an own log stays: as long as the log has no further entry, its fold says the same.
/// It is derived anew every day, because a fold knows when acts were logged.
final class AnchorShelf: Sendable {
    private struct Kept {
        let size: UInt64
        let day: CalendarDate
        let anchor: Anchor
    }

    private let kept = Mutex<Kept?>(nil)

    /// - Parameters:
    ///   - size: of the log, read before the anchor is derived: a log that grows meanwhile makes
    ///     the next question derive it again.
    ///   - derived: folds the log.
    func anchor(
        at size: UInt64, on day: CalendarDate, orElse derived: () throws -> Anchor
    ) rethrows -> Anchor {
        if let kept = kept.withLock({ $0 }), kept.size == size, kept.day == day {
            return kept.anchor
        }
        let anchor = try derived()
        kept.withLock { $0 = Kept(size: size, day: day, anchor: anchor) }
        return anchor
    }
}
