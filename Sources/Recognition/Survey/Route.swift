public import Encoding
public import Registry

/// A way through a third country that a destination itself wrote into one of its own rules.
///
/// `Protocol/recognition.md § Survey`. Nothing else is a way: recognitions do not chain (C1), and
/// at most one country lies between (C9).
public struct Route: Hashable, Sendable {
    /// The destination's rule.
    public let ground: RecognitionVerdict.Ground
    public let purposes: [String]
    /// What it gives once everything is met.
    public let effect: Provision.Effect
    /// The countries through which it leads.
    public let through: [String]
    /// What the third country must have said or given: the predicates that name it.
    public let steps: [Predicate]
    /// What else the rule asks.
    public let entry: [Predicate]
    public let conditions: [Condition]

    /// The ways that a destination's statements open to awards of these occupations.
    ///
    /// - Parameter homes: the places of the awards: what happened there is no way through a third
    ///   country.
    public static func all(
        in statements: StatementSet, to destination: String, from homes: [String],
        occupations: [String], on day: CalendarDate
    ) -> [Route] {
        let situation = Situation(
            statements,
            RecognitionQuestion(destination: destination, purpose: .employ, awards: [], day: day),
            omitting: [])
        return statements.grounds.filter { ground in
            ground.isBinding(in: destination, occupations: occupations, on: day)
                && ground.provision.isInForce(on: day) && (ground.end.map { day < $0 } ?? true)
                && ground.authorship.competence != .outsideMandate
                && (ground.provision.target["occ"].map(occupations.contains) ?? true)
                && ground.provision.effect != .refuse
                && !situation.supersessions.replaces(ground)
                && situation.standing(of: ground) == .stands
        }.compactMap { Route($0, to: destination, from: homes) }
            .sorted { $0.ground.id < $1.ground.id }
    }

    private init?(_ ground: GeneralGround, to destination: String, from homes: [String]) {
        let provision = ground.provision
        func isChained(_ predicate: Predicate) -> Bool {
            predicate.kind == "prior-decision" || predicate.kind == "registration"
        }
        let chained = provision.entry.filter(isChained)
        let asked = chained + provision.conditions.flatMap(\.anyOf).filter(isChained)
        let ends = [destination] + homes
        var seen: Set<String> = []
        let places = asked.flatMap { $0.names("in") }.filter { place in
            !ends.contains { Jurisdiction(place).covers($0) || Jurisdiction($0).covers(place) }
                && seen.insert(place).inserted
        }
        guard !places.isEmpty else { return nil }
        self.ground = RecognitionVerdict.Ground(
            id: ground.id, kind: ground.kind == .instrument ? .instrument : .equivalence,
            author: ground.authorship.author, basis: provision.basis?.text,
            since: provision.since, until: provision.until)
        purposes = provision.purposes
        effect = provision.effect
        through = places
        steps = chained
        entry = provision.entry.filter { !chained.contains($0) }
        conditions = provision.conditions
    }
}
