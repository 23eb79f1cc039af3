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

    /// Reads 32 lowercase hexadecimal digits; nil for anything else.
    public init?(parsing text: String) {
        guard let bytes = Hexadecimal.decode(text) else { return nil }
        self.init(bytes: bytes)
    }
}

extension RecordID: CustomStringConvertible {
    public var description: String { Hexadecimal.encode(bytes) }
}
