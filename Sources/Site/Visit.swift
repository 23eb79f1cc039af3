internal import Encoding
internal import Language
internal import Node
internal import Pages

/// One request as the pages see it: what is asked, in which language, as a page or for a program.
struct Visit {
    let request: PageRequest
    /// Decoded, without `.json`.
    let path: String
    /// The first value of each name.
    let query: [String: String]
    private(set) var context: PageContext
    /// Whether the twin for programs is asked for.
    let isDocument: Bool

    var now: Timestamp { context.now }
    var address: PageAddress? { PageAddress(path: isDocument ? String(path.dropLast(5)) : path) }

    init(_ request: PageRequest, country: String, isSample: Bool, at now: Timestamp) {
        self.request = request
        path = PercentEncoding.decoded(request.path) ?? "/?"
        isDocument = path.hasSuffix(".json")
        let pairs = PercentEncoding.pairs(request.query)
        query = Dictionary(pairs.map { ($0.name, $0.value) }) { first, _ in first }
        let chosen = query["lang"].flatMap { LanguageTag($0).translation?.tag }
        let preferred = LanguagePreference(parsing: request.acceptLanguage)
        context = PageContext(
            catalogue: chosen.flatMap { Catalogue(tag: $0) } ?? preferred.catalogue,
            chosenLanguage: chosen, query: pairs.filter { $0.name != "lang" },
            country: country, isSample: isSample, now: now)
    }

    /// The same in the language that a form chooses; as it is if it chooses none that is known.
    func speaking(_ tag: String?) -> Visit {
        guard let tag, let known = LanguageTag(tag).translation?.tag,
            let catalogue = Catalogue(tag: known)
        else { return self }
        var visit = self
        visit.context = context.speaking(catalogue)
        return visit
    }

    /// What was entered before, where the address carries it.
    var form: CheckForm {
        var form = CheckForm()
        form.destination = query["destination"]
        form.purpose = query["purpose"]
        form.occupation = query["occupation"]
        form.targetQualification = query["target"]
        return form
    }

    /// Questions that no page asks.
    private static let forPrograms: Set = ["/verify", "/code", "/authorization", "/recognition"]

    private var wantsPage: Bool {
        !isDocument && !Visit.forPrograms.contains(path) && request.accept.contains("text/html")
    }

    func answer(_ page: Page, at address: PageAddress, status: Int = 200) -> NodeAnswer {
        if isDocument {
            return json(
                Array(page.document.indented.utf8), caching: .none, language: language)
        }
        return html(PageFrame(page, at: address, in: context), page, status: status)
    }

    private func html(_ frame: PageFrame, _ page: Page, status: Int) -> NodeAnswer {
        var answer = NodeAnswer(
            status, contentType: "text/html; charset=utf-8", body: frame.serialized,
            caching: page.isPrivate ? .never : .none)
        answer.headers = Visit.guarding
        answer.headers["Content-Language"] = context.catalogue.translation.tag
        answer.headers["Vary"] = "Accept-Language, Accept"
        return answer
    }

    /// - Parameter language: of its sentences; nil: it has none.
    func json(
        _ bytes: [UInt8], caching: NodeAnswer.Caching, status: Int = 200, language: String? = nil
    ) -> NodeAnswer {
        var answer = NodeAnswer(status, contentType: "application/json", body: bytes)
        answer.caching = caching
        answer.headers = Visit.guarding
        answer.headers["Content-Language"] = language
        answer.headers["Vary"] = "Accept-Language, Accept"
        return answer
    }

    /// The language in which it is answered.
    var language: String { context.catalogue.translation.tag }

    func asset(_ asset: PageAsset) -> NodeAnswer {
        var answer = NodeAnswer(
            200, contentType: asset.contentType, body: asset.bytes, caching: .immutable)
        answer.headers = Visit.guarding
        return answer
    }

    /// A page for people, RFC 9457 for programs.
    func problem(_ problem: SiteProblem) -> NodeAnswer {
        if wantsPage {
            let page = Page.problem(problem.message, status: problem.status, in: context)
            return waiting(
                html(PageFrame(page, at: nil, in: context), page, status: problem.status), problem)
        }
        var document =
            Page.problem(problem.message, status: problem.status).object ?? JSONObject()
        // RFC 9457 § 4.2.1: without a type of its own its title is that of the status.
        document["title"] = .string(NodeAnswer.title(of: problem.status))
        document["detail"] = .string(context.catalogue.text(of: problem.message))
        document["reason"] = problem.reason.map(JSONValue.string)
        var answer = json(
            Array(JSONValue.object(document).indented.utf8), caching: .never,
            status: problem.status, language: language)
        answer.contentType = "application/problem+json"
        return waiting(answer, problem)
    }

    private func waiting(_ answer: NodeAnswer, _ problem: SiteProblem) -> NodeAnswer {
        var answer = answer
        answer.headers["Retry-After"] = problem.retryAfter.map { "\($0)" }
        return answer
    }

    /// Nothing is loaded from elsewhere, no script stands in a page, nobody frames it, and no
    /// address of it is told to others.
    static let guarding = [
        "Content-Security-Policy":
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; "
            + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    ]
}
