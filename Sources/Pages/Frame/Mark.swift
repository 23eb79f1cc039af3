/// Small drawn marks: the shape says what the colour says again, and a word stands beside it.
enum Mark {
    /// Passed and sound: a disc with a tick. Open: a triangle. Failed: a square with a cross.
    /// Unknown: a ring.
    static func shape(_ tone: String, x: Int, y: Int) -> [HTML] {
        let transform = "translate(\(x) \(y))"
        let shape: [HTML] =
            switch tone {
            case "good":
                [
                    HTML("circle", ["class": tone, "r": "9"]),
                    HTML("path", ["d": "M-4 0l3 3 5-6", "class": "paper"]),
                ]
            case "mid": [HTML("path", ["class": tone, "d": "M0-9L10 8H-10z"])]
            case "bad":
                [
                    HTML(
                        "rect",
                        ["class": tone, "x": "-9", "y": "-9", "width": "18", "height": "18"]),
                    HTML("path", ["d": "M-4-4l8 8M4-4l-8 8", "class": "paper"]),
                ]
            default: [HTML("circle", ["class": "\(tone) line", "r": "8"])]
            }
        return [HTML("g", ["transform": transform], shape)]
    }

    /// A mark beside a word, hidden from those who hear the word.
    static func inline(_ tone: String) -> HTML {
        HTML(
            "svg",
            [
                "viewBox": "-11 -11 22 22", "width": "20", "height": "20", "aria-hidden": "true",
                "focusable": "false",
            ], shape(tone, x: 0, y: 0))
    }

    static func tag(_ text: String, _ tone: String) -> HTML {
        HTML("span", ["class": "tag \(tone)"], [HTML(text)])
    }
}
