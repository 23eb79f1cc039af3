import Credentials
import Cryptography
import Encoding

/// A credential file taken apart, so that any piece of it can be exchanged.
struct ForgedCredential {
    var header: JSONObject
    var payload: JSONObject
    var signature: [UInt8]
    var disclosures: [String]
    /// What follows the last `~`.
    var keyBinding: String
    var batch: BatchPath?

    init(_ file: CredentialFile) throws {
        let jwt = file.credential.issuerJWT
        guard let payload = try JSONValue(parsing: jwt.payload).object else {
            throw AttackFailure("expected an object under the signature, found something else")
        }
        header = jwt.header
        self.payload = payload
        signature = jwt.signature
        disclosures = file.credential.disclosures.map {
            String(decoding: $0.encoded, as: UTF8.self)
        }
        keyBinding =
            (file.credential.keyBinding?.jwt.compact).map {
                String(decoding: $0, as: UTF8.self)
            } ?? ""
        batch = file.batch
    }

    /// Signs the pieces as they are now; the algorithm that the header names is not looked at.
    mutating func sign(by key: SigningKey) {
        signature = key.signature(for: Array(signingInput.utf8))
    }

    var signingInput: String {
        [header, payload].map { Base64.url.encode(JSONValue.object($0).serialized) }
            .joined(separator: ".")
    }

    /// The file, in the same form as an honest one.
    var serialized: [UInt8] {
        let parts = ["\(signingInput).\(Base64.url.encode(signature))"] + disclosures
        var object: JSONObject = [
            "credential": .string(parts.joined(separator: "~") + "~" + keyBinding)
        ]
        if let batch, let value = try? JSONValue(parsing: batch.serialized) {
            object["batch"] = value
        }
        return Array(JSONValue.object(object).indented.utf8)
    }

    /// A file, changed.
    static func of(
        _ file: CredentialFile, _ change: (inout ForgedCredential) throws -> Void
    ) throws -> [UInt8] {
        var forged = try ForgedCredential(file)
        try change(&forged)
        return forged.serialized
    }
}
