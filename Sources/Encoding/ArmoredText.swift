/// Bytes as lines of letters that survive mail and messengers: base 64 between two marks.
///
/// Like RFC 7468 in form; the label says what is inside, and is not part of the content.
public enum ArmoredText {
    private static let lineLength = 64

    public static func encode(_ bytes: [UInt8], label: String) -> String {
        var lines = ["-----BEGIN \(label)-----"]
        let text = Array(Base64.standard.encode(bytes).utf8)
        for start in stride(from: 0, to: text.count, by: lineLength) {
            let end = min(start + lineLength, text.count)
            lines.append(String(decoding: text[start..<end], as: UTF8.self))
        }
        lines.append("-----END \(label)-----")
        return lines.joined(separator: "\n") + "\n"
    }

    /// Whether the text begins with the mark, white space before it left aside.
    public static func isArmored(_ text: [UInt8], label: String) -> Bool {
        text.drop(while: isSpace).starts(with: "-----BEGIN \(label)-----".utf8)
    }

    /// The content, or nil if the marks or the letters between them are not whole.
    ///
    /// Lines may have been broken anew, or begin with the marks of a quoted mail (`> `).
    public static func decode(_ text: [UInt8], label: String) -> [UInt8]? {
        var isInside = false
        var content: [UInt8] = []
        for line in text.split(separator: 0x0A) {
            let words = line.drop { isSpace($0) || $0 == UInt8(ascii: ">") }
            let trimmed = words.reversed().drop(while: isSpace).reversed()
            if trimmed.elementsEqual("-----BEGIN \(label)-----".utf8) {
                guard !isInside, content.isEmpty else { return nil }
                isInside = true
            } else if trimmed.elementsEqual("-----END \(label)-----".utf8) {
                return isInside ? Base64.standard.decode(utf8: content) : nil
            } else if isInside {
                content += trimmed
            }
        }
        return nil
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
}
