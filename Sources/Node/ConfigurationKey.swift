public import Encoding
internal import Sync

/// One key of `node.json`: what a person may write there, and what holds where it is left out.
///
/// `Protocol/operation.md § Configuration` is this table in words, and a test holds it to it.
public struct ConfigurationKey: Hashable, Sendable {
    public enum Form: Hashable, Sendable {
        case integer(ClosedRange<Int64>, unit: String)
        /// A host name or an address.
        case host
        /// A file, from the node's folder unless it begins with a slash.
        case path
        /// Where peers ask: the scheme, a name and a port.
        case address
        case word([String])
    }

    public let name: String
    public let form: Form
    /// What holds where the key is left out; nil: nothing.
    public let standard: JSONValue?

    /// The type, as the page of the protocol names it.
    public var type: String {
        switch form {
        case .integer: "integer"
        case .host, .path, .address, .word: "string"
        }
    }

    /// The range, as the page of the protocol names it.
    public var range: String {
        switch form {
        case .integer(let range, let unit):
            "\(range.lowerBound) to \(range.upperBound)\(unit.isEmpty ? "" : " \(unit)")"
        case .host: "a host name or an address, up to 253 characters"
        case .path: "a path, up to 4096 characters"
        case .address: "an address such as https://node.example, up to 500 characters"
        case .word(let words): words.joined(separator: ", ")
        }
    }

    /// The default, as the page of the protocol names it.
    public var standardText: String {
        switch standard {
        case .string(let text): text
        case .integer(let number): "\(number)"
        default: "none"
        }
    }

    /// Reads the key's value; nil where it is left out and nothing holds.
    func value(in reader: inout MemberReader) throws(ParsingError) -> JSONValue? {
        switch form {
        case .integer(let range, _):
            return try reader.optionalInteger(name, in: range).map { .integer($0) } ?? standard
        case .host, .path, .address, .word:
            guard let text = try reader.optionalString(name) else { return standard }
            guard admits(text) else {
                throw .wrongForm(path: reader.child(name), expected: range)
            }
            return .string(text)
        }
    }

    private func admits(_ text: String) -> Bool {
        switch form {
        case .integer: false
        case .host:
            (1...253).contains(text.utf8.count)
                && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        case .path:
            (1...4_096).contains(text.utf8.count)
                && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
        case .address:
            (1...500).contains(text.utf8.count) && (try? PeerAddress(parsing: text)) != nil
        case .word(let words): words.contains(text)
        }
    }
}
