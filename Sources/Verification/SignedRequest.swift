public import Credentials
public import Cryptography
import Encoding
public import TransparencyLog

/// A verifier's request as it travels: a note whose text is the request, signed by the key
/// whose fingerprint is the audience (`Protocol/presentation.md § Request`).
///
/// Reading it proves that whoever will be able to use the answer made it, and nothing about
/// who that is: see `Asker`.
public struct SignedRequest: Hashable, Sendable {
    public let content: PresentationRequest
    /// The asker's key, from the file itself: it is believed because the audience is made of it.
    public let key: NoteKey
    private let note: SignedNote

    public static let sizeLimit = 65_536

    /// Refuses a request with another signature than the one of its audience's key.
    public init(parsing bytes: [UInt8]) throws(VerificationError) {
        let noteText: String
        let keyText: String
        do throws(ParsingError) {
            let limits = JSONLimits(size: SignedRequest.sizeLimit, depth: 4)
            var reader = try MemberReader(JSONValue(parsing: bytes, limits: limits), at: "")
            noteText = try reader.string("request")
            keyText = try reader.string("key")
            try reader.finish()
        } catch { throw .request(error) }
        do throws(LogError) {
            note = try SignedNote(parsing: Array(noteText.utf8))
            key = try NoteKey(parsing: keyText)
        } catch { throw .requestNote(error) }
        do throws(CredentialError) {
            content = try PresentationRequest(parsing: Array(note.text.utf8))
        } catch { throw .credential(error) }
        // SPEC: the audience MUST be the fingerprint of the key that signed, or anybody could
        // pass on a request as their own.
        guard key.algorithm == .ed25519, note.signatures.count == 1, note.isSigned(by: key),
            content.audience == SignedRequest.audience(of: key)
        else { throw .requestNotSigned }
    }

    /// - Throws: if the request is longer than a note may be.
    /// - Precondition: the request's audience is that of the signer's key.
    public init(_ content: PresentationRequest, by signer: NoteSigner) throws(VerificationError) {
        precondition(
            content.audience == SignedRequest.audience(of: signer.verifier),
            "a request is made for whoever signs it")
        self.content = content
        key = signer.verifier
        let text = String(decoding: content.serialized, as: UTF8.self)
        do throws(LogError) {
            note = try SignedNote(text: text, signatures: [signer.sign(text)])
        } catch { throw .requestNote(error) }
    }

    public var serialized: [UInt8] {
        let object: JSONObject = [
            "request": .string(String(decoding: note.serialized, as: UTF8.self)),
            "key": .string(key.description),
        ]
        return Array(JSONValue.object(object).indented.utf8)
    }

    /// The fingerprint of the whole vkey: `concord:M7YX-...`.
    public static func audience(of key: NoteKey) -> String {
        "concord:\(Fingerprint(of: key.description.utf8))"
    }
}
