import Cryptography
import Encoding
import Foundation
import Registrar
import Registry
import Storage
import Sync
import TransparencyLog

/// A log of real signed entries, for measuring.
struct SampleLog {
    static let origin = "sample.concord.example/xx/1"
    let signer: NoteSigner

    init() throws {
        signer = try NoteSigner(
            name: Self.origin, key: SigningKey(seed: [UInt8](repeating: 3, count: 32)),
            algorithm: .ed25519)
    }

    var rules: LogRules {
        let key = signer.verifier
        return LogRules(
            keys: { _, _ in [key] }, policy: { _ in try? WitnessPolicy.requiring(0, of: []) })
    }

    /// 250 bytes and what they will be found by, as their admission has read it; hashed only when
    /// it becomes an entry.
    struct Short: Sendable {
        let bytes: [UInt8]
        let identity: HashValue
        let kind: String
        let subjects: [String]

        var entry: NewEntry {
            NewEntry(bytes: bytes, identity: identity, kind: kind, subjects: subjects)
        }
    }

    /// Found as acts of a country are: in the proportions of `SampleCountryLog`.
    static func short(_ number: Int) -> Short {
        var text = "constructed for this measurement, number \(number);"
        while text.utf8.count < 250 { text += " \(HashValue(of: text.utf8))" }
        let bytes = Array(text.utf8.prefix(250))
        let (body, place) = ("xx.centre\(number % 50)", number / 20)
        let (qualification, occupation) = ("xx.q\(place)", "isco:\(1_000 + place % 8_000)")
        let (kind, subjects) =
            switch number % 20 {
            case 0: ("qualification", [qualification])
            case 1: ("regulation", [occupation, "XX"])
            case 2, 3, 4: ("equivalence", ["xy.q\(place * 7 % 5_000)", occupation])
            case 5, 6, 7: ("accreditation", [body, qualification])
            default: ("batch", [body])
            }
        return Short(
            bytes: bytes, identity: HashValue(of: bytes), kind: kind, subjects: subjects)
    }

    func entries(_ count: Int) throws -> [NewEntry] {
        let author = try NoteSigner(
            name: "xx.authority", key: SigningKey(seed: [UInt8](repeating: 4, count: 32)),
            algorithm: .ed25519)
        var generator = SystemRandomNumberGenerator()
        return try (0..<count).map { number in
            let occupation = String(1_000 + number % 8_000)
            let entry = try ActDraft(
                kind: "regulation", author: "xx.authority", subjects: ["isco:\(occupation)", "XX"],
                act: [
                    "jurisdiction": "XX", "occupation": .string(occupation), "regulated": false,
                    "basis": [
                        "text": .string("constructed for this measurement, number \(number)"),
                        "source": "none", "confidence": "constructed",
                    ],
                ]
            ).entry(for: Self.origin, signedBy: [author], using: &generator)
            return NewEntry(reading: entry.serialized)
        }
    }
}
