import Encoding
import TransparencyLog

/// A note that travels with the key that signed it: `{NAME: note, "key": vkey}`.
///
/// The key is believed for what its fingerprint says, and for nothing else.
struct KeyedNote: Hashable, Sendable {
    let note: SignedNote
    let key: NoteKey

    static let sizeLimit = 65_536

    /// Why some bytes are no such file.
    enum Fault: Error {
        case parsing(ParsingError)
        case note(LogError)
        case notSigned
    }

    /// Refuses any other signature than the one of the key that stands beside the note.
    init(parsing bytes: [UInt8], member: String) throws(Fault) {
        let noteText: String
        let keyText: String
        do throws(ParsingError) {
            let limits = JSONLimits(size: KeyedNote.sizeLimit, depth: 4)
            var reader = try MemberReader(JSONValue(parsing: bytes, limits: limits), at: "")
            noteText = try reader.string(member)
            keyText = try reader.string("key")
            try reader.finish()
        } catch { throw .parsing(error) }
        do throws(LogError) {
            note = try SignedNote(parsing: Array(noteText.utf8))
            key = try NoteKey(parsing: keyText)
        } catch { throw .note(error) }
        guard key.algorithm == .ed25519, note.signatures.count == 1, note.isSigned(by: key) else {
            throw .notSigned
        }
    }

    init(_ text: [UInt8], by signer: NoteSigner) throws(Fault) {
        let text = String(decoding: text, as: UTF8.self)
        key = signer.verifier
        do throws(LogError) {
            note = try SignedNote(text: text, signatures: [signer.sign(text)])
        } catch { throw .note(error) }
    }

    func serialized(member: String) -> [UInt8] {
        let object: JSONObject = [
            member: .string(String(decoding: note.serialized, as: UTF8.self)),
            "key": .string(key.description),
        ]
        return Array(JSONValue.object(object).indented.utf8)
    }
}
