import ArgumentParser
import Cryptography

/// How new keys are written: under a passphrase, or not; as a sample, or not.
struct NewKeyOptions: ParsableArguments {
    @OptionGroup var passphrase: PassphraseOptions

    @Flag(
        help: "Write the key without a passphrase. For samples and machines that guard files.")
    var unsealed = false

    @Flag(help: "Mark the key as a sample: it is refused outside a sample network.")
    var sample = false

    /// The file for a new key, sealed unless told otherwise.
    func sealed(_ key: SigningKey, role: String, name: String) throws -> KeyFile {
        if unsealed {
            return KeyFile(unsealed: key, role: role, name: name, isSample: sample)
        }
        guard let secret = try passphrase.read("passphrase for the new \(role) key: "),
            !secret.isEmpty
        else {
            throw CommandFailure(
                .keyRefused,
                "expected a passphrase for the new \(role) key; give --passphrase-file FILE, or "
                    + "--unsealed to write it without one")
        }
        var generator = SystemRandomNumberGenerator()
        return try KeyFile(
            sealing: key, role: role, name: name, isSample: sample, passphrase: secret,
            using: &generator)
    }
}
