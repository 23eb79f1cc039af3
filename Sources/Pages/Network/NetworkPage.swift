public import Cryptography
internal import Encoding
internal import Language
internal import Verification

extension Page {
    /// The logs of the countries, drawn so that health is seen at a glance.
    ///
    /// - Parameter forks: every proof of two histories that is kept here.
    public static func network(
        _ logs: [LogHealth], forks: [HashValue], in context: PageContext
    ) -> Page {
        let now = context.now
        let rows = logs.map { log -> [Table.Cell] in
            let state = log.state(at: now)
            return [
                .cell(HTML(log.country ?? "-")),
                .cell(
                    HTML.code(log.origin),
                    log.isOwn ? HTML("p", [HTML(context.text(.networkOwn))]) : ""),
                .cell(
                    Mark.tag(context.text(log.message(at: now)), state.tone)),
                .number(log.size),
                .cell(HTML(age(of: log, in: context))),
                .cell(HTML.list(log.signers.map(HTML.code))),
            ]
        }
        let proofs: [HTML] =
            forks.isEmpty
            ? [HTML("p", [HTML(context.text(.networkNoForks))])]
            : [
                HTML.list(
                    forks.map { identity in
                        HTML.link(
                            "/split-views/\(identity.hexadecimal)",
                            [HTML.code(identity.hexadecimal)])
                    })
            ]
        return Page(
            title: context.text(.pageNetwork),
            main: [
                HTML("p", ["class": "lead"], [HTML(context.text(.pageNetworkLead))]),
                .drawing(LogDrawing(logs, in: context).svg, context.text(.pageNetwork)),
                HTML.table(
                    caption: context.text(.pageNetwork),
                    [
                        .networkCountry, .networkLog, .networkState, .networkSize, .networkAge,
                        .networkWitnesses,
                    ].map { context.text($0) }, rows),
                HTML("h2", [HTML(context.text(.networkForks))]),
            ] + proofs,
            document: [
                "version": 1, "asked": .string(now.description),
                "logs": .array(logs.map { $0.document(at: now) }),
                "splitViews": .array(forks.map { .string($0.hexadecimal) }),
            ])
    }

    private static func age(of log: LogHealth, in context: PageContext) -> String {
        guard let time = log.quorumTime else { return "-" }
        return context.age(context.now.seconds(since: time))
    }
}

extension PageContext {
    func age(_ seconds: Int64) -> String { text(.age(seconds)) }
}
