internal import CPango
internal import Language

/// The foot of the page: the code, and how to check what it carries.
struct CertificatePanel {
    let top: Double
    private let canvas: PDFCanvas
    private let symbol: QRSymbol
    private let paragraphs: [(paragraph: Paragraph, colour: Colour, before: Double)]
    private let notices: [Paragraph]
    private let height: Double

    private static let left = 58.0
    private static let width = PDFCanvas.width - 2 * left
    private static let padding = 11.0
    private static let side = CertificatePage.codeSide * PDFCanvas.millimetre
    private static let textLeft = left + 2 * padding + side + 6
    private static let textWidth = left + width - padding - textLeft
    private static let bottom = PDFCanvas.height - 50

    init(_ sheet: CertificateSheet, on canvas: PDFCanvas) throws(PaperError) {
        self.canvas = canvas
        symbol = try QRSymbol(sheet.code)
        let own = sheet.texts[0]
        var notices: [Paragraph] = []
        var seen: Set<String> = []
        for texts in sheet.texts {
            for notice in texts.notices.dropFirst(sheet.isSample ? 1 : 0)
            where seen.insert(notice).inserted {
                notices.append(
                    try Paragraph(
                        notice, .init(family: Paragraph.Style.sans, size: 6.5),
                        width: CertificatePanel.width, field: "notice", language: texts.language,
                        on: canvas))
            }
        }
        self.notices = notices
        let noticesHeight = notices.reduce(0) { $0 + $1.height }
        let inner = CertificatePanel.side
        height = inner + 2 * CertificatePanel.padding
        top = CertificatePanel.bottom - noticesHeight - height
        for scale in stride(from: 1.0, through: 0.6, by: -0.05) {
            var texts: [(paragraph: Paragraph, colour: Colour, before: Double)] = []
            func add(
                _ text: String, _ size: Double, _ colour: Colour, before: Double,
                bold: Bool = false, language: String = own.language
            ) throws(PaperError) {
                texts.append(
                    (
                        try Paragraph(
                            text,
                            .init(
                                family: Paragraph.Style.sans, size: size * scale, isBold: bold),
                            width: CertificatePanel.textWidth, alignment: .start,
                            field: "instruction", language: language, on: canvas), colour,
                        before * scale
                    ))
            }
            try add(own.how, 11, .deep, before: 0, bold: true)
            try add(own.check, 9, .ink, before: 4)
            try add(own.compare, 9, .ink, before: 4)
            for other in sheet.texts.dropFirst() {
                try add(
                    other.how, 8, .quiet, before: 7, bold: true, language: other.language)
                try add(
                    "\(other.check) \(other.compare)", 7, .quiet, before: 1.5,
                    language: other.language)
            }
            try add(own.record, 6.5, .quiet, before: 7)
            guard texts.reduce(0, { $0 + $1.before + $1.paragraph.height }) <= inner + 8 else {
                continue
            }
            paragraphs = texts
            return
        }
        throw .doesNotFit(field: "instruction")
    }

    func draw() {
        let (left, padding) = (CertificatePanel.left, CertificatePanel.padding)
        // White below the code, whatever lies under it.
        canvas.setColour(.white)
        cairo_rectangle(canvas.context, left, top, CertificatePanel.width, height)
        cairo_fill_preserve(canvas.context)
        canvas.setColour(.deep)
        cairo_set_line_width(canvas.context, 0.6)
        cairo_stroke(canvas.context)
        drawCode(x: left + padding, y: top + padding)
        let used = paragraphs.reduce(0) { $0 + $1.before + $1.paragraph.height }
        var y = top + (height - used) / 2
        for (paragraph, colour, before) in paragraphs {
            y += before
            paragraph.draw(x: CertificatePanel.textLeft, y: y, in: colour)
            y += paragraph.height
        }
        y = top + height + 3
        for notice in notices {
            notice.draw(x: left, y: y, in: .quiet)
            y += notice.height
        }
    }

    private func drawCode(x: Double, y: Double) {
        let module = CertificatePanel.side / Double(symbol.width)
        canvas.setColour(.black)
        for row in 0..<symbol.width {
            for (column, length) in symbol.stretches(of: row) {
                cairo_rectangle(
                    canvas.context, x + Double(column) * module, y + Double(row) * module,
                    Double(length) * module, module)
            }
        }
        cairo_fill(canvas.context)
    }
}
