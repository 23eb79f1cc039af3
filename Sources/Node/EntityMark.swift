internal import Cryptography

/// The mark by which a reader knows that it has an answer already (RFC 9110 § 8.8.3).
enum EntityMark {
    /// The first digits of the SHA-256 of the bytes, in quotes.
    static func mark(of body: [UInt8], digits: Int) -> String {
        "\"\(HashValue(of: body).hexadecimal.prefix(digits))\""
    }

    /// The mark of another coding of the same.
    static func weakened(_ mark: String) -> String {
        mark.hasPrefix("W/") ? mark : "W/\(mark)"
    }

    /// The mark as the reader sent it, who may have the answer in a coding.
    static func weakened(_ mark: String, asIn header: String?) -> String {
        let weak = weakened(mark)
        return marks(header).contains(weak[...]) ? weak : mark
    }

    /// Whether a reader that sends this `If-None-Match` has the answer, in whichever coding.
    static func isKnown(_ mark: String, to header: String?) -> Bool {
        marks(header).contains { $0 == mark || $0 == "W/\(mark)" || $0 == "*" }
    }

    private static func marks(_ header: String?) -> [Substring] {
        (header ?? "").split(separator: ",").map { text in
            text.drop { $0 == " " || $0 == "\t" }
        }
    }
}
