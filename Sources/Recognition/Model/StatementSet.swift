public import Encoding
public import Registry

/// Everything that the engine is told: a set, in which order and unrelated statements mean
/// nothing.
///
/// `Protocol/recognition.md § Statements`. The caller must have proven the acts of logs, and
/// verified what is about a person; what is in a file of cases is taken as it stands.
public struct StatementSet: Hashable, Sendable {
    public var mandates: [KnownAct<Mandate>] = []
    public var qualifications: [KnownAct<Qualification>] = []
    public var supersessions: [Supersession] = []
    public var accreditations: [KnownAccreditation] = []
    public var regulations: [KnownAct<Regulation>] = []
    public var referencings: [KnownAct<Referencing>] = []
    public var grounds: [GeneralGround] = []
    public var awards: [Award] = []
    public var decisions: [Decision] = []
    public var evidence: [Evidence] = []
    public var alerts: [Alert] = []
    public var links: [IdentityLink] = []
    public var events: [StatementEvent] = []

    public init() {}

    /// Set union is the merge: statements are facts by their authors, not rows.
    public mutating func formUnion(_ other: StatementSet) {
        mandates += other.mandates
        qualifications += other.qualifications
        supersessions += other.supersessions
        accreditations += other.accreditations
        regulations += other.regulations
        referencings += other.referencings
        grounds += other.grounds
        awards += other.awards
        decisions += other.decisions
        evidence += other.evidence
        alerts += other.alerts
        links += other.links
        events += other.events
    }
}

/// That one version of a qualification replaced another.
public struct Supersession: Hashable, Sendable {
    public let authorship: Authorship
    /// Version names (`Qualification.versionName`).
    public let old: String
    public let new: String
    /// Whether a statement about one carries to the other; nil: nobody has said.
    public let isEquivalent: Bool?

    public init(_ authorship: Authorship, old: String, new: String, isEquivalent: Bool?) {
        self.authorship = authorship
        self.old = old
        self.new = new
        self.isEquivalent = isEquivalent
    }
}

/// An accreditor's finding about a qualification, as predicates ask for it (G3).
public struct KnownAccreditation: Hashable, Sendable {
    public let authorship: Authorship
    /// The ids of qualifications, or patterns over them.
    public let qualifications: [String]
    public let body: String?
    public let site: String?
    public let tier: Int64?
    public let since: CalendarDate
    public let until: CalendarDate?

    public init(
        _ authorship: Authorship, qualifications: [String], body: String? = nil,
        site: String? = nil, tier: Int64? = nil, since: CalendarDate, until: CalendarDate? = nil
    ) {
        self.authorship = authorship
        self.qualifications = qualifications
        self.body = body
        self.site = site
        self.tier = tier
        self.since = since
        self.until = until
    }

    func covers(_ award: Award) -> Bool {
        since <= award.awarded && (until.map { award.awarded <= $0 } ?? true)
            && qualifications.contains { Pattern($0).matches(award.qualification.id) }
            && (body == nil || body == award.body) && (site == nil || site == award.site)
    }
}
