internal import Encoding
internal import Language

/// What stands around every page: language, notices, the way to the other pages.
public struct PageFrame: Sendable {
    private let page: Page
    private let address: PageAddress?
    private let context: PageContext

    /// - Parameter address: nil where nothing is: the page of a problem.
    public init(_ page: Page, at address: PageAddress?, in context: PageContext) {
        self.page = page
        self.address = address
        self.context = context
    }

    /// The bytes of the page.
    public var serialized: [UInt8] {
        let translation = context.catalogue.translation
        let document = HTML(
            "html",
            [
                "lang": translation.tag,
                "dir": translation.direction == .rightToLeft ? "rtl" : "ltr",
            ], [head, body])
        return Array("<!DOCTYPE html>\n\(document.source)\n".utf8)
    }

    private var windowTitle: String {
        [page.outcome, page.title == "Concord" ? nil : page.title, "Concord"]
            .compactMap { $0 }.joined(separator: " - ")
    }

    private var head: HTML {
        var elements: [HTML] = [
            HTML("meta", ["charset": "utf-8"]),
            HTML(
                "meta",
                ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
            HTML("meta", ["name": "color-scheme", "content": "light dark"]),
            HTML("title", [HTML(windowTitle)]),
            HTML("link", ["rel": "icon", "href": PageAsset.icon]),
            HTML("link", ["rel": "stylesheet", "href": PageAsset.styleSheet.path]),
            HTML("script", ["src": PageAsset.script.path, "defer": ""]),
        ]
        if let address, !page.isPrivate {
            elements.append(
                HTML(
                    "link",
                    [
                        "rel": "alternate", "type": "application/json",
                        "href": address.documentPath + PageContext.query(context.query),
                    ]))
        }
        return HTML("head", elements)
    }

    private var body: HTML {
        HTML(
            "body",
            [
                HTML("a", ["class": "skip", "href": "#content"], [HTML(context.text(.pageSkip))]),
                HTML("header", [HTML("div", ["class": "bar"], [mark, navigation, languages])]),
                notices,
                HTML(
                    "main", ["id": "content", "tabindex": "-1"],
                    [HTML("h1", [HTML(page.title)])] + page.main),
                footer,
            ])
    }

    private var mark: HTML {
        HTML(
            "a", ["class": "mark", "href": context.href(.start)],
            ["Concord ", HTML("span", ["class": "place", "dir": "ltr"], [HTML(context.country)])])
    }

    private var navigation: HTML {
        let entries: [(PageAddress, MessageKey)] = [
            (.check, .pageCheck), (.worth, .pageWorth), (.registry, .pageRegistry),
            (.network, .pageNetwork),
        ]
        return HTML(
            "nav", ["aria-label": "Concord"],
            [
                HTML(
                    "ul",
                    entries.map { target, key in
                        HTML(
                            "li",
                            [
                                HTML(
                                    "a",
                                    [
                                        "href": context.href(target),
                                        "aria-current": address == target ? "page" : nil,
                                    ], [HTML(context.text(key))])
                            ])
                    })
            ])
    }

    /// A list to choose from and a button: works without a script.
    private var languages: HTML {
        let options = LanguageTag.known.compactMap(\.translation).map { translation in
            HTML(
                "option",
                [
                    "value": translation.tag, "lang": translation.tag,
                    "selected": translation.tag == context.catalogue.translation.tag
                        ? "selected" : nil,
                ], [HTML(translation.ownName)])
        }
        // What was handed over is not kept, so no address leads back to this page: the page brings
        // it once more, if it is a short text.
        let kept = page.isPrivate ? page.again : context.query
        let isLost = page.isPrivate && address != nil && kept.isEmpty
        let isAskedAgain = page.isPrivate && !kept.isEmpty
        return HTML(
            "form",
            [
                "class": "language", "method": isAskedAgain ? "post" : "get",
                "enctype": isAskedAgain ? "multipart/form-data" : nil,
                "action": (address ?? .start).path,
            ],
            kept.map { HTML("input", ["type": "hidden", "name": $0.name, "value": $0.value]) } + [
                HTML("label", ["for": "lang"], [HTML(context.text(.pageLanguage))]),
                HTML(
                    "select",
                    [
                        "id": "lang", "name": "lang",
                        "aria-describedby": isLost ? "lang-hint" : nil,
                    ], options),
                HTML("button", ["type": "submit"], [HTML(context.text(.pageShow))]),
            ] + (isLost ? [lost] : []))
    }

    private var lost: HTML {
        HTML("p", ["class": "hint", "id": "lang-hint"], [HTML(context.text(.pageLanguageBefore))])
    }

    private var notices: HTML {
        var notices = context.catalogue.notices.map { HTML("p", ["dir": "auto"], [HTML($0)]) }
        if context.isSample {
            notices.insert(
                HTML("p", ["class": "sample"], [HTML(context.text(.noticeSample))]), at: 0)
        }
        guard !notices.isEmpty else { return HTML("div", ["hidden": ""]) }
        return HTML("aside", ["class": "notices", "role": "note"], notices)
    }

    private var footer: HTML {
        var lines = [
            HTML("p", ["class": "charge"], [HTML(context.text(.pageNoCharge))]),
            HTML("p", [HTML(context.text(.pageCopies)), " ", HTML(context.text(.pagePrivacy))]),
        ]
        if let address, !page.isPrivate {
            lines.append(
                HTML(
                    "p",
                    [
                        .link(
                            address.documentPath + PageContext.query(context.query),
                            [HTML(context.text(.pageThisJSON))]), " · ",
                        .link("/openapi.json", ["OpenAPI"]),
                    ]))
        }
        return HTML("footer", [HTML("div", ["class": "bar"], lines)])
    }
}
