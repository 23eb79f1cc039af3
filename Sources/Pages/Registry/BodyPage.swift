internal import Encoding
internal import Language
internal import Registry

extension Page {
    /// One body: who accredited it for what, its campuses, and what it has signed but for
    /// batches of awards.
    ///
    /// - Returns: nil if no log at hand accredited it.
    static func body(_ id: String, _ atlas: Atlas, in context: PageContext) -> Page? {
        let accreditations = atlas.accreditations(of: id)
        guard let newest = accreditations.last else { return nil }
        let campuses = atlas.accreditations.filter { $0.author == id }
        let acts = HolderActs(of: id, atlas, in: context)
        var main: [HTML] = [
            holderFacts(id, in: newest.log, atlas, in: context),
            HTML.table(
                caption: context.text(.registryAccreditations),
                [
                    .registryAuthor, .labelCovers, .registryPeriod, .networkState, .registryAct,
                ].map { context.text($0) },
                accreditations.reversed().map { accreditationRow($0, atlas, in: context) }),
        ]
        main += longTable(.registryBodies, bodyHeadings, campuses, in: context) {
            row(of: $0, atlas, in: context)
        }
        main += acts.html
        main.append(HTML("p", ["class": "hint"], [HTML(context.text(.registryNoBatches))]))
        return Page(
            title: newest.content.names.text(in: context.languages), main: main,
            document: [
                "version": 1, "body": .string(id),
                "name": .string(newest.content.names.text(in: context.languages)),
                "country": .string(newest.log.country),
                "accreditations": .array(
                    accreditations.map { found in
                        var object = document(of: found).object ?? JSONObject()
                        object["standing"] = .string(standing(of: found.standing))
                        return .object(object)
                    }),
                "campuses": .array(campuses.prefix(listLimit).map { document(of: $0) }),
                "acts": .array(acts.documents), "actCount": .integer(Int64(acts.count)),
            ])
    }

    private static func accreditationRow(
        _ found: Atlas.Found<Accreditation>, _ atlas: Atlas, in context: PageContext
    ) -> [Table.Cell] {
        let act = found.content
        let state = state(found.standing, act.period, atlas)
        let site = act.site.map { [HTML("p", [.name($0)])] } ?? []
        return [
            .cell(HTML("div", [holder(found.author, atlas, in: context)] + site)),
            .cell(.list(act.qualifications.map { named($0, atlas, in: context) })),
            .cell(.period(act.period)),
            .cell(Mark.tag(context.text(state.message), state.tone)),
            .cell(entry(found, in: context)),
        ]
    }
}
