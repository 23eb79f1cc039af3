import Credentials
import Cryptography
import Encoding
import Foundation
import Registry
import Verification

/// What fuzzed documents are judged with: a key that signed nothing, and the anchor of the corpus.
enum FuzzKeys {
    static let stranger: VerificationKey = {
        guard let key = try? SigningKey(seed: [UInt8](repeating: 0xF0, count: 32)) else {
            preconditionFailure("32 bytes are a seed")
        }
        return key.verificationKey
    }()

    private static let anchor: Anchor = {
        guard let bytes = try? Data(contentsOf: FuzzCorpus.anchor),
            let anchor = try? Anchor(parsing: Array(bytes))
        else { preconditionFailure("the corpus has an anchor at \(FuzzCorpus.anchor.path)") }
        return anchor
    }()

    /// The moment at which the dossiers of the corpus are fresh.
    private static let now = Timestamp(seconds: 1_795_435_200)

    /// The one certificate of the corpus that is honest: the first 32 digits of its hash.
    private static let honest: String? = {
        let path = FuzzCorpus.folder(of: .dossier).appending(path: "honest.json")
        return (try? Data(contentsOf: path)).flatMap { try? Dossier(parsing: Array($0)) }?
            .presentation.credential.reference
    }()

    /// Judges a dossier with nothing but the anchor: no other certificate than the honest one
    /// may come out authentic, whatever was done to the dossier.
    static func judge(_ dossier: Dossier) {
        guard let knowledge = try? dossier.knowledge(anchor: anchor, at: now) else { return }
        let verdict = Verifier(
            knowledge: knowledge,
            question: VerificationQuestion(destination: nil, purpose: nil), at: now
        ).verify(dossier.presentation, challenge: .none)
        precondition(
            verdict.exitCode != 0 || dossier.presentation.credential.reference == honest,
            "a forged dossier makes nothing authentic")
    }
}
