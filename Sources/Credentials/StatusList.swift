public import Encoding

/// The states of many credentials in 1, 2, 4 or 8 bits each (Token Status List § 4).
public struct StatusList: Hashable, Sendable {
    public let bits: Int
    /// The states, the first in the least significant bits of the first byte.
    public private(set) var bytes: [UInt8]

    /// Bytes of a list when expanded: 64 million states of two bits.
    public static let sizeLimit = 16 << 20

    /// How many states there are room for.
    public var count: Int { bytes.count * (8 / bits) }

    /// A list on which all are valid.
    ///
    /// - Precondition: `bits` is 1, 2, 4 or 8.
    public init(bits: Int, count: Int) {
        precondition([1, 2, 4, 8].contains(bits), "a state has 1, 2, 4 or 8 bits")
        self.bits = bits
        let perByte = 8 / bits
        bytes = [UInt8](repeating: 0, count: (max(0, count) + perByte - 1) / perByte)
    }

    /// A list from its states as bytes.
    public init(bits: Int, bytes: [UInt8]) throws(CredentialError) {
        guard [1, 2, 4, 8].contains(bits) else {
            throw .malformedStatusList(expected: "one of 1, 2, 4 or 8 bits a state")
        }
        guard bytes.count <= StatusList.sizeLimit else {
            throw .statusListTooLarge(limit: StatusList.sizeLimit)
        }
        self.bits = bits
        self.bytes = bytes
    }

    /// Reads the object `{"bits", "lst"}`; what it expands to is bounded.
    public init(parsing value: JSONValue) throws(CredentialError) {
        guard let object = value.object, let bits = object["bits"]?.integer,
            [1, 2, 4, 8].contains(bits)
        else { throw .malformedStatusList(expected: "an object with 1, 2, 4 or 8 as bits") }
        guard let text = object["lst"]?.string, let compressed = Base64.url.decode(text) else {
            throw .malformedStatusList(expected: "an object with base64url as lst")
        }
        self.bits = Int(bits)
        bytes = try ZlibStream.expanded(compressed, limit: StatusList.sizeLimit)
    }

    /// The state at an index; an index beyond the list is refused.
    public func status(at index: Int) throws(CredentialError) -> Status {
        guard (0..<count).contains(index) else {
            throw .indexBeyondStatusList(index: index, count: count)
        }
        let (byte, shift) = place(of: index)
        return Status(value: bytes[byte] >> shift & mask)
    }

    /// Sets the state at an index; refuses a value that does not fit the bits.
    public mutating func set(_ status: Status, at index: Int) throws(CredentialError) {
        guard (0..<count).contains(index) else {
            throw .indexBeyondStatusList(index: index, count: count)
        }
        guard status.value <= mask else {
            throw .malformedStatusList(expected: "wide enough for the value \(status.value)")
        }
        let (byte, shift) = place(of: index)
        bytes[byte] = bytes[byte] & ~(mask << shift) | status.value << shift
    }

    private var mask: UInt8 { UInt8(truncatingIfNeeded: (1 << bits) - 1) }

    private func place(of index: Int) -> (byte: Int, shift: UInt8) {
        let perByte = 8 / bits
        return (index / perByte, UInt8(index % perByte * bits))
    }

    /// The object `{"bits", "lst"}`.
    public var object: JSONObject {
        [
            "bits": .integer(Int64(bits)),
            "lst": .string(Base64.url.encode(ZlibStream.compressed(bytes))),
        ]
    }
}
