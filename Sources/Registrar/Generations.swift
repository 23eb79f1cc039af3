import Registry
import Storage
import TransparencyLog

extension LogSnapshot {
    /// The pin of the newest generation that was adopted here and that counts: one that no
    /// quorum has seen yet leaves the one before in its place.
    func newestGeneration(of pin: LogPin, under policy: WitnessPolicy) throws -> LogPin {
        var newest = pin
        for pin in try generations(after: pin) {
            let head =
                policy.isUnwitnessed ? try head(pin.origin) : try witnessedHead(pin.origin)
            if head != nil { newest = pin }
        }
        return newest
    }

    /// The generations that follow a log, as they were adopted here, in their order.
    func generations(after pin: LogPin) throws -> [LogPin] {
        var pins: [LogPin] = []
        var last = pin
        while let next = try successor(of: last.origin) {
            last = last.succeeded(by: next.origin, at: next.size)
            pins.append(last)
        }
        return pins
    }
}

extension LogPin {
    /// Of the places that are asked about, by the log that names them, those in this log.
    func indexes(among places: [String: Set<UInt64>]) -> Set<UInt64> {
        let names = [origin] + predecessors.map(\.origin)
        return names.reduce(into: []) { found, name in
            found.formUnion((places[name] ?? []).filter { origin(at: $0) == name })
        }
    }

    /// The earlier generations as logs of their own.
    var earlier: [LogPin] {
        predecessors.indices.map { place in
            LogPin(
                origin: predecessors[place].origin, root: root, nextRoot: nextRoot,
                predecessors: Array(predecessors[..<place]))
        }
    }
}
