/// That several names are of one person, as an authority attests it (G6).
public struct IdentityLink: Hashable, Sendable {
    public let authorship: Authorship
    /// The pseudonyms that are one person.
    public let holders: [String]

    public init(_ authorship: Authorship, holders: [String]) {
        self.authorship = authorship
        self.holders = holders
    }
}
