import Foundation
import TestSupport

/// Which of many faults a run of the tests tries: all of them where `CONCORD_FAULTS=all` asks
/// for it; otherwise as many as fit into a short run, chosen by `CONCORD_SEED` or by the day.
struct FaultSample<Fault> {
    let seed: UInt64
    let chosen: [Fault]

    init(of all: [Fault], count: Int) {
        let environment = ProcessInfo.processInfo.environment
        let day = UInt64(Date().timeIntervalSince1970 / 86_400)
        seed = environment["CONCORD_SEED"].flatMap { UInt64($0) } ?? day
        guard environment["CONCORD_FAULTS"] != "all" else {
            chosen = all
            return
        }
        var generator = SeededGenerator(seed: seed)
        chosen = Array(all.shuffled(using: &generator).prefix(count))
    }
}
