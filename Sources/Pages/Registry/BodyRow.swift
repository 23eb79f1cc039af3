internal import Encoding
internal import Language
internal import Registry

/// A body that may award, as tables and documents show it.
extension Page {
    static let bodyHeadings: [MessageKey] = [
        .registryBodies, .labelCovers, .registryPeriod, .registryAuthor, .registryAct,
    ]

    static func row(
        of found: Atlas.Found<Accreditation>, _ atlas: Atlas, in context: PageContext
    ) -> [Table.Cell] {
        let act = found.content
        let covered = act.qualifications.map { id in
            HTML.link(context.href(.qualification(id)), [.code(id)])
        }
        let until = act.period.until?.description ?? ""
        return [
            .cell(
                .name(act.names.text(in: context.languages)), HTML("p", [.code(act.body)])),
            .cell(.list(covered)),
            .cell(.code("\(act.period.from) – \(until)")),
            .cell(.name(atlas.name(of: found.author, in: context.languages))),
            .cell(entry(found, in: context)),
        ]
    }

    static func document(of found: Atlas.Found<Accreditation>) -> JSONValue {
        let act = found.content
        var object: JSONObject = [
            "body": .string(act.body), "by": .string(found.author),
            "qualifications": .array(act.qualifications.map(JSONValue.string)),
            "act": .string(found.address.documentPath),
        ]
        object["from"] = .string(act.period.from.description)
        object["until"] = act.period.until.map { .string($0.description) }
        return .object(object)
    }
}
