internal import NIOCore

/// A request, as it came, that asks for an address and says nothing that could make its answer
/// another one than that of the same bytes before.
///
/// `Protocol/operation.md § Shelf`. The bytes are one whole head without a body: `GET`, HTTP/1.1,
/// and fields of a short list, each on a line of its own.
struct PlainRequest {
    /// A longer one is not looked at.
    static let byteLimit = 1_024

    /// The address, without its query.
    let path: String

    /// Fields that name the reader, and what it takes; all of them are part of the bytes.
    private static let fields: Set<String> = [
        "host", "user-agent", "accept", "accept-encoding", "accept-language", "if-none-match",
    ]

    init?(parsing bytes: ByteBuffer) {
        guard bytes.readableBytes <= PlainRequest.byteLimit else { return nil }
        var lines = PlainRequest.lines(bytes.readableBytesView)[...]
        // Order: the head ends with the bytes, and nowhere before.
        guard lines.popLast() == "", lines.popLast() == "", !lines.contains("") else { return nil }
        let words = (lines.popFirst() ?? "").split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, words[0] == "GET", words[2] == "HTTP/1.1",
            words[1].hasPrefix("/"), words[1].utf8.allSatisfy({ (0x21...0x7e).contains($0) })
        else { return nil }
        var names: Set<String> = []
        for line in lines {
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let name = line[..<colon].lowercased()
            guard PlainRequest.fields.contains(name), names.insert(name).inserted else {
                return nil
            }
        }
        guard names.contains("host") else { return nil }
        path = String(words[1].prefix { $0 != "?" })
    }

    /// What stands between the ends of lines; one empty text if a byte does not belong in a head.
    private static func lines(_ bytes: ByteBufferView) -> [Substring] {
        guard bytes.allSatisfy({ $0 == 0x0d || $0 == 0x0a || (0x20...0x7e).contains($0) }) else {
            return []
        }
        // Both ends are looked at as bytes: a line that one end alone ends is no line.
        let text = String(decoding: bytes, as: UTF8.self)
        var lines: [Substring] = []
        var start = text.utf8.startIndex
        var place = start
        while place < text.utf8.endIndex {
            let next = text.utf8.index(after: place)
            switch text.utf8[place] {
            case 0x0d:
                guard next < text.utf8.endIndex, text.utf8[next] == 0x0a else { return [] }
                lines.append(text[start..<place])
                start = text.utf8.index(after: next)
                place = start
            case 0x0a: return []
            default: place = next
            }
        }
        lines.append(text[start...])
        return lines
    }
}
