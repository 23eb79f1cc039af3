public import Credentials
import Cryptography
import Encoding
public import TransparencyLog

/// A verifier's request as it travels: a note whose text is the request, signed by the key
/// whose fingerprint is the audience (`Protocol/presentation.md § Request`).
///
/// Reading it proves that whoever will be able to use the answer made it, and nothing about
/// who that is: see `Asker`.
public struct SignedRequest: Hashable, Sendable {
    public let content: PresentationRequest
    private let keyed: KeyedNote

    public static let sizeLimit = KeyedNote.sizeLimit
    private static let member = "request"

    /// The asker's key, from the file itself: it is believed because the audience is made of it.
    public var key: NoteKey { keyed.key }

    /// Refuses a request with another signature than the one of its audience's key.
    public init(parsing bytes: [UInt8]) throws(VerificationError) {
        do throws(KeyedNote.Fault) {
            keyed = try KeyedNote(parsing: bytes, member: SignedRequest.member)
        } catch { throw VerificationError(request: error) }
        do throws(CredentialError) {
            content = try PresentationRequest(parsing: Array(keyed.note.text.utf8))
        } catch { throw .credential(error) }
        // SPEC: the audience MUST be the fingerprint of the key that signed, or anybody could
        // pass on a request as their own.
        guard content.audience == SignedRequest.audience(of: keyed.key) else {
            throw .requestNotSigned
        }
    }

    /// - Throws: if the request is longer than a note may be.
    /// - Precondition: the request's audience is that of the signer's key.
    public init(_ content: PresentationRequest, by signer: NoteSigner) throws(VerificationError) {
        precondition(
            content.audience == SignedRequest.audience(of: signer.verifier),
            "a request is made for whoever signs it")
        self.content = content
        do throws(KeyedNote.Fault) {
            keyed = try KeyedNote(content.serialized, by: signer)
        } catch { throw VerificationError(request: error) }
    }

    public var serialized: [UInt8] { keyed.serialized(member: SignedRequest.member) }

    /// The fingerprint of the whole vkey: `concord:M7YX-...`.
    public static func audience(of key: NoteKey) -> String {
        "concord:\(Fingerprint(of: key.description.utf8))"
    }
}

extension VerificationError {
    fileprivate init(request fault: KeyedNote.Fault) {
        switch fault {
        case .parsing(let error): self = .request(error)
        case .note(let error): self = .requestNote(error)
        case .notSigned: self = .requestNotSigned
        }
    }
}
