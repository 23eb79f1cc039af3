import Credentials
import Cryptography
import Encoding
import Foundation
import TestSupport
import Testing

@Suite(
    "SD-JWT of the standards",
    .enabled(if: ConformanceVectors.has("sd-jwt"), "no vectors for sd-jwt"))
struct SDJWTStandardVectorTests {
    static let topics = ["sd-jwt", "sd-jwt-vc"].filter(ConformanceVectors.has)

    @Test(arguments: topics)
    func givesTheProcessedPayloadsAndHashes(_ topic: String) throws {
        var processed = 0
        var bound = 0
        var verified = 0
        for file in try VectorFile.all(topic, endingWith: "examples.json") {
            var last: SDJWT?
            for example in try #require(file.value["examples"]?.array) {
                let lead = example["lead"]?.string ?? ""
                guard let value = example["value"] else { continue }
                if let text = value.string, example["kind"]?.string == "compact" {
                    guard text.utf8.contains(UInt8(ascii: "~")) else {
                        _ = try JSONWebSignature(parsing: text.bytes)
                        continue
                    }
                    let credential = try SDJWT(parsing: text.bytes)
                    _ = try credential.processed()
                    #expect(credential.serialized == text.bytes)
                    let count = example["n_disclosures"]?.integer
                    #expect(Int64(credential.disclosures.count) == count)
                    if let hash = example["kb"]?["payload"]?["sd_hash"]?.string {
                        #expect(Base64.url.encode(credential.presentationHash.bytes) == hash)
                        #expect(
                            credential.keyBinding?.presentationHash == credential.presentationHash)
                        bound += 1
                    }
                    try verify(credential)
                    verified += 1
                    last = credential
                } else if value["payload"]?.string != nil {
                    let credential = try SDJWT(parsing: value.serialized)
                    _ = try credential.processed()
                    let again = try SDJWT(
                        parsing: JSONValue.object(credential.flattened).serialized)
                    #expect(again == credential)
                    if let binding = credential.keyBinding {
                        #expect(binding.presentationHash == credential.presentationHash)
                    }
                } else if lead.contains("rocessed SD-JWT"), lead.contains("erifier"),
                    let credential = last
                {
                    let claims = try credential.processed().object
                    #expect(JSONValue.object(claims).sorted == value.sorted, "\(lead)")
                    processed += 1
                }
            }
        }
        #expect(processed > 2)
        #expect(bound > 1)
        #expect(verified > 4)
    }

    /// The issuer's key that RFC 9901 prints, and the holder's from the credential itself.
    func verify(_ credential: SDJWT) throws {
        let issuer = try JSONWebKey(
            parsing: [
                "kty": "EC", "crv": "P-256",
                "x": "b28d4MwZMjw8-00CG4xfnn9SLMVMM19SlqZpVb_uNtQ",
                "y": "Xv5zWwuoaTgdS6hV43yI6gBwTnjukmFQQnJ_kCxzqk8",
            ])
        try credential.verify(with: try #require(issuer.signatureKey))
        guard let binding = credential.keyBinding else { return }
        let holder = try JSONWebKey(
            parsing: try #require(try credential.processed()["cnf"]?["jwk"]))
        let challenge = KeyBindingChallenge(
            audience: binding.audience, nonce: binding.nonce,
            window: binding.issuedAt...binding.issuedAt)
        let key = try #require(holder.signatureKey)
        #expect(try credential.holderControl(key: key, challenge: challenge) == .shown)
    }
}

@Suite(
    "SD-JWT of sd-jwt-python",
    .enabled(if: ConformanceVectors.has("sd-jwt"), "no vectors for sd-jwt"))
struct SDJWTPythonVectorTests {
    struct Folder: CustomTestStringConvertible {
        let url: URL
        var testDescription: String { url.pathComponents.suffix(2).joined(separator: "/") }

        func file(_ name: String) -> [UInt8]? {
            (try? Data(contentsOf: url.appending(path: name))).map(Array.init)
        }

        func json(_ name: String) -> JSONValue? {
            file(name).flatMap { try? JSONValue(parsing: $0) }
        }

        /// An SD-JWT: compact text, or a JSON string that holds the JSON serialization.
        func credential(_ name: String) throws -> SDJWT {
            if let bytes = file("\(name).txt") { return try SDJWT(parsing: bytes) }
            return try SDJWT(parsing: json("\(name).json")?.string?.bytes ?? [])
        }

        var settings: JSONValue? {
            Folder(url: url.deletingLastPathComponent()).json("settings.json")
        }

        static var all: [Folder] {
            guard
                let files = try? ConformanceVectors.files(
                    in: "sd-jwt", endingWith: "verified_contents.json")
            else { return [] }
            return files.map { Folder(url: $0.deletingLastPathComponent()) }
        }
    }

    @Test(arguments: Folder.all)
    func presentsAndProcessesAsStated(_ folder: Folder) throws {
        let issued = try folder.credential("sd_jwt_issuance")
        let presented = try folder.credential("sd_jwt_presentation")
        #expect(
            try JSONValue(parsing: issued.issuerJWT.payload).sorted
                == folder.json("sd_jwt_payload.json")?.sorted)
        #expect(issued.issuerSignedBytes == presented.issuerSignedBytes)
        #expect(Set(presented.disclosures).isSubset(of: issued.disclosures))

        let claims = try presented.processed().object
        #expect(
            JSONValue.object(claims).sorted == folder.json("verified_contents.json")?.sorted)
        var everything = try issued.processed().object
        for name in ["iss", "iat", "exp", "cnf"] { everything[name] = nil }
        #expect(JSONValue.object(everything).sorted == folder.json("user_claims.json")?.sorted)

        if let binding = presented.keyBinding {
            #expect(binding.presentationHash == presented.presentationHash)
            let stated = folder.json("kb_jwt_payload.json")
            #expect(binding.nonce == stated?["nonce"]?.string)
            #expect(binding.audience == stated?["aud"]?.string)
        }
        try verifySignatures(of: presented, folder)
    }

    func verifySignatures(of presented: SDJWT, _ folder: Folder) throws {
        let keys = try #require(folder.settings?["key_settings"])
        let issuer = try publicKey(keys["issuer_keys"]?.array?.first)
        try presented.verify(with: issuer)
        guard let binding = presented.keyBinding else { return }
        let holder = try JSONWebKey(
            parsing: try #require(try presented.processed()["cnf"]?["jwk"])
        ).signatureKey
        #expect(holder == (try publicKey(keys["holder_key"])))
        let moment = binding.issuedAt
        let challenge = KeyBindingChallenge(
            audience: folder.settings?["identifiers"]?["verifier"]?.string ?? "",
            nonce: folder.settings?["key_binding_nonce"]?.string ?? "", window: moment...moment)
        let key = try #require(holder)
        #expect(try presented.holderControl(key: key, challenge: challenge) == .shown)
    }

    func publicKey(_ value: JSONValue?) throws -> SignatureKey {
        var object = try #require(value?.object)
        object["d"] = nil
        return try #require(try JSONWebKey(parsing: .object(object)).signatureKey)
    }
}
