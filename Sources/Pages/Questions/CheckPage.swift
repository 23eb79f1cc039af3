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
