public import Encoding
public import Registry
public import TransparencyLog

/// An act that somebody wants to publish: everything but its id, its log and its signatures.
///
/// As a file: `{"kind": ..., "by": ..., "subjects": [...], "act": {...}}`.
public struct ActDraft: Hashable, Sendable {
    public let kind: String
    public let author: String
    public let subjects: [String]
    public let act: JSONObject

    public init(kind: String, author: String, subjects: [String], act: JSONObject) {
        self.kind = kind
        self.author = author
        self.subjects = subjects
        self.act = act
    }

    public init(parsing bytes: [UInt8]) throws(ParsingError) {
        var reader = try MemberReader(
            JSONValue(parsing: bytes, limits: JSONLimits(size: 65_535, depth: 12)), at: "")
        kind = try reader.string("kind")
        author = try reader.string("by")
        subjects = try reader.strings("subjects")
        let value = try reader.value("act")
        guard case .object(let object) = value else {
            throw .wrongType(path: "act", expected: "an object", found: value.kind)
        }
        act = object
        try reader.finish()
    }

    /// The entry for a log, with a fresh id.
    public func entry(
        for origin: String, signedBy signers: [NoteSigner],
        using generator: inout some RandomNumberGenerator
    ) throws(RegistryError) -> RegistryEntry {
        let id = Hexadecimal.encode(
            (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) })
        return try RegistryEntry(
            envelope: Envelope(
                id: id, origin: origin, kind: kind, author: author, subjects: subjects),
            act: act, signedBy: signers)
    }
}
