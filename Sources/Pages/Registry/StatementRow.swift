internal import Encoding
internal import Language
internal import Registry

/// A statement about recognition as tables and documents show it.
extension Page {
    static let statementHeadings: [MessageKey] = [
        .registryStatement, .registryEffect, .worthPurpose, .registryFrom, .registryAct,
    ]

    static func statementRow(
        _ found: Atlas.Found<Atlas.Statement>, _ atlas: Atlas, in context: PageContext
    ) -> [Table.Cell] {
        let provision = found.content.provision
        return [
            .cell(
                found.content.names.map { .name($0.text(in: context.languages)) } ?? "",
                HTML("p", [holder(found.author, atlas, in: context)]),
                HTML("div", target(provision.target, atlas, in: context))),
            .cell(
                Mark.tag(
                    context.text("effect", provision.effect.rawValue),
                    tone(of: provision.effect))),
            .cell(
                HTML(
                    provision.purposes.map { context.text("purpose", $0) }
                        .joined(separator: ", "))),
            .cell(origins(of: found.content, atlas, in: context)),
            .cell(entry(found, in: context)),
        ]
    }

    static func tone(of effect: Provision.Effect) -> String {
        switch effect {
        case .right: "good"
        case .assess, .alternative: "mid"
        case .advice: "unknown"
        case .refuse: "bad"
        }
    }

    static func document(of found: Atlas.Found<Atlas.Statement>, _ atlas: Atlas) -> JSONValue {
        let provision = found.content.provision
        var target = JSONObject()
        for (name, value) in provision.target.values.sorted(by: { $0.key < $1.key }) {
            target[name] = .string(value)
        }
        var object: JSONObject = [
            "kind": .string(found.standing.logged.entry.envelope.kind),
            "by": .string(found.author),
            "jurisdictions": .array(found.content.places.map(JSONValue.string)),
            "purposes": .array(provision.purposes.map(JSONValue.string)),
            "target": .object(target), "effect": .string(provision.effect.rawValue),
            "qualifications": .array(provision.qualifications.map(JSONValue.string)),
            "origins": .array(atlas.origins(of: found.content).sorted().map(JSONValue.string)),
            "since": .string(provision.since.description),
            "act": .string(found.address.documentPath),
        ]
        object["until"] = provision.until.map { .string($0.description) }
        return .object(object)
    }

    private static func origins(
        of statement: Atlas.Statement, _ atlas: Atlas, in context: PageContext
    ) -> HTML {
        let origins = atlas.origins(of: statement)
        guard !origins.isEmpty else { return HTML(context.text(.registryAnyCountry)) }
        return .code(origins.sorted().joined(separator: ", "))
    }
}
