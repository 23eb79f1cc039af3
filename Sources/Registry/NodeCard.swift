public import Cryptography
internal import Encoding
public import TransparencyLog

/// What a node says of itself before anybody believes it: its log, its keys.
///
/// `Protocol/sync.md § Card`. Worth nothing until its fingerprint has been compared with one
/// that came another way.
public struct NodeCard: Hashable, Sendable {
    public let country: String
    public let pin: LogPin
    public let log: NoteKey
    public let witness: NoteKey
    public let extract: NoteKey
    /// Whether the node belongs to a sample network.
    public let isSample: Bool
    /// The key with which it cosigns what it holds a copy of, if it is a mirror.
    public let mirror: NoteKey?

    public init(
        country: String, pin: LogPin, log: NoteKey, witness: NoteKey, extract: NoteKey,
        isSample: Bool, mirror: NoteKey? = nil
    ) {
        self.mirror = mirror
        self.country = country
        self.pin = pin
        self.log = log
        self.witness = witness
        self.extract = extract
        self.isSample = isSample
    }

    public init(parsing bytes: [UInt8]) throws(RegistryError) {
        do throws(ParsingError) {
            var reader = try MemberReader(
                JSONValue(parsing: bytes, limits: JSONLimits(size: 16_384, depth: 4)), at: "")
            _ = try reader.integer("version", in: 1...1)
            let type = try reader.string("type")
            guard type == "card" else { throw .wrongForm(path: "type", expected: "card") }
            country = try reader.string("country")
            guard country.utf8.count == 2, country.utf8.allSatisfy({ (0x41...0x5A).contains($0) })
            else { throw .wrongForm(path: "country", expected: "two capital letters") }
            let origin = try reader.string("origin")
            guard Envelope.isName(origin) else {
                throw .wrongForm(path: "origin", expected: "a name without spaces")
            }
            pin = LogPin(
                origin: origin, root: try reader.noteKey("root"),
                nextRoot: try reader.hash("nextRoot"),
                predecessors: try LogPin.predecessors(reading: &reader, of: origin))
            log = try reader.noteKey("log")
            guard log.name == origin else {
                throw .wrongForm(path: "log", expected: "a key that bears the name \(origin)")
            }
            witness = try reader.noteKey("witness", .cosignature)
            extract = try reader.noteKey("extract")
            isSample = try reader.bool("sample")
            mirror =
                try reader.optionalString("mirror") == nil
                ? nil : reader.noteKey("mirror", .cosignature)
            try reader.finish()
        } catch { throw .json(error) }
    }

    public var serialized: [UInt8] {
        var object: JSONObject = [
            "version": 1, "type": "card", "country": .string(country),
            "origin": .string(pin.origin), "root": .string(pin.root.description),
            "nextRoot": .string(pin.nextRoot.hexadecimal), "log": .string(log.description),
            "witness": .string(witness.description), "extract": .string(extract.description),
            "sample": .bool(isSample),
        ]
        object["predecessors"] = pin.predecessorMember
        object["mirror"] = mirror.map { .string($0.description) }
        return Array(JSONValue.object(object).indented.utf8)
    }

    /// What two people read to each other: it covers the origin and every key of the card.
    public var fingerprint: Fingerprint {
        let lines =
            [
                "concord-card/v1", country, pin.origin, pin.root.description,
                pin.nextRoot.hexadecimal, log.description, witness.description, extract.description,
                isSample ? "sample" : "",
            ] + pin.predecessors.map { "\($0.origin) \($0.size)" }
            + (mirror.map { ["mirror \($0)"] } ?? [])
        return Fingerprint(of: lines.joined(separator: "\n").utf8)
    }
}
