internal import Cryptography
internal import Encoding

/// The name of a record: 128 random bits, so that it tells nothing.
public struct RecordID: Hashable, Sendable {
    public let bytes: [UInt8]

    static let byteCount = 16

    /// The id with those bytes, or nil if they are not 16.
    init?(bytes: [UInt8]) {
        guard bytes.count == RecordID.byteCount else { return nil }
        self.bytes = bytes
    }

    public init(using generator: inout some RandomNumberGenerator) {
        bytes = [UInt8].random(count: RecordID.byteCount, using: &generator)
    }

    /// The id of the record of this award's paper credential, if there is one, and of a paper
    /// that of the next one: derived, so that they find each other and nothing has to say which
    /// belong together.
    public var paper: RecordID {
        let digest = HashValue(of: Array("concord paper".utf8) + bytes)
        return RecordID(unchecked: Array(digest.bytes.prefix(RecordID.byteCount)))
    }

    private init(unchecked bytes: [UInt8]) { self.bytes = bytes }

    /// Reads 32 lowercase hexadecimal digits; nil for anything else.
    public init?(parsing text: String) {
        guard let bytes = Hexadecimal.decode(text) else { return nil }
        self.init(bytes: bytes)
    }
}

extension RecordID: CustomStringConvertible {
    public var description: String { Hexadecimal.encode(bytes) }
}
