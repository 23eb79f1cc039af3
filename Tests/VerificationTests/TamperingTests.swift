import Credentials
import Encoding
import TestSupport
import Testing
import Verification

@Suite struct TamperingTests {
    /// One letter changed anywhere in a credential file: it is refused, or it says the same.
    @Test func oneChangedLetterNeverSaysSomethingElse() throws {
        let (network, file) = try SampleNetwork.standard()
        let honest = try network.verify(file)
        let knowledge = try network.copies()
        let bytes = file.serialized
        var generator = SeededGenerator(seed: 11)
        var refused = 0
        for position in stride(from: 0, to: bytes.count, by: 3) {
            var changed = bytes
            let letter = UInt8.random(in: 0x21...0x7E, using: &generator)
            changed[position] = letter == bytes[position] ? letter ^ 1 : letter
            guard let read = try? CredentialFile(parsing: changed) else {
                refused += 1
                continue
            }
            let verdict = Verifier(
                knowledge: knowledge, question: SampleNetwork.authenticity, at: SampleNetwork.now
            ).verify(read, challenge: .none)
            if verdict.exitCode == 0 || verdict.exitCode == 3 {
                #expect(verdict.subject == honest.subject, "byte \(position)")
                #expect(read.credential.issuerSignedBytes == file.credential.issuerSignedBytes)
            } else {
                refused += 1
            }
        }
        #expect(refused > bytes.count / 4)
    }

    /// One letter changed anywhere in a dossier: refused, undetermined, or the same answer.
    @Test func oneChangedLetterOfADossierNeverSaysSomethingElse() throws {
        let (network, file) = try SampleNetwork.standard()
        let honest = try network.verify(file)
        let bytes = try network.dossier(file).serialized
        let anchor = try network.anchor()
        var generator = SeededGenerator(seed: 12)
        for _ in 0..<400 {
            let position = Int.random(in: bytes.indices, using: &generator)
            var changed = bytes
            changed[position] =
                bytes[position] ^ UInt8(1 << Int.random(in: 0..<7, using: &generator))
            guard let read = try? Dossier(parsing: changed),
                let knowledge = try? read.knowledge(anchor: anchor, at: SampleNetwork.now)
            else { continue }
            let verdict = Verifier(
                knowledge: knowledge, question: SampleNetwork.authenticity, at: SampleNetwork.now
            ).verify(read.presentation, challenge: .none)
            if verdict.exitCode == 0 || verdict.exitCode == 3 {
                #expect(verdict.subject == honest.subject, "byte \(position)")
            }
        }
    }
}
