import Cryptography
public import Encoding
public import Registry

/// A statement about all who fit it: an instrument or an equivalence, at the place that it binds.
///
/// `Protocol/recognition.md § Grounds`. A class, because grounds are large and handed on often;
/// nothing in it changes.
public final class GeneralGround: Sendable {
    public enum Kind: Hashable, Sendable {
        case instrument
        /// A one-way statement of an authority.
        case equivalence
    }

    public let kind: Kind
    public let authorship: Authorship
    /// The places that it binds.
    public let binds: [Jurisdiction]
    public let provision: Provision
    /// The occupation for which its author must be mandated, beside the target's.
    public let occupation: String?
    /// Whether silence counts as consent (X11).
    public let isDeemed: Bool
    public let carriesRestrictions: Bool
    public let derogations: [Instrument.Derogation]
    /// Statements of one author with one key are about the same thing.
    public let key: String?
    /// The id of the statement that it replaces.
    public let supersedes: String?
    /// The first day on which it no longer stands.
    public let end: CalendarDate?
    /// How special it is: as stated, or as its predicates name versions, ids, patterns, types.
    var specificity: Int64 { provision.predicateSpecificity }

    public var id: String { authorship.id }

    public init(
        _ equivalence: Equivalence, _ authorship: Authorship, occupation: String? = nil,
        supersedes: String? = nil, end: CalendarDate? = nil
    ) {
        kind = .equivalence
        self.authorship = authorship
        binds = [Jurisdiction(equivalence.jurisdiction)]
        provision = equivalence.provision
        self.occupation = occupation
        isDeemed = false
        carriesRestrictions = false
        derogations = []
        key = equivalence.key
        self.supersedes = supersedes ?? equivalence.supersedes?.hexadecimal
        self.end = end
    }

    public init(_ instrument: Instrument, _ authorship: Authorship, end: CalendarDate? = nil) {
        kind = .instrument
        self.authorship = authorship
        binds = instrument.jurisdictions.map(Jurisdiction.init)
        provision = instrument.provision
        occupation = nil
        isDeemed = instrument.isDeemed
        carriesRestrictions = instrument.carriesRestrictions
        derogations = instrument.derogations
        key = nil
        supersedes = nil
        self.end = end
    }

    /// Whether it binds there on that day for those occupations: derogations are part of it.
    func isBinding(in place: String, occupations: [String], on day: CalendarDate) -> Bool {
        guard binds.contains(where: { $0.covers(place) }) else { return false }
        return !derogations.contains { derogation in
            Jurisdiction(derogation.jurisdiction).covers(place) && derogation.isInForce(on: day)
                && (derogation.occupation.map(occupations.contains) ?? true)
        }
    }

    /// Whether it asks that receipt and the passing of the time limits are confirmed.
    var asksForConfirmation: Bool { provision.entry.contains { $0.kind == "confirmation" } }
}

extension GeneralGround: Hashable {
    public static func == (left: GeneralGround, right: GeneralGround) -> Bool {
        left === right
            || left.kind == right.kind && left.authorship == right.authorship
                && left.binds == right.binds && left.provision == right.provision
                && left.occupation == right.occupation && left.isDeemed == right.isDeemed
                && left.carriesRestrictions == right.carriesRestrictions
                && left.derogations == right.derogations && left.key == right.key
                && left.supersedes == right.supersedes && left.end == right.end
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(authorship)
        hasher.combine(provision)
    }
}

extension Provision {
    /// As stated, or as the predicates name versions, ids, patterns, types.
    fileprivate var predicateSpecificity: Int64 {
        if let specificity { return specificity }
        let names = entry.filter { $0.kind == "award-qual" }.flatMap { $0.names("in") }
        if names.contains(where: { $0.utf8.contains(UInt8(ascii: "@")) }) { return 4 }
        if names.contains(where: { !$0.utf8.contains(UInt8(ascii: "*")) }) { return 3 }
        if !names.isEmpty { return 2 }
        return entry.contains { $0.kind == "award-type" } ? 1 : 0
    }
}
