public import Encoding

/// What a status list says about one credential (Token Status List § 7).
public enum Status: Hashable, Sendable {
    case valid
    /// Final.
    case invalid
    case suspended
    /// Replaced by a newer credential (`Protocol/status-list.md § Values`).
    case replaced
    /// A value that this version does not know; never good news.
    case unknown(UInt8)

    public init(value: UInt8) {
        switch value {
        case 0: self = .valid
        case 1: self = .invalid
        case 2: self = .suspended
        case 3: self = .replaced
        default: self = .unknown(value)
        }
    }

    public var value: UInt8 {
        switch self {
        case .valid: 0
        case .invalid: 1
        case .suspended: 2
        case .replaced: 3
        case .unknown(let value): value
        }
    }
}

/// Where a credential's status stands: the claim `status.status_list` (Token Status List § 6).
public struct StatusReference: Hashable, Sendable {
    /// The id of the list; nothing is ever fetched from it while verifying.
    public let uri: String
    public let index: Int

    public init(uri: String, index: Int) {
        self.uri = uri
        self.index = index
    }

    /// Reads the claim `status`.
    public init(parsing status: JSONValue) throws(CredentialError) {
        guard let list = status.object?["status_list"]?.object else {
            throw .missingClaim("status.status_list")
        }
        guard let uri = list["uri"]?.string, (1...200).contains(uri.utf8.count),
            uri.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw .wrongClaim("status.status_list.uri", expected: "1 to 200 visible bytes") }
        guard let index = list["idx"]?.integer, (0..<(1 << 28)).contains(index) else {
            throw .wrongClaim("status.status_list.idx", expected: "an index below 2^28")
        }
        self.uri = uri
        self.index = Int(index)
    }

    /// The claim `status`.
    public var claim: JSONValue {
        ["status_list": ["idx": .integer(Int64(index)), "uri": .string(uri)]]
    }
}
