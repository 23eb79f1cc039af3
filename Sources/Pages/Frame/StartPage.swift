public import Encoding
public import Language

extension Page {
    /// The first page: what can be asked here.
    public static func start(in context: PageContext) -> Page {
        let ways: [(PageAddress, MessageKey, MessageKey)] = [
            (.check, .pageCheck, .pageCheckLead), (.worth, .pageWorth, .pageWorthLead),
            (.registry, .pageRegistry, .pageRegistryLead),
            (.network, .pageNetwork, .pageNetworkLead),
        ]
        let cards = ways.map { target, title, lead in
            HTML(
                "li",
                [
                    HTML(
                        "a",
                        [
                            "class": target == .check ? "card first" : "card",
                            "href": context.href(target),
                        ],
                        [
                            HTML("strong", [HTML(context.text(title))]),
                            HTML("span", [HTML(context.text(lead))]),
                        ])
                ])
        }
        return Page(
            title: "Concord",
            main: [
                HTML("p", ["class": "lead"], [HTML(context.text(.pageLead))]),
                HTML("ul", ["class": "cards"], cards),
            ],
            document: [
                "version": 1, "country": .string(context.country),
                "sample": .bool(context.isSample),
                "pages": .array(ways.map { .string($0.0.documentPath) }),
                "openapi": "/openapi.json",
            ])
    }

    /// What is shown instead of an answer: what is wrong, and the way back.
    public static func problem(_ message: Message, status: Int, in context: PageContext) -> Page {
        Page(
            title: context.text(message),
            main: [
                HTML(
                    "p",
                    [.link(context.href(.start), [HTML(context.text(.problemStart))])])
            ],
            document: Page.problem(message, status: status), isPrivate: true)
    }

    /// A problem for programs (RFC 9457).
    public static func problem(_ message: Message, status: Int) -> JSONValue {
        [
            "type": "about:blank", "status": .integer(Int64(status)),
            "title": .string(message.description), "code": .string(message.key.rawValue),
        ]
    }
}
