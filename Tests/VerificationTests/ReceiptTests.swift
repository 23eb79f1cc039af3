import Credentials
import Cryptography
import Encoding
import Recognition
import TestSupport
import Testing
import TransparencyLog
import Verification

@Suite struct ReceiptTests {
    private let network: SampleNetwork
    private let file: CredentialFile
    private let verdict: Verdict
    private let salt: ReceiptSalt
    private let receipt: SignedReceipt

    init() throws {
        (network, file) = try SampleNetwork.standard()
        let question = VerificationQuestion(
            destination: "DE", purpose: .visaSkill, target: SampleNetwork.visa.target,
            facts: ["nationality": "PH"], day: try .day("2026-12-01"))
        verdict = try network.verify(file, question)
        var generator = SeededGenerator(seed: 81)
        salt = ReceiptSalt(using: &generator)
        receipt = try SignedReceipt(
            Receipt(verdict, on: [file], salt: salt), by: SampleKeys.signer("employer"))
    }

    @Test func readsWhatItWrites() throws {
        #expect(try SignedReceipt(parsing: receipt.serialized) == receipt)
        #expect(try ReceiptSalt(parsing: salt.serialized) == salt)
        #expect(receipt.content.word == verdict.word.text)
        #expect(receipt.content.knowledge == verdict.knowledgeDigest)
    }

    /// Nothing in it says whom, by whom, what or which, and nothing can be compared by guessing.
    @Test func holdsNothingAboutThePerson() throws {
        let text = String(decoding: receipt.serialized, as: UTF8.self)
        for secret in [
            "Ana", "Reyes", "1994", "ph.centre", "smaw", "2026-11-02", "nationality",
            SampleNetwork.list, file.credential.presentationHash.hexadecimal,
            HashValue(of: file.credential.issuerSignedBytes).hexadecimal,
            "\(file.batch?.leafIndex ?? 0)\"",
        ] {
            #expect(!text.contains(secret), "\(secret)")
        }
        var generator = SeededGenerator(seed: 82)
        let again = Receipt(verdict, on: [file], salt: ReceiptSalt(using: &generator))
        #expect(again.presentations != receipt.content.presentations)
    }

    @Test func isAboutExactlyWhatWasPresented() throws {
        let content = receipt.content
        #expect(content.mismatches([file], salt: salt).isEmpty)
        var other = file
        other.credential = try file.credential.selecting(claimNames: ["name"])
        #expect(content.mismatches([other], salt: salt) == [1])
        other = file
        other.batch = nil
        #expect(content.mismatches([other], salt: salt) == [1])
        #expect(content.mismatches([file, file], salt: salt) == [1, 2])
        var generator = SeededGenerator(seed: 83)
        #expect(content.mismatches([file], salt: ReceiptSalt(using: &generator)) == [1])
    }

    @Test func isRecomputedFromTheSameKnowledge() throws {
        let content = receipt.content
        let question = try #require(content.question(facts: ["nationality": "PH"]))
        #expect(question == verdict.question)
        let again = try network.verify(file, question)
        #expect(content.differences(from: again).isEmpty)
    }

    @Test func namesWhatIsOtherwiseNow() throws {
        var later = network
        try later.publishList(2, [7: .invalid])
        try later.refresh(at: SampleNetwork.now + -60)
        let again = try later.verify(file, SampleNetwork.visa)
        let differences = receipt.content.differences(from: again)
        #expect(differences.contains { $0.hasPrefix("knowledge: the receipt's is ") })
        #expect(
            differences.contains("status: the receipt says passed, now failed (revoked)"))
        #expect(differences.contains { $0.hasPrefix("word: ") && $0.hasSuffix("now invalid") })
    }

    @Test func refusesEveryChangedLetter() throws {
        let bytes = receipt.serialized
        var generator = SeededGenerator(seed: 84)
        for position in bytes.indices {
            var changed = bytes
            let letter = UInt8.random(in: 0x21...0x7E, using: &generator)
            changed[position] = letter == bytes[position] ? letter ^ 1 : letter
            if let read = try? SignedReceipt(parsing: changed) {
                #expect(read == receipt, "byte \(position)")
            }
        }
    }

    @Test func refusesTheKeyOfAnother() throws {
        var object = try #require(try JSONValue(parsing: receipt.serialized).object)
        object["key"] = .string(try SampleKeys.signer("thief").verifier.description)
        #expect(throws: VerificationError.receiptNotSigned) {
            try SignedReceipt(parsing: JSONValue.object(object).serialized)
        }
    }
}

@Suite struct WatchedCredentialTests {
    private func watched() throws -> (SampleNetwork, WatchedCredential) {
        let (network, file) = try SampleNetwork.standard()
        let verdict = try network.verify(file, SampleNetwork.visa)
        return (
            network,
            WatchedCredential(
                file, question: SampleNetwork.visa, standing: .init(verdict),
                asked: SampleNetwork.now, note: "file 117")
        )
    }

    @Test func readsWhatItWrites() throws {
        let (_, watched) = try watched()
        #expect(try WatchedCredential(parsing: watched.serialized) == watched)
    }

    @Test func isQuietWhileNothingChanges() throws {
        var (network, watched) = try watched()
        try network.refresh(at: SampleNetwork.now + -30)
        let again = try network.verify(watched.file, watched.question)
        #expect(watched.standing.changes(to: .init(again)).isEmpty)
    }

    @Test func tellsOfARevocation() throws {
        var (network, watched) = try watched()
        try network.publishList(2, [7: .invalid])
        try network.refresh(at: SampleNetwork.now + -30)
        let standing = WatchedCredential.Standing(
            try network.verify(watched.file, watched.question))
        let changes = watched.standing.changes(to: standing)
        #expect(changes.contains("status failed revoked, before: status passed"))
        #expect(!standing.isStale)
        #expect(watched.updated(standing, at: SampleNetwork.now).standing == standing)
    }

    @Test func takesTooOldCopiesForNoNews() throws {
        let (network, watched) = try watched()
        let later = try network.verify(
            watched.file, watched.question, at: SampleNetwork.now + 40 * 3_600)
        #expect(WatchedCredential.Standing(later).isStale)
    }
}
