public import Registry

/// What an award covers of what a destination asks, what is missing, and where the missing parts
/// are offered as parts of qualifications.
///
/// `Protocol/recognition.md § Survey`.
public struct GapSheet: Hashable, Sendable {
    /// A qualification that offers a missing unit.
    public struct Offer: Hashable, Sendable {
        public let qualification: String
        public let version: String
        public let country: String
        public let titles: LocalizedText
    }

    /// One part that is covered.
    public struct Covered: Hashable, Sendable {
        public let code: String
        public let title: String?
    }

    /// One missing part.
    public struct Missing: Hashable, Sendable {
        public let code: String
        /// The unit's title, where the code is a unit that is known.
        public let title: String?
        public let offers: [Offer]
    }

    public let row: WorthRow
    public let covered: [Covered]
    public let missing: [Missing]

    /// The titles of both, by code.
    public var titles: [String: String] {
        let known = covered.map { ($0.code, $0.title) } + missing.map { ($0.code, $0.title) }
        return Dictionary(
            known.compactMap { code, title in title.map { (code, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// - Parameter qualifications: all that are known anywhere: where units may be offered. A
    ///   version that another one replaced is offered no longer, and the qualification asked about
    ///   is no way to itself.
    public init(_ row: WorthRow, among qualifications: [Qualification]) {
        self.row = row
        var titles: [String: String] = [:]
        var offers: [String: [Offer]] = [:]
        let replaced = Set(
            qualifications.compactMap(\.supersedes).map { "\($0.qualification)@\($0.version)" })
        for qualification in qualifications.sorted(by: { $0.versionName < $1.versionName }) {
            let isOffered =
                !replaced.contains(qualification.versionName)
                && qualification.id != row.target["qual"]
            let offer = Offer(
                qualification: qualification.id, version: qualification.version,
                country: qualification.country, titles: qualification.titles)
            for unit in qualification.units {
                titles[unit.code] = titles[unit.code] ?? unit.title
                if isOffered, offers[unit.code]?.contains(offer) != true {
                    offers[unit.code, default: []].append(offer)
                }
            }
        }
        covered = row.verdict.scope.map { Covered(code: $0, title: titles[$0]) }
        missing = row.verdict.missing.map {
            Missing(code: $0, title: titles[$0], offers: offers[$0] ?? [])
        }
    }
}
