import ArgumentParser
import Cryptography
import Registry
import Sync
import TransparencyLog

/// The fingerprint that an operator was given another way, and the card that it must fit.
struct FingerprintOptions: ParsableArguments {
    @Option(help: "The fingerprint that you were given another way.")
    var fingerprint: String

    func expected() throws -> Fingerprint {
        guard let expected = Fingerprint(parsing: fingerprint) else {
            throw CommandFailure(
                .usage,
                "expected a fingerprint of 24 letters and digits in groups of four, found "
                    + "another form; ask for it again")
        }
        return expected
    }

    /// Reads a card; whether it fits the fingerprint is for who takes it.
    static func card(_ bytes: [UInt8], from place: String) throws -> NodeCard {
        do { return try NodeCard(parsing: bytes) } catch {
            throw CommandFailure(
                .notWhatItClaims, "\(place) does not answer with a node's card: \(error)")
        }
    }
}
