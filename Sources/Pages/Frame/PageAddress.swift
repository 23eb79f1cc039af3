public import Cryptography

/// The addresses of the pages; each has a twin for programs under the same address with `.json`.
///
/// `Protocol/pages.md § Addresses`. They do not change: other people link to them.
public enum PageAddress: Hashable, Sendable {
    case start
    case check
    case worth
    case network
    case registry
    case search
    case frameworks
    case recognitions
    case country(String)
    case authority(String)
    case body(String)
    case framework(String)
    case qualification(String)
    /// One entry of a log, by the SHA-256 of its origin and its index.
    case act(HashValue, UInt64)

    /// - Parameter path: as a request gives it, decoded, without the query.
    public init?(path: String) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
            .map(String.init)
        switch (parts.count, parts.first) {
        case (1, ""), (1, "index"): self = .start
        case (1, "check"): self = .check
        case (1, "worth"): self = .worth
        case (1, "network"): self = .network
        case (1, "registry"): self = .registry
        case (2, "registry"):
            switch parts[1] {
            case "search": self = .search
            case "frameworks": self = .frameworks
            case "recognitions": self = .recognitions
            default: return nil
            }
        case (3, "registry") where !parts[2].isEmpty:
            switch parts[1] {
            case "countries": self = .country(parts[2])
            case "authorities": self = .authority(parts[2])
            case "bodies": self = .body(parts[2])
            case "frameworks": self = .framework(parts[2])
            case "qualifications": self = .qualification(parts[2])
            default: return nil
            }
        case (4, "registry") where parts[1] == "acts":
            guard let log = HashValue(hexadecimal: parts[2]), let index = UInt64(parts[3]),
                "\(index)" == parts[3]
            else { return nil }
            self = .act(log, index)
        default: return nil
        }
    }

    /// As it stands in a link.
    public var path: String {
        switch self {
        case .start: "/"
        case .check: "/check"
        case .worth: "/worth"
        case .network: "/network"
        case .registry: "/registry"
        case .search: "/registry/search"
        case .frameworks: "/registry/frameworks"
        case .recognitions: "/registry/recognitions"
        case .country(let code): "/registry/countries/\(PageAddress.encoded(code))"
        case .authority(let id): "/registry/authorities/\(PageAddress.encoded(id))"
        case .body(let id): "/registry/bodies/\(PageAddress.encoded(id))"
        case .framework(let id): "/registry/frameworks/\(PageAddress.encoded(id))"
        case .qualification(let id): "/registry/qualifications/\(PageAddress.encoded(id))"
        case .act(let log, let index): "/registry/acts/\(log.hexadecimal)/\(index)"
        }
    }

    /// The address of the twin for programs.
    public var documentPath: String { self == .start ? "/index.json" : path + ".json" }

    /// A value in a path or a query: all but unreserved characters as `%XX` (RFC 3986 § 2.3).
    static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return result
    }
}
