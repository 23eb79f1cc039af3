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
    public static func all(
        in statements: StatementSet, to destination: String, occupations: [String],
        on day: CalendarDate
    ) -> [Route] {
        statements.grounds.filter { ground in
            ground.isBinding(in: destination, occupations: occupations, on: day)
                && ground.provision.isInForce(on: day) && (ground.end.map { day < $0 } ?? true)
                && ground.authorship.competence != .outsideMandate
                && (ground.provision.target["occ"].map(occupations.contains) ?? true)
        }.compactMap { Route($0, to: destination) }
            .sorted { $0.ground.id < $1.ground.id }
    }

    private init?(_ ground: GeneralGround, to destination: String) {
        let provision = ground.provision
        let chained = provision.entry.filter {
            $0.kind == "prior-decision" || $0.kind == "registration"
        }
        var seen: Set<String> = []
        let places = chained.flatMap { $0.names("in") }.filter {
            !Jurisdiction($0).covers(destination) && !Jurisdiction(destination).covers($0)
                && seen.insert($0).inserted
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
