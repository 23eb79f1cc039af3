internal import CPango
internal import Language

/// The middle of the page: who, what, from whom, when; as large as there is room for.
struct CertificateBody {
    private struct Line {
        let paragraph: Paragraph
        let colour: Colour
        let before: Double
        /// A short rule under it.
        let hasRule: Bool
    }

    private let canvas: PDFCanvas
    private let sheet: CertificateSheet
    private let emblem: Paragraph
    private let lines: [Line]
    private let start: Double

    private static let width = 455.0
    private static let left = (PDFCanvas.width - width) / 2

    /// Tries smaller letters until everything fits between the two heights.
    init(
        _ sheet: CertificateSheet, on canvas: PDFCanvas, from top: Double, to bottom: Double
    ) throws(PaperError) {
        self.canvas = canvas
        self.sheet = sheet
        emblem = try Paragraph(
            sheet.countryCode, .init(size: 17, isBold: true), width: 40, field: "country",
            language: "en", on: canvas)
        for scale in stride(from: 1.08, through: 0.55, by: -0.06) {
            let lines = try CertificateBody.lines(of: sheet, scale, on: canvas)
            let height = lines.reduce(0) { $0 + $1.before + $1.paragraph.height }
            guard height <= bottom - top else { continue }
            self.lines = lines
            start = top + (bottom - top - height) * 0.42
            return
        }
        throw .doesNotFit(field: "text")
    }

    private static func lines(
        of sheet: CertificateSheet, _ scale: Double, on canvas: PDFCanvas
    ) throws(PaperError) -> [Line] {
        let own = sheet.texts[0]
        var lines: [Line] = []
        func add(
            _ text: String, _ field: String, _ size: Double, in colour: Colour, before: Double,
            bold: Bool = false, italic: Bool = false, spacing: Double = 0,
            language: String = own.language, rule: Bool = false
        ) throws(PaperError) {
            let style = Paragraph.Style(
                size: size * scale, isBold: bold, isItalic: italic, spacing: spacing)
            lines.append(
                Line(
                    paragraph: try Paragraph(
                        text, style, width: width, field: field, language: language, on: canvas),
                    colour: colour, before: before * scale, hasRule: rule))
        }
        /// The same in the other languages, smaller, where it differs.
        func addOthers(
            _ text: (CertificateSheet.Texts) -> String, _ field: String, _ size: Double
        ) throws(PaperError) {
            for other in sheet.texts.dropFirst() where text(other) != text(own) {
                try add(
                    text(other), field, size, in: .quiet, before: 1, italic: true,
                    language: other.language)
            }
        }
        for notice in own.notices.prefix(sheet.isSample ? 1 : 0) {
            try add(notice, "notice", 8.5, in: .warning, before: 0, bold: true)
        }
        try add(own.country, "country", 10.5, in: .deep, before: 6, spacing: 2.2)
        try addOthers(\.country, "country", 8.5)
        try add(own.body, "body", 17, in: .ink, before: 5, bold: true)
        try add(own.accredited, "accreditor", 9.5, in: .quiet, before: 3)
        try addOthers(\.accredited, "accreditor", 8)
        try add(own.title, "title", 33, in: .deep, before: 20, spacing: 3)
        try addOthers(\.title, "title", 12)
        try add(own.certifies, "text", 11.5, in: .ink, before: 18)
        try addOthers(\.certifies, "text", 8.5)
        try add(sheet.name, "name", 29, in: .ink, before: 9, bold: true, rule: true)
        try add(own.born, "text", 11, in: .ink, before: 10)
        try addOthers(\.born, "text", 8.5)
        try add(own.awarded, "text", 11.5, in: .ink, before: 16)
        try addOthers(\.awarded, "text", 8.5)
        try add(own.qualification, "qualification", 20, in: .deep, before: 9, bold: true)
        try addOthers(\.qualification, "qualification", 12)
        try add(own.by, "body", 11.5, in: .ink, before: 10)
        try addOthers(\.by, "body", 8.5)
        try add(own.details.joined(separator: "  ·  "), "details", 10.5, in: .ink, before: 10)
        try addOthers({ $0.details.joined(separator: "  ·  ") }, "details", 8.5)
        return lines
    }

    func draw() {
        emblem.draw(x: PDFCanvas.width / 2 - 20, y: 84 - emblem.height / 2, in: .deep)
        var y = start
        for line in lines {
            y += line.before
            line.paragraph.draw(x: CertificateBody.left, y: y, in: line.colour)
            y += line.paragraph.height
            guard line.hasRule else { continue }
            canvas.setColour(.gold)
            cairo_set_line_width(canvas.context, 0.8)
            cairo_move_to(canvas.context, PDFCanvas.width / 2 - 110, y + 3)
            cairo_line_to(canvas.context, PDFCanvas.width / 2 + 110, y + 3)
            cairo_stroke(canvas.context)
        }
    }
}
