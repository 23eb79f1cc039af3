/// A name of a qualification or a body: one whose first part is two letters belongs to that
/// country (`ph.cebu` to PH), any other to none.
///
/// `Protocol/entry.md § Who may say what`.
public struct OwnedName: Hashable, Sendable {
    public let name: String

    public init(_ name: String) { self.name = name }

    /// ISO 3166-1; nil where the name is no country's.
    public var country: String? {
        let first = name.prefix { $0 != "." }
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        guard first.utf8.count == 2, first.endIndex < name.endIndex,
            first.utf8.allSatisfy(letters.contains)
        else { return nil }
        return first.uppercased()
    }
}
