import Language
public import Recognition

/// How the ids of a verdict are called, so that its sentences name authorities, units and acts.
///
/// What has no name here is called by its id.
public struct WorthNames: Hashable, Sendable {
    /// Names of authorities by id, and titles of units by code.
    public var names: [String: String]
    /// Where acts stand, by id.
    public var places: [String: LogStatements.Place]

    public init(names: [String: String] = [:], places: [String: LogStatements.Place] = [:]) {
        self.names = names
        self.places = places
    }

    func authority(_ id: String) -> Message.Argument { .text(names[id] ?? id) }

    /// The authority, or the competent one where none is named.
    func authority(_ id: String?) -> Message.Argument {
        id.map { .text(names[$0] ?? $0) } ?? .message(.authorityCompetent)
    }

    /// A framework by its name and id, so that levels of two are never compared.
    func framework(_ id: String?) -> Message.Argument {
        guard let id else { return .message(.requirementNotNamed) }
        return .text(names[id].map { "\($0) (\(id))" } ?? id)
    }

    /// A name that an act gives to what it asks for: one that is no words, such as
    /// `zab-dab`, is shown as the mere name that it is.
    static func undescribed(_ name: String) -> Message.Argument {
        guard !name.contains(" ") else { return .text(name) }
        return .message(Message(.requirementUndescribed, ["name": .text(name)]))
    }

    /// An act by the place where it stands.
    func act(_ id: String) -> Message.Argument {
        guard let place = places[id] else { return .text(id) }
        return .message(
            Message(
                .placeEntry, ["entry": .number(place.index), "origin": .text(place.origin)]))
    }

    /// A unit with its title; a criterion by what it asks for.
    func unit(_ code: String) -> Message.Argument {
        guard let title = names[code] else { return WorthNames.fact(code) }
        return .message(Message(.unitTitled, ["code": .text(code), "title": .text(title)]))
    }

    /// What a predicate of this kind asks for; another fact by its own name.
    static func fact(_ kind: String) -> Message.Argument {
        // Both ask for the type of the award.
        let kind = kind == "not-type" ? "award-type" : kind
        return MessageKey(named: "fact.\(kind)").map { .message($0) } ?? .text(kind)
    }

    static func facts(_ kinds: [String]) -> Message.Argument { .list(kinds.map(fact), .comma) }
}
