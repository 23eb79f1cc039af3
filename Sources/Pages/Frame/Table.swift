/// A table that scrolls by itself where the screen is narrower than it is, by keyboard too; on a
/// phone each row becomes a card with the headings beside its cells.
///
/// Roles are written out: a browser forgets them where a row is laid out as a card.
struct Table {
    struct Cell {
        fileprivate enum Kind: String { case plain = "", number, why }

        fileprivate let kind: Kind
        fileprivate let content: [HTML]

        static func cell(_ content: HTML...) -> Cell { Cell(kind: .plain, content: content) }

        static func number(_ number: some BinaryInteger) -> Cell {
            Cell(kind: .number, content: [HTML("\(number)")])
        }

        /// Sentences, which need room.
        static func why(_ content: [HTML]) -> Cell { Cell(kind: .why, content: content) }
    }

    let caption: String
    let headings: [String]
    let rows: [[Cell]]

    var html: HTML {
        HTML(
            "div",
            ["class": "wide", "tabindex": "0", "role": "region", "aria-label": caption],
            [
                HTML(
                    "table", ["class": "stack", "role": "table"],
                    [
                        HTML("caption", [HTML(caption)]),
                        HTML(
                            "thead", ["role": "rowgroup"], [Table.row(headings.map(Table.heading))]),
                        HTML(
                            "tbody", ["role": "rowgroup"],
                            rows.map { Table.row(zip(headings, $0).map(Table.cell)) }),
                    ])
            ])
    }

    private static func row(_ cells: [HTML]) -> HTML { HTML("tr", ["role": "row"], cells) }

    private static func heading(_ text: String) -> HTML {
        HTML("th", ["scope": "col", "role": "columnheader"], [HTML(text)])
    }

    private static func cell(_ heading: String, _ cell: Cell) -> HTML {
        HTML(
            "td",
            [
                "role": "cell", "class": cell.kind == .plain ? nil : cell.kind.rawValue,
                "data-label": heading,
            ], cell.content)
    }
}

extension HTML {
    static func table(caption: String, _ headings: [String], _ rows: [[Table.Cell]]) -> HTML {
        Table(caption: caption, headings: headings, rows: rows).html
    }
}
