public import Cryptography
public import Encoding
public import Registry

/// The standing acts of all logs at hand, as the pages of the registry show them.
///
/// Built from copies that were verified when they were followed; it decides nothing.
public struct Atlas: Sendable {
    /// One country's log.
    public struct Log: Sendable {
        public let country: String
        public let origin: String
        public let originHash: HashValue
        public let size: UInt64
        public let quorumTime: Timestamp?
        public let isFrozen: Bool
        /// What the fold kept, in the order of the log, ended acts included.
        public let acts: [StandingAct]

        public init(
            country: String, origin: String, originHash: HashValue, size: UInt64,
            quorumTime: Timestamp?, isFrozen: Bool, acts: [StandingAct]
        ) {
            self.country = country
            self.origin = origin
            self.originHash = originHash
            self.size = size
            self.quorumTime = quorumTime
            self.isFrozen = isFrozen
            self.acts = acts
        }

        func names(in languages: [String]) -> String {
            for standing in acts.reversed() {
                if case .country(let profile) = standing.act {
                    return profile.names.text(in: languages)
                }
            }
            return country
        }
    }

    /// An act with the log that holds it.
    struct Found<Content> {
        let content: Content
        let standing: StandingAct
        let log: Log

        var address: PageAddress { .act(log.originHash, standing.logged.index) }
        var author: String { standing.logged.entry.envelope.author }
    }

    /// A statement about recognition, whatever its kind.
    struct Statement {
        let provision: Provision
        let places: [String]
        /// The name of an instrument.
        let names: LocalizedText?
    }

    public let logs: [Log]
    let day: CalendarDate
    /// Where what acts name has its page.
    let pages: NamedPages

    public init(_ logs: [Log], on day: CalendarDate) {
        // What a frozen log says after the split is believed by nobody.
        let believed = logs.filter { !$0.isFrozen }
        self.logs = believed
        self.day = day
        pages = NamedPages(believed)
    }

    /// The acts that stand and were mandated, of one kind.
    private func found<Content>(_ select: (Act) -> Content?) -> [Found<Content>] {
        all { $0.isMandated && $0.stands(on: day) ? select($0.act) : nil }
    }

    /// Acts of one kind, whatever became of them.
    private func all<Content>(_ select: (StandingAct) -> Content?) -> [Found<Content>] {
        logs.flatMap { log in
            log.acts.compactMap { standing in
                select(standing).map { Found(content: $0, standing: standing, log: log) }
            }
        }
    }

    /// The mandates that an authority was ever given, in the order of the log.
    func mandates(of authority: String) -> [Found<Mandate>] {
        all { standing in
            guard case .mandate(let act) = standing.act, act.authority == authority,
                standing.isMandated
            else { return nil }
            return act
        }
    }

    /// The accreditations that a body was ever given, in the order of the log.
    func accreditations(of body: String) -> [Found<Accreditation>] {
        all { standing in
            guard case .accreditation(let act) = standing.act, act.body == body,
                standing.isMandated
            else { return nil }
            return act
        }
    }

    /// What an authority or a body signed, in the order of the logs.
    func acts(by author: String) -> [Found<Act>] {
        all { $0.logged.entry.envelope.author == author ? $0.act : nil }
    }

    func log(of country: String) -> Log? { logs.first { $0.country == country } }

    /// Every version of every qualification, registered by its own country.
    var qualifications: [Found<Qualification>] {
        found { if case .qualification(let act) = $0 { act } else { nil } }
            .filter { $0.content.country == $0.log.country }
    }

    var frameworks: [Found<Framework>] {
        found { if case .framework(let act) = $0 { act } else { nil } }
    }

    var referencings: [Found<Referencing>] {
        found { if case .referencing(let act) = $0 { act } else { nil } }
    }

    var regulations: [Found<Regulation>] {
        found { if case .regulation(let act) = $0 { act } else { nil } }
    }

    var mandates: [Found<Mandate>] {
        found { if case .mandate(let act) = $0 { act } else { nil } }
            .filter { $0.content.period.contains(day) }
    }

    /// The bodies that may award today, by the accreditors' acts; a campus while its body may.
    var accreditations: [Found<Accreditation>] {
        let current = found { if case .accreditation(let act) = $0 { act } else { nil } }
            .filter { $0.content.period.contains(day) }
        let delegating = Set(
            current.filter { $0.content.allowsDelegation }.map { [$0.log.origin, $0.content.body] })
        return current.filter { found in
            guard case .body? = pages[found.author] else { return true }
            return delegating.contains([found.log.origin, found.author])
        }
    }

    /// What is in force about recognition.
    var statements: [Found<Statement>] {
        found { act in
            switch act {
            case .equivalence(let act):
                Statement(provision: act.provision, places: [act.jurisdiction], names: nil)
            case .instrument(let act):
                Statement(
                    provision: act.provision, places: act.jurisdictions, names: act.names)
            default: nil
            }
        }.filter { $0.content.provision.isInForce(on: day) }
    }

    /// The statements that name a qualification, by id or by a pattern.
    func statements(about id: String) -> [Found<Statement>] {
        statements.filter { found in
            found.content.provision.qualifications.contains { Pattern($0).matches(id) }
        }
    }

    /// The countries whose awards or registrations a statement names; none: it names no country.
    func origins(of statement: Statement) -> Set<String> {
        var countries = Set(
            statement.provision.entry.filter { ["award-jur", "registration"].contains($0.kind) }
                .flatMap { $0.names("in") }.map { String($0.prefix(2)) })
        for name in statement.provision.qualifications {
            countries.insert(String(name.prefix { $0 != "." }).uppercased())
        }
        return countries.filter { code in
            code.utf8.count == 2 && code.utf8.allSatisfy { (0x41...0x5A).contains($0) }
        }
    }

    /// The name of an authority, by the log that gave it its mandate.
    func name(of holder: String, in languages: [String]) -> String {
        for log in logs {
            if let name = log.acts.name(of: holder, in: languages) { return name }
        }
        return holder
    }

    /// The titles of a framework, or its id where nobody at hand registers it.
    func name(ofFramework id: String, in languages: [String]) -> String {
        frameworks.first { $0.content.id == id }?.content.names.text(in: languages) ?? id
    }
}
