internal import Encoding
public import Language
internal import Recognition
internal import Registry
internal import Verification

/// What somebody entered about a certificate, to stand in the form again.
public struct CheckForm: Sendable {
    public var destination: String?
    public var purpose: String?
    public var occupation: String?
    public var targetQualification: String?

    public init() {}

    /// The code of an occupation that was entered as a code or as a title; nil if it is neither.
    ///
    /// A title may be that of any language; one that several occupations bear is none.
    public static func occupationCode(_ text: String) -> String? {
        let entered = text.split(separator: " ").joined(separator: " ")
        if (1...4).contains(entered.utf8.count),
            entered.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        {
            return entered
        }
        // As the list of suggestions writes it: the title with the code in parentheses.
        if entered.hasSuffix(")"), let open = entered.lastIndex(of: "(") {
            let code = String(entered[entered.index(after: open)...].dropLast())
            if OccupationTitles.title(of: code, in: "en") != nil { return code }
        }
        let folded = Page.folded(entered)
        guard folded.count > 2 else { return nil }
        let all = OccupationTitles.all(in: "en").map(\.code)
        let whole = all.filter { code in
            OccupationTitles.titles(of: code).contains { title in
                Page.folded(title).split(separator: "/").contains { $0 == folded }
                    || Page.folded(title) == folded
            }
        }
        if whole.count == 1 { return whole[0] }
        let parts = all.filter { code in
            OccupationTitles.titles(of: code).contains { Page.folded($0).contains(folded) }
        }
        return parts.count == 1 ? parts[0] : nil
    }
}

extension Page {
    /// The form with which a certificate is handed over.
    ///
    /// - Parameter problem: why what was handed over before was not judged.
    public static func check(
        _ atlas: Atlas, _ form: CheckForm = CheckForm(), problem: Message? = nil,
        in context: PageContext
    ) -> Page {
        var main: [HTML] = [
            HTML("p", ["class": "lead"], [HTML(context.text(.pageCheckLead))])
        ]
        if let problem { main.append(.problem(problem, in: context)) }
        main += [
            HandingOver(at: .check, in: context).form(
                [question(atlas, form, in: context)], submit: .askCheck),
            HTML(
                "datalist", ["id": "occupations"],
                OccupationTitles.all(in: context.catalogue.translation.tag).map {
                    HTML("option", ["value": "\($0.title) (\($0.code))"])
                }),
        ]
        return Page(
            title: context.text(.pageCheck), main: main,
            document: [
                "version": 1, "verify": "/verify",
                "destinations": .array(atlas.logs.map { .string($0.country) }),
                "purposes": .array(Purpose.allCases.map { .string($0.rawValue) }),
            ], isPrivate: problem != nil)
    }

    /// The country, the purpose and what it is compared with.
    private static func question(
        _ atlas: Atlas, _ form: CheckForm, in context: PageContext
    ) -> HTML {
        let countries = atlas.logs.map { log in
            HTML(
                "option",
                [
                    "value": log.country,
                    "selected": log.country == form.destination ? "selected" : nil,
                ], [HTML("\(log.names(in: context.languages)) (\(log.country))")])
        }
        let purposes = Purpose.allCases.map { purpose in
            HTML(
                "option",
                [
                    "value": purpose.rawValue,
                    "selected": purpose.rawValue == (form.purpose ?? Purpose.employ.rawValue)
                        ? "selected" : nil,
                ], [HTML(context.text(.purpose(purpose)))])
        }
        return HTML(
            "div", ["class": "pair"],
            [
                HandingOver.field(
                    "destination", context.text(.askCountry),
                    HTML(
                        "select", ["id": "destination", "name": "destination"],
                        [HTML("option", ["value": ""], [HTML(context.text(.askNoCountry))])]
                            + countries)),
                HandingOver.field(
                    "purpose", context.text(.askPurpose),
                    HTML("select", ["id": "purpose", "name": "purpose"], purposes)),
                HandingOver.field(
                    "occupation", context.text(.askOccupation),
                    HTML(
                        "input",
                        [
                            "id": "occupation", "name": "occupation", "list": "occupations",
                            "value": form.occupation, "maxlength": "120",
                            "autocomplete": "off", "aria-describedby": "occupation-hint",
                        ]), hint: context.text(.askOwnOccupation)),
                HandingOver.field(
                    "target", context.text(.askTarget),
                    HTML(
                        "input",
                        [
                            "id": "target", "name": "target", "maxlength": "200",
                            "value": form.targetQualification, "autocomplete": "off",
                            "dir": "ltr",
                        ])),
            ])
    }
}
