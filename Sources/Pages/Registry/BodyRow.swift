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
        let covered = act.qualifications.map { named($0, atlas, in: context) }
        return [
            .cell(
                .link(
                    context.href(.body(act.body)), [.name(act.names.text(in: context.languages))]),
                HTML("p", [.code(act.body)])),
            .cell(.list(covered)),
            .cell(.period(act.period)),
            .cell(holder(found.author, atlas, in: context)),
            .cell(entry(found, in: context)),
        ]
    }

    static func document(of found: Atlas.Found<Accreditation>) -> JSONValue {
        let act = found.content
        var object: JSONObject = [
            "body": .string(act.body), "by": .string(found.author),
            "qualifications": .array(act.qualifications.map(JSONValue.string)),
            "page": .string(PageAddress.body(act.body).path),
            "act": .string(found.address.documentPath),
        ]
        object["from"] = .string(act.period.from.description)
        object["until"] = act.period.until.map { .string($0.description) }
        return .object(object)
    }
}
