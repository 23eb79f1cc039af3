internal import Language

/// Tables of what there may be much of.
extension Page {
    /// How much of a list a page shows.
    static let listLimit = 200

    /// The first of the items, and that there are more; nothing where there are none.
    static func longTable<Items: Collection>(
        _ caption: MessageKey, _ headings: [MessageKey], _ items: Items, in context: PageContext,
        row: (Items.Element) -> [Table.Cell]
    ) -> [HTML] {
        guard !items.isEmpty else { return [] }
        let table = HTML.table(
            caption: context.text(caption), headings.map { context.text($0) },
            items.prefix(listLimit).map(row))
        return items.count > listLimit ? [table, more(in: context)] : [table]
    }

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
