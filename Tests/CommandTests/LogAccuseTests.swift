import Cryptography
import Encoding
import Foundation
import Registrar
import Registry
import Storage
import TestSupport
import Testing
import TransparencyLog

/// A node that signs an extract which leaves something out is proven to have lied.
@Suite struct LogAccuseTests {
    @Test(.timeLimit(.minutes(5))) func provesThatAnExtractLeavesAnActOut() async throws {
        let corridor = try Corridor()
        try corridor.found("ph")
        let node = corridor.path("ph")
        let card = try NodeDirectory(node).card()
        let log = HashValue(of: card.pin.origin.utf8).hexadecimal
        let note = try await HTTPAnswer(try corridor.url("ph") + "/\(log)/checkpoint")
        let order = ExtractDesk.Order(
            anchor: "PH", subjects: ["PH"],
            checkpoints: ["PH": try SignedNote(parsing: note.body)])
        // What the node itself would sign, and then what it must not.
        let desk = ExtractDesk(
            database: try LogDatabase(inFolder: node), ownCard: card, peerCards: [])
        let text = try desk.extract(order, at: Timestamp(seconds: 1_800_000_000)).text
        let key = try NodeDirectory(node).key(.extract, passphrase: nil)
        let signer = try NoteSigner(name: card.extract.name, key: key, algorithm: .ed25519)
        let (extract, proof) = (corridor.path("extract.txt"), corridor.path("proof.json"))
        func accuse(_ text: String, _ code: Int32) throws -> ConcordProcess.Outcome {
            let note = try SignedNote(text: text, signatures: [signer.sign(text)])
            try Data(note.serialized).write(to: URL(filePath: extract))
            return try corridor.run(
                code, ["log", "accuse", extract, "--node", node, "--out", proof])
        }

        let honest = try accuse(text, 0)
        #expect(honest.text.contains("nothing is proven"))
        #expect(!FileManager.default.fileExists(atPath: proof))

        let proven = try accuse(try Self.withoutFirstAct(text), 1)
        #expect(proven.text.contains("PROVEN: "), "\(proven.text)")
        let keys = ["--key", "\(card.extract)", "--key", "\(card.pin.root)"]
        try corridor.run(1, ["log", "judge", proof] + keys)
        let stranger = try SampleCountry("XB", 2).log.verifier
        try corridor.run(0, ["log", "judge", proof, "--key", "\(stranger)"])
        #expect(corridor.stop("ph") == 0)
    }

    private static func withoutFirstAct(_ text: String) throws -> String {
        let value = try JSONValue(
            parsing: Array(text.utf8), limits: JSONLimits(size: 1 << 20, depth: 12))
        var object = try #require(value.object)
        var logs = try #require(object["logs"]?.array)
        var log = try #require(logs.first?.object)
        let acts = try #require(log["acts"]?.array)
        log["acts"] = .array(Array(acts.dropFirst()))
        logs[0] = .object(log)
        object["logs"] = .array(logs)
        return String(decoding: JSONValue.object(object).serialized, as: UTF8.self) + "\n"
    }
}
