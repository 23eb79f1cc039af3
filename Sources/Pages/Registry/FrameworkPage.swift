internal import Encoding
internal import Language
internal import Registry

extension Page {
    /// One framework: its levels beside others', and the qualifications that stand on them.
    ///
    /// - Returns: nil if no log at hand registers it or compares it with another.
    static func framework(
        _ id: String, _ atlas: Atlas, in context: PageContext
    ) -> Page? {
        let acts = atlas.frameworks.filter { $0.content.id == id }
        let from = atlas.referencings.filter { $0.content.from == id }
        let to = atlas.referencings.filter { $0.content.to == id }
        let qualifications = atlas.qualifications.filter { $0.content.framework == id }
        guard !acts.isEmpty || !from.isEmpty || !to.isEmpty else { return nil }
        var main: [HTML] = [facts(id, acts.last, in: context)]
        if !from.isEmpty {
            main.append(HTML("h2", [HTML(context.text(.registryReferencings))]))
            main += from.map { comparison($0, atlas, in: context) }
        }
        if !to.isEmpty { main += LevelChart(id, to, atlas, in: context).html }
        main += longTable(
            .registryQualifications,
            [.labelCertificate, .registryVersion, .labelLevel, .registryAct], qualifications,
            in: context
        ) { found in
            [
                .cell(
                    .link(
                        context.href(.qualification(found.content.id)),
                        [.name(found.content.titles.text(in: context.languages))]),
                    HTML("p", [.code(found.content.id)])),
                .cell(.code(found.content.version)),
                .cell(HTML(found.content.level ?? "-")),
                .cell(entry(found, in: context)),
            ]
        }
        var document: JSONObject = [
            "version": 1, "framework": .string(id),
            "name": .string(atlas.name(ofFramework: id, in: context.languages)),
            "referencings": .array((from + to).map(self.document)),
            "qualifications": .array(
                qualifications.prefix(listLimit).map { self.document(of: $0) }),
            "qualificationCount": .integer(Int64(qualifications.count)),
        ]
        if let found = acts.last {
            document["country"] = .string(found.log.country)
            document["levels"] = .integer(found.content.levels)
            document["act"] = .string(found.address.documentPath)
        }
        return Page(
            title: atlas.name(ofFramework: id, in: context.languages), main: main,
            document: .object(document))
    }

    private static func facts(
        _ id: String, _ found: Atlas.Found<Framework>?, in context: PageContext
    ) -> HTML {
        var facts: [(String, [HTML])] = [("ID", [.code(id)])]
        guard let found else { return .facts(facts) }
        facts += [
            (
                context.text(.networkCountry),
                [
                    .link(
                        context.href(.country(found.log.country)),
                        [
                            .name(found.log.names(in: context.languages)), " ",
                            .code(found.log.country),
                        ])
                ]
            ),
            (context.text(.registryLevels), [HTML("\(found.content.levels)")]),
            (context.text(.registryAct), [entry(found, in: context)]),
            (context.text(.labelBasis), basis(found.content.basis, in: context)),
        ]
        return .facts(facts)
    }

    /// One comparison, row by row, in words.
    private static func comparison(
        _ found: Atlas.Found<Referencing>, _ atlas: Atlas, in context: PageContext
    ) -> HTML {
        let act = found.content
        func name(_ id: String) -> String { atlas.name(ofFramework: id, in: context.languages) }
        let status = context.text("referencing", act.status.rawValue)
        return HTML(
            "div",
            [
                HTML.table(
                    caption: "\(name(act.from)) · \(name(act.to)) (\(status))",
                    [name(act.from), context.text(.registryRelation), name(act.to)],
                    act.rows.map { row in
                        [
                            .cell(HTML(row.from.joined(separator: ", "))),
                            .cell(HTML(context.text("relation", row.relation.rawValue))),
                            .cell(HTML(row.to.joined(separator: ", "))),
                        ]
                    }),
                .facts([
                    (context.text(.registryAuthor), [holder(found.author, atlas, in: context)]),
                    (context.text(.registryAct), [entry(found, in: context)]),
                    (
                        context.text(.registryFramework),
                        [framework(act.to, atlas, in: context), " ", .code(act.to)]
                    ),
                ]),
            ])
    }

    /// On what an act rests, where that was read, and how sure it is.
    static func basis(_ basis: Basis?, in context: PageContext) -> [HTML] {
        guard let basis else { return [] }
        return [
            HTML("p", [.name(basis.text)]), .outside(basis.source), " ",
            Mark.tag(context.text("confidence", basis.confidence.rawValue), "unknown"),
        ]
    }
}
