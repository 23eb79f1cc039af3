public import Cryptography
public import Encoding
public import TransparencyLog

/// One signed act as a log holds it: a note whose text is a strict JSON object.
///
/// `Protocol/entry.md § Form`. Parsed, not trusted: whether its author was mandated is
/// decided by `LogState` at its position in its log. One reference, because entries are large
/// and handed on often.
public struct RegistryEntry: Sendable {
    public static let byteLimit = 65_535

    public var note: SignedNote { content.note }
    public var envelope: Envelope { content.envelope }
    public var act: Act { content.act }
    /// SHA-256 of the text without the signature lines: what other acts refer to.
    public var identity: HashValue { content.identity }
    /// The identity in hexadecimal: what statements and verdicts call the act.
    public var identityText: String { content.identityText }

    private final class Content: Sendable {
        let note: SignedNote
        let envelope: Envelope
        let act: Act
        let identity: HashValue
        let identityText: String

        init(_ note: SignedNote) throws(RegistryError) {
            self.note = note
            (envelope, act) = try RegistryEntry.content(of: note.text)
            identity = HashValue(of: note.text.utf8)
            identityText = identity.hexadecimal
        }
    }

    private let content: Content

    public init(parsing bytes: [UInt8]) throws(RegistryError) {
        guard bytes.count <= RegistryEntry.byteLimit else {
            throw .tooLarge(limit: RegistryEntry.byteLimit, found: bytes.count)
        }
        let note: SignedNote
        do throws(LogError) { note = try SignedNote(parsing: bytes) } catch { throw .note(error) }
        content = try Content(note)
    }

    /// A new entry: the act's text, signed by one or more keys.
    ///
    /// What it says is checked as strictly as a stranger's entry.
    public init(
        envelope: Envelope, act: JSONObject, signedBy signers: [NoteSigner]
    ) throws(RegistryError) {
        var members = envelope.members
        members["act"] = .object(act)
        let text = String(decoding: JSONValue.object(members).serialized, as: UTF8.self) + "\n"
        let note: SignedNote
        do throws(LogError) {
            note = try SignedNote(text: text, signatures: signers.map { $0.sign(text) })
        } catch { throw .note(error) }
        content = try Content(note)
        guard serialized.count <= RegistryEntry.byteLimit else {
            throw .tooLarge(limit: RegistryEntry.byteLimit, found: serialized.count)
        }
        guard case .unknown(let kind) = self.act else { return }
        // Which member is it that this version does not know?
        do throws(ParsingError) {
            var reader = MemberReader(act, at: "act")
            _ = try Act(kind: kind, reading: &reader)
        } catch { throw .json(error) }
        throw .unknownKind(kind)
    }

    public var serialized: [UInt8] { note.serialized }

    private static func content(
        of text: String
    ) throws(RegistryError) -> (Envelope, Act) {
        let envelope: Envelope
        var reader: MemberReader
        var content: MemberReader
        do throws(ParsingError) {
            let limits = JSONLimits(size: byteLimit, depth: 12)
            let value = try JSONValue(parsing: text, limits: limits)
            guard !value.containsDecimal else {
                throw .wrongForm(path: "the entry", expected: "integers of 64 bits only")
            }
            reader = try MemberReader(value, at: "")
            let type = try reader.string("type")
            // SPEC: only the type that was asked for is accepted.
            guard type == Envelope.entryType else {
                throw .wrongForm(path: "type", expected: "entry")
            }
            envelope = try Envelope(reading: &reader)
            content = try reader.reader("act")
        } catch { throw .json(error) }
        // SPEC: an unknown member makes the entry unknown and critical.
        guard reader.unknownMembers.isEmpty else { return (envelope, .unknown(envelope.kind)) }
        let act: Act
        do throws(ParsingError) {
            act = try Act(kind: envelope.kind, reading: &content)
        } catch .unknownMember {
            return (envelope, .unknown(envelope.kind))
        } catch { throw .json(error) }
        for subject in act.requiredSubjects where !envelope.subjects.contains(subject) {
            throw .missingSubject(kind: envelope.kind, subject: subject)
        }
        return (envelope, act)
    }
}

extension RegistryEntry: Hashable {
    /// What it says follows from the note.
    public static func == (left: Self, right: Self) -> Bool {
        left.content === right.content || left.note == right.note
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(identity) }
}

extension JSONValue {
    /// Whether a number that is not a 64-bit integer stands anywhere in the value.
    var containsDecimal: Bool {
        switch self {
        case .decimal: true
        case .array(let elements): elements.contains { $0.containsDecimal }
        case .object(let object): object.members.contains { $0.value.containsDecimal }
        default: false
        }
    }
}
