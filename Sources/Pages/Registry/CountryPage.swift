internal import Cryptography
internal import Encoding
internal import Language
internal import Registry
internal import Verification

extension Page {
    /// One country: its qualifications, its authorities, what it regulates, what it recognises.
    ///
    /// - Returns: nil if no log of that country is at hand.
    static func country(
        _ code: String, _ atlas: Atlas, in context: PageContext
    ) -> Page? {
        guard let log = atlas.log(of: code) else { return nil }
        func own<Content>(_ found: [Atlas.Found<Content>]) -> [Atlas.Found<Content>] {
            found.filter { $0.log.country == code }
        }
        let qualifications = own(atlas.qualifications)
        let mandates = own(atlas.mandates)
        let regulations = own(atlas.regulations)
        let bodies = own(atlas.accreditations)
        let statements = own(atlas.statements)
        var main: [HTML] = [
            HTML.facts([
                (context.text(.networkLog), [HTML.code(log.origin)]),
                (context.text(.networkSize), [HTML("\(log.size)")]),
                (
                    context.text(.networkAge),
                    [
                        log.quorumTime.map { HTML(context.age(context.now.seconds(since: $0))) }
                            ?? "-"
                    ]
                ),
            ])
        ]
        func section(_ title: MessageKey, _ headings: [MessageKey], _ rows: [[Table.Cell]]) {
            guard !rows.isEmpty else { return }
            main.append(
                HTML.table(
                    caption: context.text(title), headings.map { context.text($0) }, rows))
        }
        section(
            .registryQualifications,
            [
                .labelCertificate, .registryVersion, .labelLevel, .registryOccupation,
                .registryAct,
            ],
            qualifications.map { found in
                let act = found.content
                return [
                    .cell(
                        .link(
                            context.href(.qualification(act.id)),
                            [.name(act.titles.text(in: context.languages))]),
                        HTML("p", [.code(act.id)])),
                    .cell(.code(act.version)), .cell(HTML(act.level ?? "-")),
                    .cell(.list(act.isco08.map { occupation($0, in: context) })),
                    .cell(entry(found, in: context)),
                ]
            })
        section(
            .registryRecognitions,
            statementHeadings,
            statements.map { found in statementRow(found, atlas, in: context) })
        section(
            .registryAuthorities,
            [.registryAuthor, .registryMay, .labelCovers, .registryAct],
            mandates.map { found in
                let act = found.content
                return [
                    .cell(
                        .link(
                            context.href(.authority(act.authority)),
                            [.name(act.names.text(in: context.languages))]),
                        HTML("p", [.code(act.authority)])),
                    .cell(may(act, in: context)),
                    .cell(.code(act.scope.map(\.text).joined(separator: ", "))),
                    .cell(entry(found, in: context)),
                ]
            })
        section(
            .registryBodies, bodyHeadings,
            bodies.prefix(listLimit).map { row(of: $0, atlas, in: context) })
        if bodies.count > listLimit { main.append(more(in: context)) }
        section(
            .registryRegulations,
            [.registryOccupation, .worthPlace, .networkState, .registryAuthor, .registryAct],
            regulations.map { found in
                let act = found.content
                return [
                    .cell(occupation(act.occupation, in: context)),
                    .cell(
                        .code(
                            [act.jurisdiction, act.sector].compactMap { $0 }.joined(
                                separator: ", "))),
                    .cell(
                        HTML(context.text(act.isRegulated ? .registryRegulated : .registryFree))
                    ),
                    .cell(act.authority.map { holder($0, atlas, in: context) } ?? "-"),
                    .cell(entry(found, in: context)),
                ]
            })
        return Page(
            title: "\(log.names(in: context.languages)) (\(code))", main: main,
            document: [
                "version": 1, "country": .string(code), "origin": .string(log.origin),
                "log": .string(log.originHash.hexadecimal),
                "size": .integer(Int64(clamping: log.size)),
                "qualifications": .array(qualifications.map { document(of: $0) }),
                "statements": .array(statements.map { document(of: $0, atlas) }),
                "authorities": .array(
                    mandates.map { found in
                        [
                            "authority": .string(found.content.authority),
                            "name": .string(found.content.names.text(in: context.languages)),
                            "may": .array(
                                found.content.competences.map(\.rawValue).sorted()
                                    .map(JSONValue.string)),
                            "scope": .array(found.content.scope.map { .string($0.text) }),
                            "page": .string(PageAddress.authority(found.content.authority).path),
                            "act": .string(found.address.documentPath),
                        ]
                    }),
                "bodies": .array(bodies.prefix(listLimit).map { document(of: $0) }),
                "regulations": .array(
                    regulations.map { found in
                        [
                            "occupation": .string(found.content.occupation),
                            "jurisdiction": .string(found.content.jurisdiction),
                            "regulated": .bool(found.content.isRegulated),
                            "act": .string(found.address.documentPath),
                        ]
                    }),
            ])
    }

    /// The link to the entry that says it.
    static func entry<Content>(_ found: Atlas.Found<Content>, in context: PageContext) -> HTML {
        .link(
            context.href(found.address), ["#", HTML("\(found.standing.logged.index)")])
    }

    static func document(of found: Atlas.Found<Qualification>) -> JSONValue {
        let act = found.content
        var titles = JSONObject()
        for (language, text) in act.titles.byLanguage.sorted(by: { $0.key < $1.key }) {
            titles[language] = .string(text)
        }
        var object: JSONObject = [
            "qualification": .string(act.id), "version": .string(act.version),
            "country": .string(act.country), "titles": .object(titles),
            "isco08": .array(act.isco08.map(JSONValue.string)),
            "page": .string(PageAddress.qualification(act.id).path),
            "act": .string(found.address.documentPath),
        ]
        object["framework"] = act.framework.map(JSONValue.string)
        object["level"] = act.level.map(JSONValue.string)
        object["hours"] = act.hours.map(JSONValue.integer)
        object["months"] = act.months.map(JSONValue.integer)
        return .object(object)
    }
}
