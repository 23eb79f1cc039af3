internal import Language

/// The form with which a certificate is handed over: as a file, as a picture, as a text, or before
/// a camera.
///
/// Works without a script; a script adds the camera, and that a file can be dropped.
struct HandingOver {
    private let address: PageAddress
    private let context: PageContext

    init(at address: PageAddress, in context: PageContext) {
        self.address = address
        self.context = context
    }

    /// - Parameter more: what is asked beside it.
    func form(_ more: [HTML], submit: MessageKey) -> HTML {
        HTML(
            "form",
            [
                "class": "ask", "method": "post", "enctype": "multipart/form-data",
                "action": context.href(address),
            ],
            [HTML("div", ["class": "drop"], [file, camera]), text] + more + [
                HTML(
                    "button", ["class": "main", "type": "submit"], [HTML(context.text(submit))])
            ])
    }

    private var file: HTML {
        HandingOver.field(
            "file", context.text(.askFile),
            HTML(
                "input",
                [
                    "id": "file", "name": "file", "type": "file",
                    "accept": HandingOver.kinds, "aria-describedby": "file-hint",
                ]), hint: context.text(.askPrivacy))
    }

    private static let kinds =
        ".json,.txt,.sdjwt,.pdf,.png,.jpg,.jpeg,application/json,text/plain,application/pdf,"
        + "image/png,image/jpeg"

    /// Hidden until a script has found a camera. Its texts stand here, so that the script has none.
    private var camera: HTML {
        HTML(
            "div", ["id": "camera", "hidden": ""],
            [
                HTML(
                    "button", ["type": "button", "data-stop": context.text(.askCameraStop)],
                    [HTML(context.text(.askCamera))]),
                HTML("video", ["muted": "", "playsinline": "", "hidden": ""]),
                HTML(
                    "p",
                    [
                        "class": "hint", "role": "status",
                        "data-look": context.text(.askCameraLook),
                        "data-found": context.text(.askCameraFound),
                        "data-none": context.text(.askCameraNone),
                    ]),
            ])
    }

    private var text: HTML {
        HandingOver.field(
            "text", context.text(.askText),
            HTML(
                "textarea",
                [
                    "id": "text", "name": "text", "rows": "5", "spellcheck": "false",
                    "autocomplete": "off",
                ]))
    }

    /// A control with its label and what helps to fill it in.
    static func field(
        _ name: String, _ label: String, _ control: HTML, hint: String? = nil
    ) -> HTML {
        HTML(
            "div",
            [HTML("label", ["for": name], [HTML(label)]), control]
                + (hint.map {
                    [HTML("p", ["class": "hint", "id": "\(name)-hint"], [HTML($0)])]
                } ?? []))
    }
}

extension HTML {
    /// Why what was handed over got no answer.
    static func problem(_ problem: Message, in context: PageContext) -> HTML {
        HTML(
            "div", ["class": "verdict unknown", "role": "alert"],
            [HTML("p", [HTML(context.text(problem))])])
    }
}
