public import Encoding

/// When a checkpoint without news is cosigned again, so that it stays fresh.
///
/// `Protocol/witness.md § Collecting`.
public struct CosignatureRenewal: Sendable {
    /// The seconds between two cosignatures of one witness under one checkpoint: so that a copy
    /// fetched once a day is younger than a day.
    public static let standardSeconds: Int64 = 6 * 3_600

    private let seconds: Int64
    private let now: @Sendable () -> Timestamp

    public init(every seconds: Int64, clock: @escaping @Sendable () -> Timestamp) {
        self.seconds = seconds
        now = clock
    }

    /// At every asking: for who is told to ask.
    public static let always = CosignatureRenewal(every: 0) { Timestamp(seconds: 0) }

    /// Whether a witness is asked again that cosigned at that time; a time after now is no
    /// reason to wait for it.
    func isDue(_ time: Timestamp?) -> Bool {
        guard seconds > 0, let time else { return true }
        let age = now().seconds(since: time)
        return age >= seconds || age < -seconds
    }
}
