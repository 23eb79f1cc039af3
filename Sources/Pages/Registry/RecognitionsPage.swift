internal import Encoding
internal import Language
internal import Registry

extension Page {
    /// Who recognises what: countries of award by countries that have said something.
    public static func recognitions(_ atlas: Atlas, in context: PageContext) -> Page {
        let statements = atlas.statements
        var counts: [String: [String: Int]] = [:]
        for found in statements {
            for origin in atlas.origins(of: found.content) where origin != found.log.country {
                counts[origin, default: [:]][found.log.country, default: 0] += 1
            }
        }
        let origins = counts.keys.sorted()
        let destinations = Set(counts.values.flatMap(\.keys)).sorted()
        func country(_ code: String) -> HTML {
            guard let log = atlas.log(of: code) else { return .code(code) }
            return .link(
                context.href(.country(code)),
                [.name(log.names(in: context.languages)), " ", .code(code)])
        }
        let corner = "\(context.text(.registryFrom)) ↓ · \(context.text(.registryTo)) →"
        let table = HTML(
            "div",
            [
                "class": "wide", "tabindex": "0", "role": "region",
                "aria-label": context.text(.registryRecognitions),
            ],
            [
                HTML(
                    "table", ["class": "matrix"],
                    [
                        HTML(
                            "thead",
                            [
                                HTML(
                                    "tr",
                                    [HTML.heading(corner)]
                                        + destinations.map {
                                            HTML("th", ["scope": "col"], [country($0)])
                                        })
                            ]),
                        HTML(
                            "tbody",
                            origins.map { origin in
                                HTML(
                                    "tr",
                                    [HTML("th", ["scope": "row"], [country(origin)])]
                                        + destinations.map { destination in
                                            let count = counts[origin]?[destination]
                                            return HTML("td", [HTML(count.map { "\($0)" } ?? "·")])
                                        })
                            }),
                    ])
            ])
        return Page(
            title: context.text(.registryRecognitions),
            main: [
                HTML("p", ["class": "lead"], [HTML(context.text(.registryMatrixLead))]), table,
                HTML.table(
                    caption: context.text(.registryRecognitions),
                    [
                        .registryStatement, .registryEffect, .worthPurpose, .registryFrom,
                        .registryAct,
                    ].map { context.text($0) },
                    statements.prefix(listLimit).map { statementRow($0, atlas, in: context) }),
            ] + (statements.count > listLimit ? [more(in: context)] : []),
            document: [
                "version": 1,
                "matrix": .array(
                    origins.flatMap { origin in
                        (counts[origin] ?? [:]).sorted { $0.key < $1.key }.map { cell in
                            [
                                "from": .string(origin), "to": .string(cell.key),
                                "statements": .integer(Int64(cell.value)),
                            ]
                        }
                    }),
                "statements": .array(
                    statements.prefix(listLimit).map { document(of: $0, atlas) }),
            ])
    }

    /// How much of a list a page shows.
    static let listLimit = 200

    static func more(in context: PageContext) -> HTML {
        HTML(
            "p",
            [
                HTML(
                    context.text(
                        Message(.registryMore, ["number": .number(Int64(listLimit))])))
            ])
    }
}
