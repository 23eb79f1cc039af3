import ArgumentParser
import Credentials
import Cryptography
import Encoding
import TransparencyLog
import Verification

/// Whether and how a receipt is written beside a verdict.
struct ReceiptOptions: ParsableArguments {
    @Option(
        help: """
            Where to write a receipt: the verdict without a word about the person, signed. Its \
            salt goes to FILE.salt and stays with you.
            """)
    var receipt: String?

    @Option(name: .customLong("receipt-key"), help: "Your verifier key, which signs the receipt.")
    var key: String?

    @OptionGroup var passphrase: PassphraseOptions

    /// Opens the key before anything is judged: a challenge must not be spent in vain.
    func signing() throws -> ReceiptSigning? {
        guard let receipt, let key else { return nil }
        let (secret, file) = try passphrase.open(key)
        return ReceiptSigning(
            path: receipt,
            signer: try NoteSigner(name: file.name, key: secret, algorithm: .ed25519))
    }
}

/// Writes receipts and their salts.
struct ReceiptSigning {
    let path: String
    let signer: NoteSigner

    /// One receipt a verdict: FILE, and FILE-2 ... where several were presented in one file.
    func write(_ judged: [JudgedFile], beside: [CredentialFile]) throws {
        for file in judged {
            guard case .success(let verdicts) = file.outcome, let input = file.input else {
                continue
            }
            for (index, (place, verdict)) in zip(input.judged, verdicts).enumerated() {
                var others = input.files
                let main = others.remove(at: place)
                try write(
                    verdict, on: [main] + others + beside,
                    to: index == 0 ? path : "\(path)-\(index + 1)")
            }
        }
    }

    private func write(_ verdict: Verdict, on files: [CredentialFile], to path: String) throws {
        var generator = SystemRandomNumberGenerator()
        let salt = ReceiptSalt(using: &generator)
        let receipt = try SignedReceipt(Receipt(verdict, on: files, salt: salt), by: signer)
        // Order: a receipt without its salt could never be recomputed.
        try OutputFile.write(salt.serialized, to: "\(path).salt", mode: 0o600, replacing: false)
        try OutputFile.write(receipt.serialized, to: path, replacing: false)
    }
}
