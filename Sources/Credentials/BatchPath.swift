public import Cryptography
internal import Encoding

/// Where a credential's leaf stands in a batch, and the path to the batch's root, as claimed
/// by the file (`Protocol/credential.md § Credential file`).
public struct BatchPath: Hashable, Sendable {
    /// The log that holds the batch.
    public let origin: String
    /// The batch's place in the log.
    public let entryIndex: UInt64
    /// The leaf's place in the batch.
    public let leafIndex: UInt64
    /// The hashes beside the way from the leaf to the root.
    public let hashes: [HashValue]

    public static let hashLimit = 40

    /// - Precondition: at most `hashLimit` hashes, and indexes below 2^53.
    public init(origin: String, entryIndex: UInt64, leafIndex: UInt64, hashes: [HashValue]) {
        precondition(hashes.count <= BatchPath.hashLimit, "a path has at most 40 hashes")
        self.origin = origin
        self.entryIndex = entryIndex
        self.leafIndex = leafIndex
        self.hashes = hashes
    }

    init(reading reader: inout MemberReader) throws(ParsingError) {
        origin = try reader.string("origin")
        guard BatchPath.isOrigin(origin.utf8) else {
            throw .wrongForm(
                path: reader.child("origin"), expected: "1 to 200 visible ASCII characters")
        }
        // Integers that every JSON reader keeps exactly.
        entryIndex = UInt64(try reader.integer("entry", in: 0...(1 << 53 - 1)))
        leafIndex = UInt64(try reader.integer("leaf", in: 0...(1 << 53 - 1)))
        let texts = try reader.strings("path")
        let expected = "at most \(BatchPath.hashLimit) hashes of 32 bytes in base64"
        guard texts.count <= BatchPath.hashLimit else {
            throw .wrongForm(path: reader.child("path"), expected: expected)
        }
        var hashes: [HashValue] = []
        for text in texts {
            guard let bytes = Base64.standard.decode(text), let hash = HashValue(bytes: bytes)
            else { throw .wrongForm(path: reader.child("path"), expected: expected) }
            hashes.append(hash)
        }
        self.hashes = hashes
        try reader.finish()
    }

    /// The path as compact JSON, for hashes over it.
    public var serialized: [UInt8] { JSONValue.object(object).serialized }

    /// 1 to 200 visible ASCII characters.
    static func isOrigin(_ bytes: some Collection<UInt8>) -> Bool {
        (1...200).contains(bytes.count) && bytes.allSatisfy { (0x21...0x7E).contains($0) }
    }

    var object: JSONObject {
        [
            "origin": .string(origin), "entry": .integer(Int64(entryIndex)),
            "leaf": .integer(Int64(leafIndex)),
            "path": .array(hashes.map { .string(Base64.standard.encode($0.bytes)) }),
        ]
    }
}
