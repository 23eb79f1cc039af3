import Cryptography
import Encoding
public import Registry
public import TransparencyLog

/// The one thing that a verifier trusts from the start: the destination's own log.
///
/// `Protocol/verification.md § Anchor`. A file that a ministry hands out: origin, root key,
/// hash of the next root, and the witnesses under which the log is believed.
public struct Anchor: Hashable, Sendable {
    public let country: String
    public let pin: LogPin
    /// The log's key when the file was made: opens the first checkpoints, until the log's own
    /// acts, signed by the pinned root, are here.
    public let firstLogKey: NoteKey
    public let policy: WitnessPolicy
    public let freshness: Freshness
    /// Whether it belongs to a sample network and proves nothing about real people.
    public let isSample: Bool

    public init(
        country: String, pin: LogPin, firstLogKey: NoteKey, policy: WitnessPolicy,
        freshness: Freshness = Freshness(),
        isSample: Bool
    ) {
        self.country = country
        self.pin = pin
        self.firstLogKey = firstLogKey
        self.policy = policy
        self.freshness = freshness
        self.isSample = isSample
    }

    public init(parsing bytes: [UInt8]) throws(VerificationError) {
        do throws(ParsingError) {
            var reader = try MemberReader(
                JSONValue(parsing: bytes, limits: JSONLimits(size: 1 << 18, depth: 6)), at: "")
            _ = try reader.integer("version", in: 1...1)
            let type = try reader.string("type")
            guard type == "anchor" else { throw .wrongForm(path: "type", expected: "anchor") }
            country = try reader.string("country")
            let origin = try reader.string("origin")
            let root = try reader.string("root")
            guard let key = try? NoteKey(parsing: root), key.algorithm == .ed25519 else {
                throw .wrongForm(path: "root", expected: "a key as name+id+base64")
            }
            guard let next = HashValue(hexadecimal: try reader.string("nextRoot")) else {
                throw .wrongForm(path: "nextRoot", expected: "64 lowercase hexadecimal digits")
            }
            pin = LogPin(
                origin: origin, root: key, nextRoot: next,
                predecessors: try LogPin.predecessors(reading: &reader, of: origin))
            guard let log = try? NoteKey(parsing: try reader.string("log")),
                log.algorithm == .ed25519, log.name == origin
            else {
                throw .wrongForm(path: "log", expected: "a key that bears the name of the origin")
            }
            firstLogKey = log
            guard let policy = try? WitnessPolicy(parsing: try reader.string("policy")) else {
                throw .wrongForm(path: "policy", expected: "a witness policy")
            }
            self.policy = policy
            freshness = Freshness(
                copies: try reader.optionalInteger("copiesSeconds", in: 60...Freshness.day)
                    ?? Freshness.day,
                carried: try reader.optionalInteger("carriedSeconds", in: 60...(7 * Freshness.day))
                    ?? 7 * Freshness.day)
            isSample = try reader.bool("sample")
            try reader.finish()
        } catch { throw .anchor(error) }
    }

    public var serialized: [UInt8] {
        var object: JSONObject = [
            "version": 1, "type": "anchor", "country": .string(country),
            "origin": .string(pin.origin), "root": .string(pin.root.description),
            "nextRoot": .string(pin.nextRoot.hexadecimal),
            "log": .string(firstLogKey.description), "policy": .string(policy.text),
            "copiesSeconds": .integer(freshness.copies),
            "carriedSeconds": .integer(freshness.carried), "sample": .bool(isSample),
        ]
        object["predecessors"] = pin.predecessorMember
        return Array(JSONValue.object(object).indented.utf8)
    }
}
