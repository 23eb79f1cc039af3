import Credentials
import Encoding
import Registrar
import TransparencyLog
import Verification

extension VerificationDesk {
    /// The verdict of a receipt once more: at its time, from the logs at its sizes.
    ///
    /// That the presenter controlled the holder's key is taken from the receipt, as far as the
    /// answer was made for the key that signed it; the answer's signature is checked anew.
    /// - Returns: nil if the copies here do not reach as far.
    func verdict(
        again files: [CredentialFile], _ input: VerificationInput, _ receipt: Receipt,
        signedBy key: NoteKey, question: VerificationQuestion
    ) throws -> Verdict? {
        let knowledge: Knowledge
        switch input {
        case .dossier(let dossier):
            knowledge = try dossier.knowledge(anchor: anchor, at: receipt.asked)
        case .presentations:
            guard let database,
                let then = try KnowledgeReader(database: database, anchor: anchor)
                    .knowledge(for: files, question: question, asOf: receipt)
            else { return nil }
            knowledge = then
        }
        return Verifier(knowledge: knowledge, question: question, at: receipt.asked).verify(
            files[0], supporting: Array(files.dropFirst()),
            challenge: answer(files, receipt, key))
    }

    private func answer(
        _ files: [CredentialFile], _ receipt: Receipt, _ key: NoteKey
    ) -> ChallengeAnswer {
        guard let binding = files.lazy.compactMap(\.credential.keyBinding).first else {
            return .none
        }
        guard receipt.sawHolder, binding.audience == SignedRequest.audience(of: key) else {
            return .foreign
        }
        return .own(
            audience: binding.audience, nonce: binding.nonce,
            issued: receipt.asked + -RequestCommand.longestLife, expires: receipt.asked)
    }
}
