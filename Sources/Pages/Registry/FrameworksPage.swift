internal import Encoding
internal import Language
internal import Registry

extension Page {
    /// The frameworks beside each other: for each common scale a chart of the levels that others
    /// state beside it, with their holes.
    public static func frameworks(_ atlas: Atlas, in context: PageContext) -> Page {
        let referencings = atlas.referencings
        // The scale beside which most stand comes first.
        let scales = Dictionary(grouping: referencings, by: \.content.to)
            .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.map(\.key)
        let charts = scales.flatMap { scale -> [HTML] in
            LevelChart(
                scale, referencings.filter { $0.content.to == scale }, atlas, in: context
            ).html
        }
        let rows = atlas.frameworks.map { found -> [Table.Cell] in
            [
                .cell(
                    .link(
                        context.href(.framework(found.content.id)),
                        [.name(found.content.names.text(in: context.languages))]),
                    HTML("p", [.code(found.content.id)])),
                .cell(
                    .link(
                        context.href(.country(found.log.country)), [.code(found.log.country)])),
                .number(found.content.levels),
                .cell(entry(found, in: context)),
            ]
        }
        return Page(
            title: context.text(.registryFrameworks),
            main: charts + [
                HTML.table(
                    caption: context.text(.registryFrameworks),
                    [.registryFramework, .networkCountry, .registryLevels, .registryAct].map {
                        context.text($0)
                    }, rows)
            ],
            document: [
                "version": 1,
                "frameworks": .array(
                    atlas.frameworks.map { found in
                        [
                            "framework": .string(found.content.id),
                            "name": .string(found.content.names.text(in: context.languages)),
                            "country": .string(found.log.country),
                            "levels": .integer(found.content.levels),
                            "page": .string(PageAddress.framework(found.content.id).path),
                            "act": .string(found.address.documentPath),
                        ]
                    }),
                "referencings": .array(referencings.map { document(of: $0) }),
            ])
    }

    static func document(of found: Atlas.Found<Referencing>) -> JSONValue {
        [
            "from": .string(found.content.from), "to": .string(found.content.to),
            "status": .string(found.content.status.rawValue), "by": .string(found.author),
            "rows": .array(
                found.content.rows.map { row in
                    [
                        "from": .array(row.from.map(JSONValue.string)),
                        "to": .array(row.to.map(JSONValue.string)),
                        "relation": .string(row.relation.rawValue),
                    ]
                }),
            "act": .string(found.address.documentPath),
        ]
    }
}

/// The levels of one scale, the highest above, and beside each what others state.
struct LevelChart {
    private let scale: String
    private let referencings: [Atlas.Found<Referencing>]
    private let atlas: Atlas
    private let context: PageContext

    init(
        _ scale: String, _ referencings: [Atlas.Found<Referencing>], _ atlas: Atlas,
        in context: PageContext
    ) {
        self.scale = scale
        self.referencings = referencings
        self.atlas = atlas
        self.context = context
    }

    /// Numbers by their value, everything else by its text; the highest first.
    private var levels: [String] {
        Set(referencings.flatMap { $0.content.rows.flatMap(\.to) }).sorted { left, right in
            switch (Int(left), Int(right)) {
            case (let left?, let right?): left > right
            default: left > right
            }
        }
    }

    var html: [HTML] {
        let name = atlas.name(ofFramework: scale, in: context.languages)
        let headings = referencings.map { found in
            HTML(
                "th", ["scope": "col"],
                [
                    Page.framework(found.content.from, atlas, in: context),
                    HTML(
                        "p",
                        [
                            Mark.tag(
                                context.text("referencing", found.content.status.rawValue),
                                found.content.status == .endorsed ? "good" : "unknown")
                        ]),
                    HTML("p", [Page.entry(found, in: context)]),
                ])
        }
        let rows = levels.map { level in
            HTML(
                "tr",
                [HTML("th", ["scope": "row"], [HTML(level)])]
                    + referencings.map { found in
                        let matching = found.content.rows.filter { $0.to.contains(level) }
                        return HTML(
                            "td", ["class": matching.isEmpty ? nil : "step"], matching.map(cell))
                    })
        }
        let lead = Message(.registryLevelsLead, ["framework": .text(name)])
        return [
            HTML("h2", [Page.framework(scale, atlas, in: context)]),
            HTML("p", [HTML(context.text(lead))]),
            HTML(
                "div",
                ["class": "wide", "tabindex": "0", "role": "region", "aria-label": name],
                [
                    HTML(
                        "table", ["class": "levels"],
                        [
                            HTML(
                                "thead",
                                [
                                    HTML(
                                        "tr",
                                        [HTML("th", ["scope": "col"], [.name(name)])] + headings)
                                ]),
                            HTML("tbody", rows),
                        ])
                ]),
        ] + (signs.isEmpty ? [] : [HTML("p", ["class": "hint"], [HTML(signs)])])
    }

    /// What the signs in the cells say.
    private var signs: String {
        let used = Set(
            referencings.flatMap(\.content.rows).filter { !$0.to.isEmpty }.map(\.relation))
        return LevelChart.signs.filter { used.contains($0.relation) }
            .map { "\($0.sign) \(context.text("relation", $0.relation.rawValue))" }
            .joined(separator: " · ")
    }

    private static let signs: [(relation: Referencing.Row.Relation, sign: String)] = [
        (.within, "⊂"), (.overlaps, "∩"), (.none, "≠"),
    ]

    /// What is not simply equal stands in a dashed frame, with its relation as a sign.
    private func cell(_ row: Referencing.Row) -> HTML {
        let text = row.from.joined(separator: ", ")
        guard let sign = LevelChart.signs.first(where: { $0.relation == row.relation })?.sign
        else { return HTML("div", [HTML(text)]) }
        return HTML("div", ["class": "partly"], [HTML("\(sign) \(text)")])
    }
}
