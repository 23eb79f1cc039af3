internal import Language
internal import Registry
internal import Verification

/// Makes links of the entries that sentences name, where their acts have a page on this node.
///
/// A dossier may bring logs that nobody keeps here: their entries stay text.
struct CitedActs {
    private let atlas: Atlas
    private let context: PageContext
    /// The body and the country of whose log a sentence speaks that names none.
    private let issuer: (body: String, country: String)?

    init(_ atlas: Atlas, by subject: Verdict.Subject? = nil, in context: PageContext) {
        self.atlas = atlas
        self.context = context
        issuer = subject.map { ($0.body, $0.country) }
    }

    func html(_ message: Message) -> [HTML] { html(context.catalogue.passage(of: message)) }

    func html(_ passage: Passage) -> [HTML] {
        passage.parts.map { part in
            switch part {
            case .text(let text): HTML(text)
            case .entry(let index, let origin, let text):
                address(index, origin).map { .link(context.href($0), [HTML(text)]) } ?? HTML(text)
            }
        }
    }

    private func address(_ index: UInt64, _ origin: String?) -> PageAddress? {
        if let origin {
            guard let log = atlas.logs.first(where: { $0.origin == origin }), index < log.size
            else { return nil }
            return .act(log.originHash, index)
        }
        // Where the sentence names no log, the entry must be one about the body.
        guard let issuer, let log = atlas.log(of: issuer.country),
            let standing = log.acts.first(where: { $0.logged.index == index }),
            standing.logged.entry.envelope.subjects.contains(issuer.body)
        else { return nil }
        return .act(log.originHash, index)
    }
}
