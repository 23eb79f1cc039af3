import Cryptography
import Encoding
import TestSupport
import Testing
import TransparencyLog

@Suite(.enabled(if: ConformanceVectors.has("witness"), "no vectors for witness"))
struct WitnessVectorTests {
    @Test(arguments: try VectorFile.all(in: "witness"))
    func answersEachRequestInOrder(file: VectorFile) throws {
        let vector = VectorCase(value: file.value)
        let requests = try #require(vector["requests"]?.array).map { VectorCase(value: $0) }
        let material = try #require(
            Hexadecimal.decode(vector.text("log_sigsum_public_key")))
        let publicKey = try #require(VerificationKey(bytes: material))
        // Sigsum names a log after the hash of its key.
        let origin = "sigsum.org/v1/tree/\(HashValue(of: material).hexadecimal)"
        let log = try NoteKey(name: origin, algorithm: .ed25519, key: publicKey)
        let seed = try #require(Hexadecimal.decode(vector.text("witness_seed_hex")))
        let witness = try NoteSigner(
            name: vector.text("witness_name"), key: SigningKey(seed: seed),
            algorithm: .cosignature)
        if let written = vector["witness_public_hex"]?.string {
            #expect(Hexadecimal.encode(witness.verifier.key.bytes) == written)
        }
        var latest: TreeHead?
        for exchange in requests {
            let expected = try #require(exchange["status"]?.integer)
            let answer = exchange["assert_body"]?.string ?? ""
            let body = Array(try exchange.text("body").utf8)
            let request: WitnessRequest
            do throws(LogError) {
                request = try WitnessRequest(parsing: body)
            } catch {
                #expect(WitnessDecision.statusCode(refusing: error) == Int(expected))
                continue
            }
            let decision = WitnessDecision.decide(request, keys: [log], latest: latest)
            if answer.contains("unknown log") {
                // The server that wrote the vector answered 403; C2SP now asks for 404.
                #expect(expected == 403 || expected == 404)
                #expect(decision == .unknownLog)
                #expect(decision.statusCode == 404)
            } else {
                #expect(decision.statusCode == Int(expected), "\(exchange.testDescription)")
            }
            switch decision {
            case .cosign(let checkpoint):
                latest = checkpoint.head
                let line = witness.cosign(checkpoint.head, at: Timestamp(seconds: 1_679_315_147))
                #expect(checkpoint.adding([line]).note.isSigned(by: witness.verifier))
            case .conflict(let size): #expect(answer == "== \"\(size)\\n\"")
            default: break
            }
        }
    }
}
