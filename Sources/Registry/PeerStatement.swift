internal import Cryptography
internal import Encoding
public import TransparencyLog

/// Which log speaks for a country, and under which witnesses it is believed.
///
/// `Protocol/entry.md § Kinds`. Made by the root of the log that believes; about the log's own
/// origin it states the policy under which others should read it.
public struct PeerStatement: Hashable, Sendable {
    public let country: String
    public let pin: LogPin
    /// The key of its newest checkpoint when it was added: opens the first ones, until the
    /// log's own acts, signed by the pinned root, are here.
    public let firstLogKey: NoteKey
    public let policy: WitnessPolicy

    init(reading reader: inout MemberReader) throws(ParsingError) {
        country = try reader.string("country")
        let origin = try reader.string("origin")
        pin = LogPin(
            origin: origin, root: try reader.noteKey("root"),
            nextRoot: try reader.hash("nextRoot"),
            predecessors: try LogPin.predecessors(reading: &reader, of: origin))
        firstLogKey = try reader.noteKey("log")
        let path = reader.child("policy")
        let text = try reader.string("policy")
        do throws(LogError) { policy = try WitnessPolicy(parsing: text) } catch {
            throw .wrongForm(path: path, expected: "a witness policy")
        }
    }
}
