internal import Encoding
internal import Language
internal import Registry

extension Page {
    /// One qualification: its versions with their units, and who has said what about it.
    ///
    /// - Returns: nil if no log at hand registers it.
    static func qualification(
        _ id: String, _ atlas: Atlas, in context: PageContext
    ) -> Page? {
        let versions = atlas.qualifications.filter { $0.content.id == id }
        guard let newest = versions.last?.content else { return nil }
        let statements = atlas.statements(about: id)
        var main: [HTML] = [
            HTML(
                "p",
                [
                    HTML(
                        "a",
                        [
                            "class": "go",
                            "href": context.href(.worth, [("qualification", id)]),
                        ], [HTML(context.text(.pageWorth))])
                ])
        ]
        main += versions.reversed().flatMap { version($0, atlas, in: context) }
        let bodies = atlas.accreditations.filter { $0.content.qualifications.contains(id) }
        main += longTable(.registryBodies, bodyHeadings, bodies, in: context) {
            row(of: $0, atlas, in: context)
        }
        if !statements.isEmpty {
            main.append(HTML("h2", [HTML(context.text(.registryRecognitions))]))
            main.append(
                .drawing(
                    RecognitionGraph(id, statements, in: context).svg,
                    context.text(.registryRecognitions)))
            main.append(
                HTML.table(
                    caption: context.text(.registryRecognitions),
                    statementHeadings.map { context.text($0) },
                    statements.map { statementRow($0, atlas, in: context) }))
        }
        return Page(
            title: newest.titles.text(in: context.languages), main: main,
            document: [
                "version": 1, "qualification": .string(id),
                "versions": .array(
                    versions.map { found in
                        var object = document(of: found).object ?? JSONObject()
                        object["units"] = .array(
                            found.content.units.map {
                                [
                                    "code": .string($0.code), "title": .string($0.title),
                                    "kind": .string($0.kind),
                                ]
                            })
                        return .object(object)
                    }),
                "bodies": .array(bodies.prefix(listLimit).map { document(of: $0) }),
                "statements": .array(statements.map { document(of: $0, atlas) }),
            ])
    }

    private static func version(
        _ found: Atlas.Found<Qualification>, _ atlas: Atlas, in context: PageContext
    ) -> [HTML] {
        let act = found.content
        let titles = act.titles.byLanguage.sorted { $0.key < $1.key }.map { language, title in
            HTML("p", ["lang": language], [.name(title)])
        }
        let length =
            [
                act.months.map { context.text(Message(.countMonths, ["count": .number($0)])) },
                act.hours.map { context.text(Message(.ageHours, ["number": .number($0)])) },
            ].compactMap { $0 }.joined(separator: ", ")
        var html: [HTML] = [
            HTML("h2", [.code(act.versionName)]),
            HTML.facts([
                (context.text(.labelCertificate), titles),
                (
                    context.text(.networkCountry),
                    [.link(context.href(.country(act.country)), [.code(act.country)])]
                ),
                (
                    context.text(.registryFramework),
                    act.framework.map {
                        [framework($0, atlas, in: context)]
                    } ?? []
                ),
                (context.text(.labelLevel), act.level.map { [HTML($0)] } ?? []),
                (
                    context.text(.registryOccupation),
                    act.isco08.isEmpty
                        ? []
                        : [
                            HTML(
                                act.isco08.map { code in
                                    OccupationTitles.title(
                                        of: code, in: context.catalogue.translation.tag
                                    ).map { "\($0) (\(code))" } ?? code
                                }.joined(separator: ", "))
                        ]
                ),
                (context.text(.factMinMonths), length.isEmpty ? [] : [HTML(length)]),
                (context.text(.registryAct), [entry(found, in: context)]),
                (context.text(.labelBasis), basis(act.basis, in: context)),
            ]),
        ]
        if !act.units.isEmpty {
            html.append(
                HTML.table(
                    caption: context.text(.registryUnits),
                    [.registryUnits, .registryKind].map { context.text($0) },
                    act.units.map { unit in
                        [
                            .cell(.name(unit.title), HTML("p", [.code(unit.code)])),
                            .cell(HTML(context.text("unit-kind", unit.kind))),
                        ]
                    }))
        }
        return html
    }
}
