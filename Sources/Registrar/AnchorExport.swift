public import Encoding
import Registry
import Storage
import TransparencyLog
public import Verification

extension Office {
    /// The anchor that this node's country hands out: its log, its root, its witnesses.
    public func anchor(at now: Timestamp) throws -> Anchor {
        let size = try database.reading { try $0.log(card.pin.origin)?.size ?? 0 }
        return try anchors.anchor(at: size, on: now.day) { try derivedAnchor(at: now) }
    }

    private func derivedAnchor(at now: Timestamp) throws -> Anchor {
        let state = try state(about: [], at: now)
        let unwitnessed = try WitnessPolicy.requiring(0, of: [])
        return Anchor(
            country: card.country,
            // The first root: those that took over follow from the log, and old acts stay theirs.
            pin: card.pin,
            firstLogKey: state.logKey(forSize: .max - 1) ?? card.log,
            policy: state.ownPolicy ?? unwitnessed,
            isSample: card.isSample)
    }
}
