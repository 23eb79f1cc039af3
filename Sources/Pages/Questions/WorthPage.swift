public import Encoding
public import Language
public import Recognition
internal import Registry
public import Verification

/// One line of what something is worth: in a place, for a purpose, as known so long ago.
public struct WorthLine: Sendable {
    public let row: WorthRow
    /// Seconds; nil where no witness says how old the log is.
    public let age: Int64?
    public let names: WorthNames

    public init(row: WorthRow, age: Int64?, names: WorthNames) {
        self.row = row
        self.age = age
        self.names = names
    }
}

/// What `worth` was asked about.
public struct WorthSubject: Sendable {
    /// The qualification's id.
    public let qualification: String
    public let title: String
    public let versionName: String
    /// The day of the award that was handed over; nil: asked as if it were awarded today.
    public let awarded: CalendarDate?

    public init(
        qualification: String, title: String, versionName: String, awarded: CalendarDate?
    ) {
        self.qualification = qualification
        self.title = title
        self.versionName = versionName
        self.awarded = awarded
    }

    var message: Message {
        var arguments: [String: Message.Argument] = [
            "title": .text(title), "id": .text(versionName),
        ]
        guard let awarded else { return Message(.surveyQualification, arguments) }
        arguments["date"] = .date(awarded)
        return Message(.surveyAward, arguments)
    }
}

extension Page {
    /// The question, with every qualification to choose from.
    public static func worthQuestion(
        _ atlas: Atlas, qualification: String?, problem: Message? = nil, in context: PageContext
    ) -> Page {
        var main: [HTML] = [
            HTML("p", ["class": "lead"], [HTML(context.text(.pageWorthLead))])
        ]
        if let problem { main.append(.problem(problem, in: context)) }
        main += [
            worthForm(atlas, qualification, in: context),
            HTML("h2", [HTML(context.text(.worthCertificate))]),
            HTML("p", [HTML(context.text(.worthCertificateLead))]),
            HandingOver(at: .worth, in: context).form([], submit: .pageShow),
        ]
        return Page(
            title: context.text(.pageWorth), main: main,
            document: [
                "version": 1,
                "qualifications": .array(
                    Set(atlas.qualifications.map(\.content.id)).sorted().map(JSONValue.string)),
            ], isPrivate: problem != nil)
    }

    /// What a qualification is worth: over destinations and purposes, the best first, with what
    /// is missing, what to do next and whom to ask.
    public static func worth(
        of subject: WorthSubject, _ lines: [WorthLine], _ atlas: Atlas, in context: PageContext
    ) -> Page {
        let rows = lines.map { line -> [Table.Cell] in
            return [
                .cell(
                    .link(
                        context.href(.country(String(line.row.destination.prefix(2)))),
                        [place(line.row.destination, atlas, in: context)])),
                .cell(HTML(context.text(.purpose(line.row.purpose)))),
                .cell(HTML("div", target(line.row.target, atlas, in: context))),
                .cell(
                    Mark.tag(
                        context.text(.word(line.row.verdict.word)),
                        tone(of: line.row.verdict.word)),
                    HTML("p", [HTML(context.text(.meaning(line.row.verdict.word)))])),
                .why(
                    WorthDetails(
                        line.row.verdict, named(line, atlas, in: context), atlas, in: context
                    ).short
                        + [HTML("p", ["class": "hint"], [HTML(age(line, in: context))])]),
                .cell(.list(nextSteps(line, in: context))),
            ]
        }
        return Page(
            title: context.text(.pageWorth),
            main: [
                HTML("p", ["class": "lead"], [HTML(context.text(subject.message))]),
                HTML("p", [HTML("strong", [HTML(context.text(.pageNoCharge))])]),
                HTML.table(
                    caption: context.text(.pageWorth),
                    [
                        context.text(.worthPlace), context.text(.worthPurpose),
                        context.text(.worthCompared), context.text(.worthAnswer),
                        context.text(.worthWhy), context.text(.headingNext),
                    ], rows),
                worthForm(atlas, subject.qualification, in: context),
            ],
            document: [
                "version": 1, "qualification": .string(subject.versionName),
                "title": .string(subject.title),
                "asked": .string(context.now.description),
                "rows": .array(lines.map { document(of: $0) }),
            ], isPrivate: subject.awarded != nil)
    }

    /// The names of the line with the titles of the units that it mentions by code.
    private static func named(
        _ line: WorthLine, _ atlas: Atlas, in context: PageContext
    ) -> WorthNames {
        let mentioned = Set(line.row.verdict.scope + line.row.verdict.missing)
        var names = line.names
        guard !mentioned.isEmpty else { return names }
        for unit in atlas.qualifications.flatMap(\.content.units)
        where mentioned.contains(unit.code) && names.names[unit.code] == nil {
            names.names[unit.code] = unit.title
        }
        return names
    }

    private static func place(
        _ code: String, _ atlas: Atlas, in context: PageContext
    ) -> HTML {
        guard let log = atlas.log(of: String(code.prefix(2))) else { return .code(code) }
        return HTML("span", [.name(log.names(in: context.languages)), " ", .code(code)])
    }

    private static func age(_ line: WorthLine, in context: PageContext) -> String {
        guard let age = line.age else { return context.text(.surveyAgeless) }
        return context.text(Message(.surveyKnown, ["age": .message(.age(age))]))
    }

    /// Names and birth years are compared by who verifies, not by who asks what it is worth.
    private static func nextSteps(_ line: WorthLine, in context: PageContext) -> [HTML] {
        WorthSteps(line.row.verdict, names: line.names).messages
            .filter { $0.key != .nextCompareDocument }
            .map { HTML(context.text($0)) }
    }

    private static func document(of line: WorthLine) -> JSONValue {
        var target = JSONObject()
        for (name, value) in line.row.target.values.sorted(by: { $0.key < $1.key }) {
            target[name] = .string(value)
        }
        var object: JSONObject = [
            "destination": .string(line.row.destination),
            "purpose": .string(line.row.purpose.rawValue), "target": .object(target),
            "verdict": line.row.verdict.document,
            "ask": .array(line.row.verdict.ask.map(JSONValue.string)),
        ]
        object["age"] = line.age.map(JSONValue.integer)
        return .object(object)
    }

    private static func worthForm(
        _ atlas: Atlas, _ chosen: String?, in context: PageContext
    ) -> HTML {
        var seen: Set<String> = []
        let options = atlas.qualifications.reversed().filter { seen.insert($0.content.id).inserted }
            .sorted { $0.content.id < $1.content.id }
            .map { found in
                HTML(
                    "option",
                    [
                        "value": found.content.id,
                        "selected": found.content.id == chosen ? "selected" : nil,
                    ],
                    [
                        HTML(
                            "\(found.content.titles.text(in: context.languages)) "
                                + "(\(found.content.id))")
                    ])
            }
        var fields = [
            HTML(
                "div",
                [
                    HTML("label", ["for": "qualification"], [HTML(context.text(.worthChoose))]),
                    HTML("select", ["id": "qualification", "name": "qualification"], options),
                ]),
            HTML("button", ["class": "main", "type": "submit"], [HTML(context.text(.pageShow))]),
        ]
        if let language = context.chosenLanguage {
            fields.append(HTML("input", ["type": "hidden", "name": "lang", "value": language]))
        }
        return HTML(
            "form", ["class": "ask", "method": "get", "action": PageAddress.worth.path], fields)
    }

    /// The colour that says again what the word says: what is unknown is never green.
    static func tone(of word: RecognitionWord) -> String {
        switch word {
        case .granted, .provisional, .free: "good"
        case .conditional, .partial, .alternative, .assessable, .advisory: "mid"
        case .undetermined, .conflict: "unknown"
        case .refused, .barred, .invalid: "bad"
        }
    }
}
