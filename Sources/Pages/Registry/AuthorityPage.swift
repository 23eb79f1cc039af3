internal import Encoding
internal import Language
internal import Registry

extension Page {
    /// One authority: who gave it which mandate, whom it accredited, what it has stated.
    ///
    /// - Returns: nil if no log at hand gave it a mandate.
    static func authority(
        _ id: String, _ atlas: Atlas, in context: PageContext
    ) -> Page? {
        let mandates = atlas.mandates(of: id)
        guard let newest = mandates.last else { return nil }
        let bodies = atlas.accreditations.filter { $0.author == id }
        let statements = atlas.statements.filter { $0.author == id }
        let acts = HolderActs(of: id, atlas, in: context)
        var main: [HTML] = [
            holderFacts(id, in: newest.log, atlas, in: context),
            HTML.table(
                caption: context.text(.registryMandates),
                [
                    .registryMay, .labelCovers, .registryTerritory, .registryPeriod,
                    .registryAuthor, .networkState, .registryAct,
                ].map { context.text($0) },
                mandates.reversed().map { row(of: $0, atlas, in: context) }),
        ]
        main += longTable(.registryBodies, bodyHeadings, bodies, in: context) {
            row(of: $0, atlas, in: context)
        }
        main += longTable(.registryRecognitions, statementHeadings, statements, in: context) {
            statementRow($0, atlas, in: context)
        }
        main += acts.html
        return Page(
            title: newest.content.names.text(in: context.languages), main: main,
            document: [
                "version": 1, "authority": .string(id),
                "name": .string(newest.content.names.text(in: context.languages)),
                "country": .string(newest.log.country),
                "mandates": .array(mandates.map(document)),
                "bodies": .array(bodies.prefix(listLimit).map { document(of: $0) }),
                "statements": .array(
                    statements.prefix(listLimit).map { document(of: $0, atlas) }),
                "acts": .array(acts.documents), "actCount": .integer(Int64(acts.count)),
            ])
    }

    /// The id and the country of an authority or a body.
    static func holderFacts(
        _ id: String, in log: Atlas.Log, _ atlas: Atlas, in context: PageContext
    ) -> HTML {
        .facts([
            ("ID", [.code(id)]),
            (
                context.text(.networkCountry),
                [
                    .link(
                        context.href(.country(log.country)),
                        [.name(log.names(in: context.languages)), " ", .code(log.country)])
                ]
            ),
        ])
    }

    private static func row(
        of found: Atlas.Found<Mandate>, _ atlas: Atlas, in context: PageContext
    ) -> [Table.Cell] {
        let act = found.content
        let purposes = (act.purposes ?? []).map { context.text("purpose", $0) }
        let state = state(found.standing, act.period, atlas)
        var may: [HTML] = [may(act, in: context)]
        if !purposes.isEmpty {
            may.append(
                HTML(
                    "p",
                    [
                        HTML("b", [HTML(context.text(.worthPurpose)), ": "]),
                        HTML(purposes.joined(separator: ", ")),
                    ]))
        }
        return [
            .cell(HTML("div", may)),
            .cell(.code(act.scope.map(\.text).joined(separator: ", "))),
            .cell(.code(act.territory.joined(separator: ", "))),
            .cell(.period(act.period)),
            .cell(holder(found.author, atlas, in: context)),
            .cell(Mark.tag(context.text(state.message), state.tone)),
            .cell(entry(found, in: context)),
        ]
    }

    /// What a mandate allows, in words.
    static func may(_ mandate: Mandate, in context: PageContext) -> HTML {
        let words = mandate.competences.map(\.rawValue).sorted()
            .map { context.text("competence", $0) }
        return .list(words.map { HTML($0) })
    }

    private static func document(of found: Atlas.Found<Mandate>) -> JSONValue {
        let act = found.content
        var object: JSONObject = [
            "by": .string(found.author),
            "may": .array(act.competences.map(\.rawValue).sorted().map(JSONValue.string)),
            "scope": .array(act.scope.map { .string($0.text) }),
            "territory": .array(act.territory.map(JSONValue.string)),
            "signatures": .integer(act.signatures),
            "from": .string(act.period.from.description),
            "standing": .string(standing(of: found.standing)),
            "act": .string(found.address.documentPath),
        ]
        object["purposes"] = act.purposes.map { .array($0.map(JSONValue.string)) }
        object["until"] = act.period.until.map { .string($0.description) }
        return .object(object)
    }
}

extension HTML {
    static func period(_ period: Period) -> HTML {
        HTML(
            "span", ["class": "when"],
            [.code("\(period.from) – \(period.until?.description ?? "")")])
    }
}
