internal import Encoding
internal import Language
internal import Registry

extension Page {
    /// What is called so, in whatever language its names are in; bounded.
    public static func search(_ text: String, _ atlas: Atlas, in context: PageContext) -> Page {
        let words = Page.folded(String(text.prefix(100))).split(separator: " ")
        func fits(_ texts: [String]) -> Bool {
            let whole = Page.folded(texts.joined(separator: " "))
            return !words.isEmpty && words.allSatisfy { whole.contains($0) }
        }
        var found: [(title: String, code: String, address: PageAddress)] = []
        for log in atlas.logs {
            for standing in log.acts {
                if case .country(let profile) = standing.act,
                    fits([profile.country] + profile.names.byLanguage.values)
                {
                    found.append(
                        (
                            log.names(in: context.languages), log.country,
                            .country(log.country)
                        ))
                }
            }
        }
        var seen: Set<String> = []
        for item in atlas.qualifications {
            let act = item.content
            let occupations = act.isco08.flatMap { [$0] + OccupationTitles.titles(of: $0) }
            if fits([act.id, act.version] + act.titles.byLanguage.values + occupations),
                seen.insert(act.id).inserted
            {
                found.append(
                    (act.titles.text(in: context.languages), act.id, .qualification(act.id)))
            }
        }
        for item in atlas.mandates
        where fits([item.content.authority] + item.content.names.byLanguage.values)
            && seen.insert(item.content.authority).inserted
        {
            found.append(
                (
                    item.content.names.text(in: context.languages), item.content.authority,
                    .authority(item.content.authority)
                ))
        }
        for item in atlas.accreditations
        where fits([item.content.body] + item.content.names.byLanguage.values)
            && seen.insert(item.content.body).inserted
        {
            found.append(
                (
                    item.content.names.text(in: context.languages), item.content.body,
                    .body(item.content.body)
                ))
        }
        for item in atlas.frameworks
        where fits([item.content.id] + item.content.names.byLanguage.values) {
            found.append(
                (
                    item.content.names.text(in: context.languages), item.content.id,
                    .framework(item.content.id)
                ))
        }
        let shown = found.prefix(searchLimit)
        var main = [searchForm(text, in: context)]
        if !words.isEmpty {
            let message =
                found.isEmpty
                ? Message(.registryNone)
                : Message(.registryFound, ["number": .number(Int64(found.count))])
            main.append(HTML("p", ["role": "status"], [HTML(context.text(message))]))
            main.append(
                HTML.list(
                    shown.map {
                        HTML(
                            "span",
                            [
                                .link(context.href($0.address), [.name($0.title)]), " ",
                                .code($0.code),
                            ])
                    }))
            if found.count > searchLimit {
                let more = Message(.registryMore, ["number": .number(Int64(searchLimit))])
                main.append(HTML("p", [HTML(context.text(more))]))
            }
        }
        return Page(
            title: context.text(.registrySearch), main: main,
            document: [
                "version": 1, "query": .string(text), "found": .integer(Int64(found.count)),
                "results": .array(
                    shown.map {
                        [
                            "title": .string($0.title), "id": .string($0.code),
                            "page": .string($0.address.path),
                        ]
                    }),
            ])
    }

    static let searchLimit = 50

    /// For comparison: lower case, without the marks over Latin letters.
    static func folded(_ text: String) -> String {
        let plain: [Unicode.Scalar: String] = [
            "à": "a", "á": "a", "â": "a", "ã": "a", "ä": "a", "å": "a", "ç": "c", "è": "e",
            "é": "e", "ê": "e", "ë": "e", "ì": "i", "í": "i", "î": "i", "ï": "i", "ñ": "n",
            "ò": "o", "ó": "o", "ô": "o", "õ": "o", "ö": "o", "ù": "u", "ú": "u", "û": "u",
            "ü": "u", "ý": "y", "ß": "ss",
        ]
        var result = ""
        for scalar in text.lowercased().unicodeScalars {
            if let replacement = plain[scalar] {
                result += replacement
            } else if !(0x300...0x36F).contains(scalar.value) {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
