internal import CPango
internal import Glibc

/// Interlaced fine lines, as on documents of value: they say nothing and are pleasant to see.
struct Guilloche {
    let canvas: PDFCanvas

    /// A rosette of waves around a centre.
    func rosette(
        x: Double, y: Double, radius: Double, waves: Int, curves: Int, depth: Double,
        colour: Colour, alpha: Double, line: Double
    ) {
        canvas.setColour(colour, alpha: alpha)
        cairo_set_line_width(canvas.context, line)
        let steps = waves * 5
        for curve in 0..<curves {
            let shift = 2 * Double.pi * Double(curve) / Double(curves)
            closed(
                (0..<steps).map { step in
                    let angle = 2 * Double.pi * Double(step) / Double(steps)
                    let distance =
                        radius * (1 - depth + depth * sin(Double(waves) * angle + shift))
                    return (x + distance * cos(angle), y + distance * sin(angle))
                })
        }
        cairo_stroke(canvas.context)
    }

    /// A band of waves along the four sides of a rectangle.
    func border(inset: Double, depth: Double, colour: Colour, alpha: Double, line: Double) {
        let (width, height) = (PDFCanvas.width - 2 * inset, PDFCanvas.height - 2 * inset)
        canvas.setColour(colour, alpha: alpha)
        cairo_set_line_width(canvas.context, line)
        let corners = [
            (inset, inset, width, 0.0), (inset + width, inset, height, Double.pi / 2),
            (inset + width, inset + height, width, Double.pi),
            (inset, inset + height, height, -Double.pi / 2),
        ]
        for (x, y, length, turn) in corners {
            let periods = Int((length / 26).rounded())
            for curve in 0..<4 {
                let shift = Double.pi * Double(curve) / 2
                let steps = periods * 4
                open(
                    (0...steps).map { step in
                        let along = length * Double(step) / Double(steps)
                        let wave = sin(
                            2 * Double.pi * Double(periods) * along / length + shift)
                        let across = depth / 2 * wave
                        return (
                            x + along * cos(turn) - across * sin(turn),
                            y + along * sin(turn) + across * cos(turn)
                        )
                    })
            }
        }
        cairo_stroke(canvas.context)
    }

    /// A smooth curve through the points (Catmull and Rom's), back to the first.
    private func closed(_ points: [(Double, Double)]) {
        let count = points.count
        cairo_move_to(canvas.context, points[0].0, points[0].1)
        for index in 0..<count {
            curve(
                points[(index + count - 1) % count], points[index], points[(index + 1) % count],
                points[(index + 2) % count])
        }
        cairo_close_path(canvas.context)
    }

    private func open(_ points: [(Double, Double)]) {
        let last = points.count - 1
        cairo_move_to(canvas.context, points[0].0, points[0].1)
        for index in 0..<last {
            curve(
                points[max(0, index - 1)], points[index], points[index + 1],
                points[min(last, index + 2)])
        }
    }

    private func curve(
        _ before: (Double, Double), _ from: (Double, Double), _ to: (Double, Double),
        _ after: (Double, Double)
    ) {
        cairo_curve_to(
            canvas.context, from.0 + (to.0 - before.0) / 6, from.1 + (to.1 - before.1) / 6,
            to.0 - (after.0 - from.0) / 6, to.1 - (after.1 - from.1) / 6, to.0, to.1)
    }
}
