internal import CPango
public import Language

/// A printed certificate: one page of A4.
///
/// `Protocol/paper.md § Print`. It is a carrier: a verifier reads the code alone.
public struct CertificatePage {
    /// A side of the code without its quiet zone, in millimetres.
    public static let codeSide = 52.0

    private let sheet: CertificateSheet
    private let canvas: PDFCanvas

    /// The page as PDF.
    public static func pdf(of sheet: CertificateSheet) throws(PaperError) -> [UInt8] {
        let canvas = try PDFCanvas(title: sheet.texts.map(\.title).joined(separator: " / "))
        let page = CertificatePage(sheet: sheet, canvas: canvas)
        page.drawFrame()
        let panel = try CertificatePanel(sheet, on: canvas)
        let body = try CertificateBody(
            sheet, on: canvas, from: CertificatePage.top, to: panel.top - 16)
        body.draw()
        panel.draw()
        return try canvas.finished()
    }

    private static let top = 124.0

    private func drawFrame() {
        let guilloche = Guilloche(canvas: canvas)
        let middle = PDFCanvas.width / 2
        guilloche.rosette(
            x: middle, y: 370, radius: 190, waves: 24, curves: 6, depth: 0.22,
            colour: .deep, alpha: 0.10, line: 0.5)
        guilloche.border(inset: 30, depth: 13, colour: .deep, alpha: 0.75, line: 0.35)
        for inset in [20.5, 39.5] {
            canvas.setColour(.gold)
            cairo_set_line_width(canvas.context, 0.8)
            cairo_rectangle(
                canvas.context, inset, inset, PDFCanvas.width - 2 * inset,
                PDFCanvas.height - 2 * inset)
            cairo_stroke(canvas.context)
        }
        guilloche.rosette(
            x: middle, y: 84, radius: 31, waves: 12, curves: 6, depth: 0.2, colour: .deep,
            alpha: 0.9, line: 0.35)
        canvas.setColour(.white)
        cairo_arc(canvas.context, middle, 84, 17, 0, 2 * Double.pi)
        cairo_fill(canvas.context)
        canvas.setColour(.gold)
        cairo_set_line_width(canvas.context, 0.8)
        cairo_arc(canvas.context, middle, 84, 17, 0, 2 * Double.pi)
        cairo_stroke(canvas.context)
    }
}
