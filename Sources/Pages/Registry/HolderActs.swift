internal import Encoding
internal import Language
internal import Registry

/// The acts that an authority or a body signed, the newest first; bounded.
struct HolderActs {
    private let found: [Atlas.Found<Act>]
    private let atlas: Atlas
    private let context: PageContext

    init(of holder: String, _ atlas: Atlas, in context: PageContext) {
        found = atlas.acts(by: holder)
        self.atlas = atlas
        self.context = context
    }

    /// All of them, those that are not shown too.
    var count: Int { found.count }

    private var shown: some Sequence<Atlas.Found<Act>> {
        found.reversed().prefix(Page.listLimit)
    }

    var html: [HTML] {
        Page.longTable(
            .registryActs,
            [.registryKind, .registrySubjects, .registryLogged, .networkState, .registryAct],
            found.reversed(), in: context, row: row)
    }

    private func row(_ found: Atlas.Found<Act>) -> [Table.Cell] {
        let state = Page.state(found.standing, atlas)
        let envelope = found.standing.logged.entry.envelope
        return [
            .cell(HTML(context.text("kind", envelope.kind))),
            .cell(HTML("div", Page.named(envelope.subjects, atlas, in: context))),
            .cell(.code(found.standing.logged.loggedTime.day.description)),
            .cell(Mark.tag(context.text(state.message), state.tone)),
            .cell(Page.entry(found, in: context)),
        ]
    }

    var documents: [JSONValue] {
        shown.map { found in
            let envelope = found.standing.logged.entry.envelope
            return [
                "kind": .string(envelope.kind),
                "subjects": .array(envelope.subjects.map(JSONValue.string)),
                "loggedTime": .string(found.standing.logged.loggedTime.description),
                "standing": .string(Page.standing(of: found.standing)),
                "act": .string(found.address.documentPath),
            ]
        }
    }
}
