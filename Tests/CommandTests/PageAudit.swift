import Encoding
import Foundation

/// What of WCAG 2.2 can be checked of a page without a person: names, labels, headings, contrast.
///
/// By rules written here, and by those of axe-core, which `Tests/setup` gets from PyPI where it can.
enum PageAudit {
    /// The faults of the page that is open, as sentences.
    static func faults(in browser: Chromium) throws -> [String] {
        let own = try browser.evaluate(written).array ?? [.null]
        guard let axe else { return own.map { $0.string ?? "no answer" } }
        try browser.evaluate(axe)
        let found = try browser.evaluate(rules, awaiting: true).array ?? [.null]
        return (own + found).map { $0.string ?? "no answer" }
    }

    static var isAxeInstalled: Bool { axe != nil }

    /// The script of axe-core, in the Python package that brings it.
    private static let axe: String? = {
        let libraries = ConcordProcess.repository.appending(path: ".build/judge/lib")
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: libraries.path)) ?? []
        return folders.lazy.compactMap { folder in
            let script = libraries.appending(
                path: "\(folder)/site-packages/axe_core_python/axe.min.js")
            return try? String(contentsOf: script, encoding: .utf8)
        }.first
    }()

    /// Every rule of WCAG 2.0 to 2.2, levels A and AA.
    private static let rules = """
        axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
          .then((result) => result.violations.flatMap((violation) => violation.nodes.map(
            (node) => violation.id + ": " + node.html.slice(0, 120))))
        """

    /// Gives the faults of a page as an array of sentences.
    private static let written = """
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
