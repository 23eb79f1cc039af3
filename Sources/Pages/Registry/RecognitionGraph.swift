internal import Language
internal import Registry

/// One qualification in the middle, and an arrow to every country that has said something about
/// it, for each effect one.
struct RecognitionGraph {
    private let id: String
    private let statements: [Atlas.Found<Atlas.Statement>]
    private let context: PageContext

    init(
        _ id: String, _ statements: [Atlas.Found<Atlas.Statement>], in context: PageContext
    ) {
        self.id = id
        self.statements = statements
        self.context = context
    }

    private struct Arrow: Hashable {
        let country: String
        let effect: Provision.Effect
    }

    /// Each country and effect once, with the number of statements.
    private var arrows: [(arrow: Arrow, count: Int)] {
        var counts: [Arrow: Int] = [:]
        for found in statements {
            let arrow = Arrow(
                country: found.log.country, effect: found.content.provision.effect)
            counts[arrow, default: 0] += 1
        }
        return counts.map { ($0.key, $0.value) }.sorted {
            ($0.arrow.country, $0.arrow.effect.rawValue)
                < ($1.arrow.country, $1.arrow.effect.rawValue)
        }
    }

    private static let rowHeight = 46

    var svg: HTML {
        let arrows = arrows
        let height = max(1, arrows.count) * RecognitionGraph.rowHeight + 14
        let middle = height / 2
        var shapes: [HTML] = []
        for (position, item) in arrows.enumerated() {
            let y = position * RecognitionGraph.rowHeight + 30
            let tone = Page.tone(of: item.arrow.effect)
            let words = context.text("effect", item.arrow.effect.rawValue)
            shapes += [
                HTML(
                    "path",
                    ["class": "edge", "d": "M230 \(middle)C290 \(middle) 280 \(y) 338 \(y)"]),
                HTML("path", ["class": "edge", "d": "M330 \(y - 5)L338 \(y)L330 \(y + 5)"]),
                HTML(
                    "rect",
                    [
                        "class": "box", "x": "342", "y": "\(y - 17)", "width": "64",
                        "height": "34", "rx": "6",
                    ]),
                HTML(
                    "text",
                    [
                        "x": "374", "y": "\(y + 5)", "text-anchor": "middle",
                        "font-weight": "600",
                    ], [HTML(item.arrow.country)]),
            ]
            shapes += Mark.shape(tone, x: 432, y: y)
            shapes.append(
                HTML(
                    "text", ["x": "452", "y": "\(y + 5)"],
                    [HTML(item.count == 1 ? words : "\(words) × \(item.count)")]))
        }
        shapes += [
            HTML(
                "rect",
                [
                    "class": "box", "x": "6", "y": "\(middle - 21)", "width": "224",
                    "height": "42", "rx": "8",
                ]),
            HTML(
                "text",
                [
                    "x": "118", "y": "\(middle + 5)", "text-anchor": "middle",
                    "font-weight": "600",
                ], [HTML(id.count > 30 ? String(id.prefix(29)) + "…" : id)]),
        ]
        return HTML(
            "svg",
            [
                "viewBox": "0 0 760 \(height)", "role": "img", "direction": "ltr",
                "aria-label": context.text(.registryGraph),
            ], shapes)
    }
}
