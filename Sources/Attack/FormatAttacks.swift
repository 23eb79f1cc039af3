import Credentials
import Cryptography
import Encoding

/// F11, F12, F21 and F22: forged headers, disclosures, contexts and algorithms.
enum FormatAttacks {
    static let all: [AttackCase] = keys + disclosures + contexts + algorithms

    /// Signed by a stranger whose key the header brings along.
    private static func bringing(
        _ name: String, _ what: String, _ member: @escaping @Sendable (JSONWebKey) -> JSONValue
    ) -> AttackCase {
        AttackCase("F11-\(name)", what, .refused("signature")) { stage in
            try ForgedCredential.of(stage.certificates.honest) { forged in
                forged.header[name] = member(JSONWebKey(stage.stranger.verificationKey))
                forged.sign(by: stage.stranger)
            }
        }
    }

    private static let keys: [AttackCase] = [
        bringing("jwk", "signed with the key in its own header") { .object($0.object) },
        bringing("kid", "signed with the key at the address in its header") { _ in
            "https://keys.example/stranger.jwk"
        },
        bringing("x5c", "signed with the key in a chain that it brings along") { key in
            [.string(Base64.standard.encode(JSONValue.object(key.object).serialized))]
        },
    ]

    private static func changing(
        _ name: String, _ what: String, reason: String = "disclosures",
        _ change: @escaping @Sendable (inout [String]) -> Void
    ) -> AttackCase {
        AttackCase("F12-\(name)", what, .refused(reason)) { stage in
            try ForgedCredential.of(stage.certificates.honest) { change(&$0.disclosures) }
        }
    }

    private static func disclosure(_ name: String, _ value: JSONValue) -> String {
        Base64.url.encode(JSONValue.array(["salt", .string(name), value]).serialized)
    }

    private static let disclosures: [AttackCase] = [
        changing("altered", "another name in the place of the one that was signed") {
            $0 = $0.map { text in
                let elements = (Base64.url.decode(text)).flatMap {
                    try? JSONValue(parsing: $0).array
                }
                return elements?[1].string == "name"
                    ? disclosure("name", .string(AttackedBody.otherPerson)) : text
            }
        },
        changing("added", "a claim that nobody signed is added") {
            $0.append(disclosure("valid_until", "2099-01-01"))
        },
        changing("twice", "a disclosure is shown twice") { $0.append($0[0]) },
        AttackCase(
            "F12-order", "the disclosures of an answer, in another order",
            .refused("key-binding")
        ) { stage in
            try stage.request("f12")
            try stage.present(stage.certificates.bound, to: "f12", as: "f12-shown")
            let shown = try stage.credential("f12-shown.json")
            let forged = try ForgedCredential.of(shown) { $0.disclosures.reverse() }
            return try stage.verify(forged, as: "f12-order", by: stage.employer)
        },
    ]

    private static let contexts: [AttackCase] = [
        AttackCase("F21", "a file that names a context on somebody's server", .notJudged) { stage in
            guard
                var object = try JSONValue(parsing: stage.certificates.honest.serialized).object
            else { throw AttackFailure("expected an object, found something else") }
            object["@context"] = ["https://contexts.example/everything-is-valid.jsonld"]
            return JSONValue.object(object).serialized
        }
    ]

    /// The group order of Ed25519, least byte first: added to a signature's second half, it gives
    /// another signature that the curve equation cannot tell from the first.
    private static let order: [UInt8] =
        [
            0xED, 0xD3, 0xF5, 0x5C, 0x1A, 0x63, 0x12, 0x58, 0xD6, 0x9C, 0xF7, 0xA2, 0xDE, 0xF9,
            0xDE, 0x14,
        ] + [UInt8](repeating: 0, count: 15) + [0x10]

    private static let algorithms: [AttackCase] = [
        AttackCase(
            "F22-none", "algorithm none, without a signature", .refused("unsupported-algorithm")
        ) { stage in
            try ForgedCredential.of(stage.certificates.honest) { forged in
                forged.header["alg"] = "none"
                forged.signature = []
            }
        },
        AttackCase(
            "F22-hmac", "HS256 with the public key as the secret",
            .refused("unsupported-algorithm")
        ) { stage in
            try ForgedCredential.of(stage.certificates.honest) { forged in
                forged.header["alg"] = "HS256"
                forged.sign(by: stage.stranger)
            }
        },
        AttackCase("F22-curve", "ES256 over a key of another curve", .refused("signature")) {
            stage in
            try ForgedCredential.of(stage.certificates.honest) { $0.header["alg"] = "ES256" }
        },
        AttackCase("F22-order", "a second signature made of the first", .refused("signature")) {
            stage in
            try ForgedCredential.of(stage.certificates.honest) { forged in
                var carry = 0
                for index in 0..<32 {
                    let sum = Int(forged.signature[32 + index]) + Int(order[index]) + carry
                    forged.signature[32 + index] = UInt8(sum & 0xFF)
                    carry = sum >> 8
                }
            }
        },
        AttackCase("F22-zero", "a signature of zeros", .refused("signature")) { stage in
            try ForgedCredential.of(stage.certificates.honest) { forged in
                forged.signature = [UInt8](repeating: 0, count: 64)
            }
        },
    ]
}
