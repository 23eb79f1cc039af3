import Credentials
import Cryptography
import Encoding
import TransparencyLog

/// A verifier's request as it travels: a note whose text is the request, signed by the key
/// whose fingerprint is the audience (`Protocol/credential.md § Request`).
struct VerifierRequest {
    let content: PresentationRequest

    /// Checks that the key with the audience's fingerprint signed it.
    init(parsing bytes: [UInt8]) throws {
        let value = try JSONValue(parsing: bytes)
        var reader = try MemberReader(value, at: "")
        let note = try SignedNote(parsing: Array(try reader.string("request").utf8))
        let key = try NoteKey(parsing: try reader.string("key"))
        try reader.finish()
        content = try PresentationRequest(parsing: Array(note.text.utf8))
        guard note.isSigned(by: key), content.audience == VerifierRequest.audience(of: key) else {
            throw CommandFailure(
                .notWhatItClaims,
                "the request is not signed by the key that it names; ask for a new one")
        }
    }

    /// The bytes of a new request.
    static func serialized(_ content: PresentationRequest, signedBy signer: NoteSigner) throws
        -> [UInt8]
    {
        var text = String(decoding: content.serialized, as: UTF8.self)
        if !text.hasSuffix("\n") { text += "\n" }
        let note = try SignedNote(text: text, signatures: [signer.sign(text)])
        let object: JSONValue = [
            "request": .string(String(decoding: note.serialized, as: UTF8.self)),
            "key": .string(signer.verifier.description),
        ]
        return Array(object.indented.utf8)
    }

    static func audience(of key: NoteKey) -> String {
        "concord:\(Fingerprint(of: key.description.utf8))"
    }
}
