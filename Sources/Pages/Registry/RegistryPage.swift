internal import Cryptography
internal import Encoding
internal import Language
internal import Registry

extension Page {
    /// What the logs at hand register: countries, and the ways to everything else.
    public static func registry(_ atlas: Atlas, in context: PageContext) -> Page {
        let qualifications = atlas.qualifications
        let statements = atlas.statements
        let rows = atlas.logs.map { log in
            let own = qualifications.filter { $0.log.country == log.country }
            let made = statements.filter { $0.log.country == log.country }.count
            return (log, Set(own.map(\.content.id)).count, made)
        }
        return Page(
            title: context.text(.pageRegistry),
            main: [
                HTML("p", ["class": "lead"], [HTML(context.text(.pageRegistryLead))]),
                searchForm("", in: context),
                HTML.list(
                    [
                        (PageAddress.recognitions, MessageKey.registryRecognitions),
                        (.frameworks, .registryFrameworks),
                    ].map { .link(context.href($0.0), [HTML(context.text($0.1))]) }),
                HTML.table(
                    caption: context.text(.registryCountries),
                    [
                        .networkCountry, .registryQualifications, .registryRecognitions,
                        .networkLog,
                    ].map { context.text($0) },
                    rows.map { log, count, made in
                        [
                            .cell(
                                .link(
                                    context.href(.country(log.country)),
                                    [
                                        .name(log.names(in: context.languages)), " ",
                                        .code(log.country),
                                    ])),
                            .number(count),
                            .number(made),
                            .cell(.code(log.origin)),
                        ]
                    }),
            ],
            document: [
                "version": 1,
                "countries": .array(
                    rows.map { log, count, made in
                        [
                            "country": .string(log.country),
                            "name": .string(log.names(in: context.languages)),
                            "origin": .string(log.origin),
                            "log": .string(log.originHash.hexadecimal),
                            "size": .integer(Int64(clamping: log.size)),
                            "qualifications": .integer(Int64(count)),
                            "statements": .integer(Int64(made)),
                            "page": .string(PageAddress.country(log.country).path),
                        ]
                    }),
            ])
    }

    static func searchForm(_ text: String, in context: PageContext) -> HTML {
        var fields = [
            HTML("label", ["for": "q"], [HTML(context.text(.registrySearchHint))]),
            HTML(
                "input",
                [
                    "id": "q", "name": "q", "type": "search", "value": text.isEmpty ? nil : text,
                    "maxlength": "100",
                ]),
            HTML("button", ["type": "submit"], [HTML(context.text(.registrySearch))]),
        ]
        if let language = context.chosenLanguage {
            fields.append(HTML("input", ["type": "hidden", "name": "lang", "value": language]))
        }
        return HTML(
            "form",
            [
                "class": "search", "role": "search", "method": "get",
                "action": PageAddress.search.path,
            ], fields)
    }
}
