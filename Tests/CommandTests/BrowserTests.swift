import Encoding
import Foundation
import Testing

/// The pages in a real browser: through the form, the languages, the keyboard, a narrow screen.
@Suite(
    .serialized, .enabled(if: Chromium.isInstalled, "the pages in a browser (no chromium here)"))
struct BrowserTests {
    private let corridor: Corridor

    init() throws { corridor = try Corridor() }

    @Test(.timeLimit(.minutes(10))) func servesPeopleInABrowser() throws {
        try corridor.found()
        try corridor.introduce()
        try corridor.publishActs()
        try corridor.issue()
        try corridor.syncAll()
        let url = try corridor.url("de")
        let browser = try Chromium()
        try browser.setWidth(1280)
        try checksACertificate(browser, url)
        try showsAVerdictEverywhere(browser, url)
        try takesAFileThatIsDropped(browser, url)
        try asksWhichOccupationIsMeant(browser, url)
        try changesTheLanguage(browser, url)
        try changesTheLanguageOfAVerdict(browser, url)
        try worksByKeyboard(browser, url)
        try fitsOnANarrowScreen(browser, url)
        try isReadable(browser, url)
        try worksWithoutScripts(browser, url)
        try readsACodeBeforeACamera(url)
        for country in Corridor.countries { #expect(corridor.stop(country) == 0, "\(country)") }
    }

    private static let paths = [
        "/", "/check", "/worth?qualification=ph.smaw-nc2", "/network", "/registry",
        "/registry/frameworks", "/registry/recognitions", "/registry/countries/DE",
        "/registry/qualifications/ph.smaw-nc2", "/registry/search?q=smaw",
        "/registry/authorities/ph.tesda", "/registry/bodies/\(Corridor.centre)",
        "/registry/frameworks/fw.de",
    ]

    private func hand(
        _ file: String, to browser: Chromium, _ url: String, destination: String = "DE"
    ) throws {
        try browser.open(url)
        try browser.choose(corridor.path(file), in: "#file")
        try browser.evaluate("document.querySelector('#destination').value = '\(destination)'")
        try browser.evaluate("document.querySelector('form.ask button.main').click()")
        try browser.wait(until: "!!document.querySelector('.verdict')")
    }

    private func checksACertificate(_ browser: Chromium, _ url: String) throws {
        try hand("certificates/2.json", to: browser, url + "/check?lang=en")
        #expect(try browser.text(".verdict .word") == "free")
        #expect(try browser.evaluate("document.querySelectorAll('.checks li').length") == 7)
        #expect(try browser.text("main").contains("Juan Halimbawa"))
        #expect(try browser.text("footer").contains("Nobody may charge for this check."))
        try browser.photograph("verdict")
        try hand("certificates/1.json", to: browser, url + "/check?lang=ar")
        #expect(try browser.text(".verdict .word") == "غير محسوم")
        #expect(try browser.evaluate("document.documentElement.dir") == "rtl")
        try browser.photograph("verdict-ar")
    }

    /// A verdict is for a phone, for paper and for every eye too.
    private func showsAVerdictEverywhere(_ browser: Chromium, _ url: String) throws {
        try hand("certificates/2.json", to: browser, url + "/check?lang=en")
        #expect(try browser.evaluate("document.title") == "free - Check a certificate - Concord")
        for (width, dark) in [(375, false), (375, true), (1280, true)] {
            try browser.setWidth(Int64(width))
            try browser.setDark(dark)
            #expect(try PageAudit.faults(in: browser) == [], "\(width), \(dark)")
            let scroll = try browser.evaluate("document.documentElement.scrollWidth")
            #expect(scroll.integer ?? .max <= Int64(width))
            try browser.photograph("verdict-\(width)-\(dark ? "dark" : "light")")
        }
        // Whoever reads in the dark prints on white.
        try browser.send(
            "Emulation.setEmulatedMedia",
            [
                "media": "print",
                "features": [["name": "prefers-color-scheme", "value": "dark"]],
            ])
        let colours = try browser.evaluate(
            "(({color, backgroundColor}) => [color, backgroundColor])("
                + "getComputedStyle(document.querySelector('.verdict .word + p')))")
        #expect(colours == ["rgb(0, 0, 0)", "rgba(0, 0, 0, 0)"])
        #expect(
            try browser.evaluate("getComputedStyle(document.body).backgroundColor")
                == "rgb(255, 255, 255)")
        #expect(
            try browser.evaluate(
                "getComputedStyle(document.querySelector('nav')).display") == "none")
        try browser.photograph("verdict-print")
        try browser.send("Emulation.setEmulatedMedia", ["media": ""])
        try browser.setDark(false)
        try browser.setWidth(1280)
    }

    private func takesAFileThatIsDropped(_ browser: Chromium, _ url: String) throws {
        try browser.open(url + "/check?lang=en")
        let text = try String(
            contentsOfFile: corridor.path("certificates/2.json"), encoding: .utf8)
        let literal = String(decoding: JSONValue.string(text).serialized, as: UTF8.self)
        try browser.evaluate(
            """
            const files = new DataTransfer();
            files.items.add(new File([\(literal)], "certificate.json"));
            document.querySelector(".drop").dispatchEvent(
              new DragEvent("drop", {dataTransfer: files, bubbles: true, cancelable: true})); true
            """)
        try browser.evaluate("document.querySelector('form.ask button.main').click()")
        try browser.wait(until: "!!document.querySelector('.verdict')")
        #expect(try browser.text("main").contains("Juan Halimbawa"))
    }

    /// A word that is part of titles asks which is meant; what was entered stands in the form.
    private func asksWhichOccupationIsMeant(_ browser: Chromium, _ url: String) throws {
        try browser.open(url + "/check?lang=en")
        try browser.choose(corridor.path("certificates/2.json"), in: "#file")
        try browser.evaluate(
            "document.querySelector('#destination').value = 'DE';"
                + "document.querySelector('#occupation').value = 'nursing';"
                + "document.querySelector('form.ask button.main').click()")
        try browser.wait(until: "!!document.querySelector('[role=alert]')")
        #expect(try browser.text("[role=alert]").contains("Nursing professionals (2221)"))
        #expect(try browser.evaluate("document.querySelector('#occupation').value") == "nursing")
    }

    private func changesTheLanguage(_ browser: Chromium, _ url: String) throws {
        try browser.open(url + "/worth?lang=en&qualification=ph.smaw-nc2")
        try browser.evaluate(
            """
            const list = document.querySelector('#lang'); list.value = 'fil';
            list.dispatchEvent(new Event('change')); true
            """)
        try browser.wait(until: "document.documentElement.lang === 'fil'")
        #expect(
            try browser.evaluate("location.search").string?.contains(
                "qualification=ph.smaw-nc2") == true)
        #expect(try browser.text("h1") == "Ano ang halaga nito, at saan?")
    }

    /// With a script at once, without one by the button: nothing is handed over anew by hand.
    private func changesTheLanguageOfAVerdict(_ browser: Chromium, _ url: String) throws {
        for hasScripts in [true, false] {
            try browser.send(
                "Emulation.setScriptExecutionDisabled", ["value": .bool(!hasScripts)])
            try hand("certificates/2.json", to: browser, url + "/check?lang=en")
            try browser.evaluate("document.querySelector('#lang').value = 'de'")
            try browser.evaluate(
                hasScripts
                    ? "document.querySelector('#lang').dispatchEvent(new Event('change'))"
                    : "document.querySelector('.language button').click()")
            try browser.wait(until: "document.documentElement.lang === 'de'")
            #expect(try browser.text(".verdict .word") == "frei")
            #expect(try browser.text("main").contains("Juan Halimbawa"))
            // No address holds what was handed over.
            #expect(try browser.evaluate("location.search + location.hash") == "")
        }
        try browser.send("Emulation.setScriptExecutionDisabled", ["value": false])
    }

    /// The first key leads to the link past the navigation, and it leads into the page.
    private func worksByKeyboard(_ browser: Chromium, _ url: String) throws {
        try browser.open(url + "/registry?lang=en")
        try browser.press("Tab")
        #expect(try browser.evaluate("document.activeElement.className") == "skip")
        try browser.press("Enter")
        try browser.wait(until: "location.hash === '#content'")
        try browser.press("Tab")
        #expect(
            try browser.evaluate(
                "document.querySelector('main').contains(document.activeElement)") == true)
        let outline = try browser.evaluate(
            "getComputedStyle(document.activeElement).outlineStyle")
        #expect(outline == "solid")
    }

    /// Nothing is wider than the screen: tables and drawings scroll by themselves. At 640 pixels a
    /// page is as it is at 1280 with text of 200 %.
    private func fitsOnANarrowScreen(_ browser: Chromium, _ url: String) throws {
        for (width, dark) in [(375, false), (375, true), (640, false), (1280, false), (1280, true)]
        {
            try browser.setWidth(Int64(width))
            try browser.setDark(dark)
            for language in ["en", "ar"] {
                for path in Self.paths {
                    let join = path.contains("?") ? "&" : "?"
                    try browser.open("\(url)\(path)\(join)lang=\(language)")
                    let scroll =
                        try browser.evaluate(
                            "document.documentElement.scrollWidth - \(width)"
                        ).integer ?? 1
                    #expect(scroll <= 0, "\(path) in \(language) at \(width)")
                    // On a phone a row is a card: no cell is a column of a few letters.
                    let narrowest = try browser.evaluate(
                        "Math.min(999, ...[...document.querySelectorAll('.stack td')]"
                            + ".map((cell) => cell.clientWidth))")
                    if width == 375 {
                        #expect(narrowest.integer ?? 0 > 200, "\(path) in \(language)")
                        #expect(try PageAudit.faults(in: browser) == [], "\(path) in \(language)")
                    }
                    let name = path.split { !$0.isLetter }.joined(separator: "-")
                    let tone = dark ? "dark" : "light"
                    try browser.photograph(
                        "\(name.isEmpty ? "start" : name)-\(language)-\(width)-\(tone)")
                }
            }
        }
        try browser.setWidth(1280)
        try browser.setDark(false)
    }

    private func isReadable(_ browser: Chromium, _ url: String) throws {
        for dark in [false, true] {
            try browser.setDark(dark)
            for path in Self.paths {
                try browser.open(url + path + (path.contains("?") ? "&" : "?") + "lang=en")
                #expect(
                    try PageAudit.faults(in: browser) == [], "\(path), \(dark ? "dark" : "light")")
            }
        }
        try browser.setDark(false)
    }

    private func worksWithoutScripts(_ browser: Chromium, _ url: String) throws {
        try browser.send("Emulation.setScriptExecutionDisabled", ["value": true])
        try browser.open(url + "/check?lang=de")
        try browser.choose(corridor.path("certificates/2.json"), in: "#file")
        try browser.evaluate("document.querySelector('#destination').value = 'DE'")
        try browser.evaluate("document.querySelector('form.ask button.main').click()")
        try browser.wait(until: "!!document.querySelector('.verdict')")
        #expect(try browser.text(".verdict .word") == "frei")
        try browser.send("Emulation.setScriptExecutionDisabled", ["value": false])
    }

    /// The camera shows a printed certificate; its code comes into the form, and is checked.
    private func readsACodeBeforeACamera(_ url: String) throws {
        try corridor.printAll("ph")
        let names = try FileManager.default.contentsOfDirectory(atPath: corridor.path("paper"))
        try PaperStage.tool(
            "pdftocairo",
            [
                "-jpeg", "-singlefile", "-r", "200", "-W", "1640", "-H", "2320",
                corridor.path("paper/\(try #require(names.sorted().first))"),
                corridor.path("film"),
            ])
        // A film of one picture, shown again and again.
        try FileManager.default.moveItem(
            atPath: corridor.path("film.jpg"), toPath: corridor.path("film.mjpeg"))
        let browser = try Chromium(film: corridor.path("film.mjpeg"))
        try browser.setWidth(1280)
        try browser.open(url + "/check?lang=en")
        #expect(try browser.evaluate("document.querySelector('#camera').hidden") == false)
        try browser.evaluate("document.querySelector('#camera button').click()")
        try browser.wait(until: "document.querySelector('#text').value.startsWith('CONCORD1:')")
        try browser.wait(until: "document.querySelector('#camera video').hidden")
        #expect(try browser.text("#camera p").hasPrefix("The code was read."))
        try browser.evaluate("document.querySelector('form.ask button.main').click()")
        try browser.wait(until: "!!document.querySelector('.verdict')")
        #expect(try browser.text(".verdict .word") == "authentic")
    }
}
