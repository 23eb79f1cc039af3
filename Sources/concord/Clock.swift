import Encoding
import Foundation

/// The machine's clock: the one place where commands read it.
enum Clock {
    static var now: Timestamp {
        Timestamp(seconds: Int64(Date().timeIntervalSince1970.rounded(.down)))
    }
}
