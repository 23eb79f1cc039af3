import Encoding
public import Language
public import Registry

/// What a predicate asks for, in words: its kind, and every other member as a qualification.
///
/// `Protocol/recognition.md § Predicates`. A member that this version does not know stands there
/// as it is: it could narrow what is asked for, and is never passed over.
public struct RequirementSentence: Sendable {
    private let predicate: Predicate
    private let names: WorthNames

    public init(_ predicate: Predicate, _ names: WorthNames) {
        self.predicate = predicate
        self.names = names
    }

    public var argument: Message.Argument {
        let (base, spoken) = self.base
        let rest = predicate.members.members.filter { member in
            !RequirementSentence.ofConditions.contains(member.name)
                && !spoken.contains(member.name) && !member.name.utf8.starts(with: "x-".utf8)
        }
        guard !rest.isEmpty else { return base }
        let qualifiers = rest.map { Message.Argument.message(qualifier($0.name, $0.value)) }
        return .message(
            Message(
                .requirementQualified,
                ["requirement": base, "qualifiers": .list(qualifiers, .comma)]))
    }

    /// Members that belong to the condition in which the predicate stands.
    private static let ofConditions: Set<String> = [
        "p", "id", "stage", "deadline", "selfExecuting", "imposedBy",
    ]

    /// The kind in words, and the members that these words name.
    private var base: (Message.Argument, Set<String>) {
        switch predicate.kind {
        case "award-qual": sentence(.requirementAwardQual, "names", list("in"), "in")
        case "award-jur": sentence(.requirementAwardJur, "places", list("in"), "in")
        case "award-type": sentence(.requirementAwardType, "names", list("in"), "in")
        case "not-type": sentence(.requirementNotType, "names", list("in"), "in")
        case "mode-not": sentence(.requirementModeNot, "names", list("in"), "in")
        case "nationality": sentence(.requirementNationality, "places", list("in"), "in")
        case "registration": sentence(.requirementRegistration, "places", list("in"), "in")
        case "prior-decision": sentence(.requirementPriorDecision, "places", list("in"), "in")
        case "award-date": (.message(.requirementAwardDate), [])
        case "study-start": (.message(.requirementStudyStart), [])
        case "good-standing": (.message(.requirementGoodStanding), [])
        case "accredited":
            sentence(
                .requirementAccredited, "authority",
                text("by").map { names.authority($0) } ?? .message(.requirementNotNamed), "by")
        case "status":
            (
                .message(
                    Message(
                        .requirementStatus,
                        [
                            "name": text("key").map { .text($0) } ?? .message(.requirementNotNamed),
                            "value": .text(value("value")),
                        ])),
                ["key", "value"]
            )
        case "min-months": sentence(.requirementMinMonths, "months", months("n"), "n")
        case "experience":
            sentence(.requirementExperience, "months", months("min_months"), "min_months")
        case "test": sentence(.requirementTest, "name", named("name"), "name")
        case "attestation": sentence(.requirementAttestation, "name", named("name"), "name")
        case "adaptation": sentence(.requirementAdaptation, "name", named("name"), "name")
        case "confirmation": sentence(.requirementConfirmation, "name", named("name"), "name")
        case "language": sentence(.requirementLanguage, "language", language, "lang")
        // In a draft that is tried out, a kind may stand that nobody knows.
        default: (.text(predicate.kind), [])
        }
    }

    private func sentence(
        _ key: MessageKey, _ name: String, _ argument: Message.Argument, _ member: String
    ) -> (Message.Argument, Set<String>) {
        (.message(Message(key, [name: argument])), [member])
    }

    private func text(_ member: String) -> String? { predicate.members[member]?.string }

    private func value(_ member: String) -> String {
        predicate.members[member].map(RequirementSentence.plain) ?? ""
    }

    private func named(_ member: String) -> Message.Argument {
        text(member).map(WorthNames.undescribed) ?? .message(.requirementNotNamed)
    }

    private func list(_ member: String) -> Message.Argument {
        let elements = predicate.names(member)
        return elements.isEmpty
            ? .message(.requirementNotNamed) : .list(elements.map { .text($0) }, .comma)
    }

    private func months(_ member: String) -> Message.Argument {
        guard let months = predicate.members[member]?.integer else {
            return .message(.requirementNotNamed)
        }
        return RequirementSentence.months(months)
    }

    private static func months(_ months: Int64) -> Message.Argument {
        .message(Message(.countMonths, ["count": .number(months)]))
    }

    private var language: Message.Argument {
        guard let tag = text("lang") else { return .message(.requirementNotNamed) }
        return MessageKey(named: "language.\(tag)").map { .message($0) } ?? .text(tag)
    }

    private func qualifier(_ name: String, _ value: JSONValue) -> Message {
        let elements = predicate.names(name)
        let listed = Message.Argument.list(elements.map { .text($0) }, .comma)
        switch (name, value) {
        case ("from", .string), ("since", .string):
            return Message(.qualifierFrom, ["date": listed])
        case ("to", .string): return Message(.qualifierUntil, ["date": listed])
        case ("occ", .string): return Message(.qualifierOccupation, ["name": listed])
        case ("jur", .string), ("jur", .array): return Message(.qualifierPlaces, ["places": listed])
        case ("also", .object(let parties)):
            let places = parties.members.map { Message.Argument.text($0.name) }
            return Message(.qualifierForATime, ["places": .list(places, .comma)])
        case ("within_months", .integer(let months)):
            return Message(.qualifierWithin, ["months": RequirementSentence.months(months)])
        case ("valid_months", .integer(let months)):
            return Message(.qualifierValid, ["months": RequirementSentence.months(months)])
        case ("lawful", .bool(true)): return Message(.qualifierLawful)
        case ("unrestricted", .bool(true)): return Message(.qualifierUnrestricted)
        case ("exclusive", .bool(true)): return Message(.qualifierExclusive)
        case ("tier", .integer(let tier)):
            return Message(.qualifierTier, ["name": .number(tier)])
        case ("level", .string): return Message(.qualifierLevel, ["name": listed])
        case ("result", .string), ("result", .array):
            return Message(.qualifierResult, ["name": listed])
        case ("via", .string): return Message(.qualifierVia, ["name": listed])
        default:
            return Message(
                .qualifierOther,
                ["name": .text(name), "value": .text(RequirementSentence.plain(value))])
        }
    }

    private static func plain(_ value: JSONValue) -> String {
        value.string ?? String(decoding: value.serialized, as: UTF8.self)
    }
}
