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
        try changesTheLanguage(browser, url)
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

    /// What can be checked of WCAG 2.2 without a person: names, labels, headings, contrast.
    private func isReadable(_ browser: Chromium, _ url: String) throws {
        for dark in [false, true] {
            try browser.setDark(dark)
            for path in Self.paths {
                try browser.open(url + path + (path.contains("?") ? "&" : "?") + "lang=en")
                let faults = try browser.evaluate(Self.audit).array ?? [.null]
                #expect(faults == [], "\(path), \(dark ? "dark" : "light")")
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

    /// Returns the faults of a page as an array of sentences.
    private static let audit = """
        (() => {
          const faults = [];
          const all = (selector) => [...document.querySelectorAll(selector)];
          if (!document.title) faults.push("no title");
          if (all("h1").length !== 1) faults.push("not one h1");
          let last = 1;
          for (const heading of all("h1,h2,h3")) {
            const level = Number(heading.tagName[1]);
            if (level > last + 1) faults.push("skips to " + heading.tagName);
            last = level;
          }
          const ids = all("[id]").map((e) => e.id);
          if (new Set(ids).size !== ids.length) faults.push("an id twice");
          for (const field of all("input:not([type=hidden]),select,textarea"))
            if (!field.labels.length) faults.push("no label: " + field.name);
          for (const drawing of all("svg:not([aria-hidden])"))
            if (!drawing.getAttribute("aria-label")) faults.push("no name: a drawing");
          for (const target of all("a,button"))
            if (!target.innerText.trim() && !target.getAttribute("aria-label"))
              faults.push("no text: " + target.outerHTML.slice(0, 80));
          for (const table of all("table"))
            if (!table.querySelector("th")) faults.push("a table without headings");
          const channel = (v) => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
          const parse = (text) => {
            const n = text.match(/[\\d.]+/g).map(Number);
            return [n[0], n[1], n[2], n.length > 3 ? n[3] : 1];
          };
          const over = (top, under) => top.slice(0, 3)
            .map((v, i) => v * top[3] + under[i] * (1 - top[3])).concat(1);
          const light = (c) =>
            .2126 * channel(c[0]) + .7152 * channel(c[1]) + .0722 * channel(c[2]);
          const background = (element) => {
            const layers = [];
            for (let e = element; e; e = e.parentElement)
              layers.push(parse(getComputedStyle(e).backgroundColor));
            return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]);
          };
          for (const element of all("main *,header *,footer *,aside *")) {
            if (element.closest("svg") || element.tagName === "OPTION") continue;
            const own = [...element.childNodes]
              .some((n) => n.nodeType === 3 && n.textContent.trim());
            if (!own || !element.offsetParent) continue;
            const under = background(element);
            const ink = over(parse(getComputedStyle(element).color), under);
            const [a, b] = [light(ink), light(under)].sort((x, y) => y - x);
            const ratio = (a + .05) / (b + .05);
            if (ratio < 4.5)
              faults.push("contrast " + ratio.toFixed(2) + ": " + element.innerText.slice(0, 40));
          }
          return [...new Set(faults)];
        })()
        """
}
