/// A place whose law may speak: a country, a part of one, a former state; `*` for all.
///
/// `Protocol/recognition.md § Matching`.
public struct Jurisdiction: Hashable, Sendable {
    /// ISO 3166-1, 3166-2 or 3166-3.
    public let code: String

    public init(_ code: String) { self.code = code }

    /// Whether what is stated for this place holds in that one: the same, a part of it, or all.
    public func covers(_ place: String) -> Bool {
        if code == place || code == "*" { return true }
        let own = code.utf8.count
        return own < place.utf8.count && place.utf8.starts(with: code.utf8)
            && place.utf8[place.utf8.index(place.utf8.startIndex, offsetBy: own)]
                == UInt8(ascii: "-")
    }

    /// Whether the state is gone: codes of ISO 3166-3 have four letters.
    var isFormerState: Bool { code.utf8.count == 4 && !code.utf8.contains(UInt8(ascii: "-")) }

    /// Whether one of several places covers it.
    static func anyCovers(_ codes: [String], _ place: String) -> Bool {
        codes.contains { Jurisdiction($0).covers(place) }
    }
}
