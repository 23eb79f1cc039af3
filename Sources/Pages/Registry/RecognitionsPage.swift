internal import Encoding
internal import Language
internal import Registry

extension Page {
    /// Who recognises what: countries of award by countries that have said something, and the
    /// statements behind one cell or all of them.
    ///
    /// - Parameters:
    ///   - from: the country of award, or `*` for statements that name none.
    ///   - to: the country that says it.
    public static func recognitions(
        from: String? = nil, to: String? = nil, _ atlas: Atlas, in context: PageContext
    ) -> Page {
        let cells = atlas.statements.flatMap {
            found -> [(from: String, Atlas.Found<Atlas.Statement>)] in
            let origins = atlas.origins(of: found.content)
            return (origins.isEmpty ? ["*"] : origins.sorted()).filter { $0 != found.log.country }
                .map { ($0, found) }
        }
        var counts: [String: [String: Int]] = [:]
        for (origin, found) in cells {
            counts[origin, default: [:]][found.log.country, default: 0] += 1
        }
        let statements = atlas.statements.filter { found in
            let origins = atlas.origins(of: found.content)
            return (to.map { found.log.country == $0 } ?? true)
                && (from.map { $0 == "*" ? origins.isEmpty : origins.contains($0) } ?? true)
        }
        let shown = statements.prefix(listLimit)
        return Page(
            title: context.text(.registryRecognitions),
            main: [
                HTML("p", ["class": "lead"], [HTML(context.text(.registryMatrixLead))]),
                matrix(counts, atlas, in: context),
                HTML("h2", ["id": "statements"], [HTML(heading(from, to, in: context))]),
                HTML.table(
                    caption: heading(from, to, in: context),
                    statementHeadings.map { context.text($0) },
                    shown.map { statementRow($0, atlas, in: context) }),
            ] + (statements.count > listLimit ? [more(in: context)] : []),
            document: [
                "version": 1,
                "matrix": .array(
                    counts.sorted { $0.key < $1.key }.flatMap { origin, row in
                        row.sorted { $0.key < $1.key }.map { cell in
                            [
                                "from": .string(origin), "to": .string(cell.key),
                                "statements": .integer(Int64(cell.value)),
                            ]
                        }
                    }),
                "statements": .array(shown.map { document(of: $0, atlas) }),
            ])
    }

    private static func heading(
        _ from: String?, _ to: String?, in context: PageContext
    ) -> String {
        let ends = [from == "*" ? context.text(.registryAnyCountry) : from, to].compactMap { $0 }
        return ([context.text(.registryRecognitions)] + ends).joined(separator: " · ")
    }

    /// A row for each country of award, the last one for statements that name none.
    private static func matrix(
        _ counts: [String: [String: Int]], _ atlas: Atlas, in context: PageContext
    ) -> HTML {
        let origins = counts.keys.sorted { ($0 == "*" ? 1 : 0, $0) < ($1 == "*" ? 1 : 0, $1) }
        let destinations = Set(counts.values.flatMap(\.keys)).sorted()
        func country(_ code: String) -> HTML {
            if code == "*" { return HTML(context.text(.registryAnyCountry)) }
            guard let log = atlas.log(of: code) else { return .code(code) }
            return .link(
                context.href(.country(code)),
                [.name(log.names(in: context.languages)), " ", .code(code)])
        }
        func cell(_ origin: String, _ destination: String) -> HTML {
            guard let count = counts[origin]?[destination] else { return HTML("td", ["·"]) }
            let query = [(name: "from", value: origin), (name: "to", value: destination)]
            return HTML(
                "td",
                [.link(context.href(.recognitions, query) + "#statements", [HTML("\(count)")])])
        }
        let corner = "\(context.text(.registryFrom)) ↓ · \(context.text(.registryTo)) →"
        let head =
            [HTML.heading(corner)]
            + destinations.map { HTML("th", ["scope": "col"], [country($0)]) }
        let rows = origins.map { origin in
            HTML(
                "tr",
                [HTML("th", ["scope": "row"], [country(origin)])]
                    + destinations.map { cell(origin, $0) })
        }
        return HTML(
            "div",
            [
                "class": "wide", "tabindex": "0", "role": "region",
                "aria-label": context.text(.registryRecognitions),
            ],
            [
                HTML(
                    "table", ["class": "matrix"],
                    [HTML("thead", [HTML("tr", head)]), HTML("tbody", rows)])
            ])
    }
}
