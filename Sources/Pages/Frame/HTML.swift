/// A piece of a page: text and elements, escaped by type.
///
/// Names of elements and attributes are literals of the program; texts and values of attributes
/// are escaped whatever they hold, so that nothing that a log or a person brought in becomes
/// markup. There is no way in for markup as a string.
public struct HTML: Hashable, Sendable {
    /// The markup.
    public private(set) var source: String

    /// A text.
    init(_ text: String) {
        source = HTML.escaped(text)
    }

    /// An element; attributes without a value (nil) are left out, those with an empty one are
    /// written as a name alone.
    init(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?>,
        _ children: [HTML] = []
    ) {
        source = "<\(name)"
        for (name, value) in attributes {
            guard let value else { continue }
            source += value.isEmpty ? " \(name)" : " \(name)=\"\(HTML.escaped(value))\""
        }
        source += ">"
        if HTML.isVoid(name) { return }
        for child in children { source += child.source }
        source += "</\(name)>"
    }

    init(_ name: StaticString, _ children: [HTML]) {
        self.init(name, [:], children)
    }

    private static func isVoid(_ name: StaticString) -> Bool {
        ["input", "meta", "link", "br", "img", "hr"].contains("\(name)")
    }

    /// The five characters that mean something in markup, as references; characters that HTML
    /// does not allow are replaced.
    private static func escaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 16)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "\""): bytes += "&quot;".utf8
            case UInt8(ascii: "'"): bytes += "&#39;".utf8
            case 0x00...0x08, 0x0B, 0x0C, 0x0E...0x1F, 0x7F: bytes += "\u{FFFD}".utf8
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension HTML: ExpressibleByStringLiteral {
    /// A text of the program's own, escaped like any other.
    public init(stringLiteral value: String) { self.init(value) }
}

extension HTML {
    static func link(_ target: String, _ children: [HTML]) -> HTML {
        HTML("a", ["href": target], children)
    }

    /// An address that somebody else wrote: a link if it is one of the web, else its text.
    static func outside(_ address: String) -> HTML {
        guard address.hasPrefix("https://") || address.hasPrefix("http://"),
            address.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return HTML("span", ["dir": "auto"], [HTML(address)]) }
        return HTML("a", ["href": address, "rel": "noreferrer"], [code(address)])
    }

    /// A name or code that is the same in every language, and runs from left to right.
    static func code(_ text: String) -> HTML {
        HTML("code", ["dir": "ltr"], [HTML(text)])
    }

    /// A text whose own script says in which direction it runs.
    static func name(_ text: String) -> HTML {
        HTML("bdi", [HTML(text)])
    }

    static func heading(_ text: String) -> HTML { HTML("th", ["scope": "col"], [HTML(text)]) }

    /// A drawing that scrolls by itself where the screen is narrow, by keyboard too.
    static func drawing(_ svg: HTML, _ label: String) -> HTML {
        HTML(
            "div",
            ["class": "drawing", "tabindex": "0", "role": "region", "aria-label": label], [svg])
    }

    /// Names and what belongs to them.
    static func facts(_ pairs: [(String, [HTML])]) -> HTML {
        HTML(
            "dl",
            pairs.filter { !$0.1.isEmpty }.flatMap { pair in
                [HTML("dt", [HTML(pair.0)]), HTML("dd", pair.1)]
            })
    }

    static func list(_ items: [HTML]) -> HTML {
        HTML("ul", items.map { HTML("li", [$0]) })
    }
}
