public import Encoding
import Registry
import TransparencyLog
public import Verification

extension Office {
    /// The anchor that this node's country hands out: its log, its root, its witnesses.
    public func anchor(at now: Timestamp) throws -> Anchor {
        let state = try state(about: [], at: now)
        let unwitnessed = try WitnessPolicy.requiring(0, of: [])
        return Anchor(
            country: card.country,
            pin: LogPin(
                origin: card.pin.origin,
                root: state.rootKey(at: .max - 1)?.key ?? card.pin.root,
                nextRoot: state.committedNextRoot),
            firstLogKey: state.logKey(forSize: .max - 1) ?? card.log,
            policy: state.ownPolicy ?? unwitnessed,
            isSample: card.isSample)
    }
}
