internal import CPango

/// One page of A4 that becomes a PDF, in points from the upper left corner.
///
/// Deterministic: the same drawing gives the same bytes, on one version of the libraries and
/// fonts. Nothing of the machine, the clock or the user gets into the file.
final class PDFCanvas {
    static let width = 595.276
    static let height = 841.890
    /// Points in a millimetre.
    static let millimetre = 72 / 25.4

    let context: OpaquePointer
    private let surface: OpaquePointer
    private let output = Output()

    init(title: String) throws(PaperError) {
        let surface = cairo_pdf_surface_create_for_stream(
            { closure, bytes, count in
                guard let closure, let bytes else { return CAIRO_STATUS_WRITE_ERROR }
                Unmanaged<Output>.fromOpaque(closure).takeUnretainedValue().bytes
                    .append(contentsOf: UnsafeBufferPointer(start: bytes, count: Int(count)))
                return CAIRO_STATUS_SUCCESS
            }, Unmanaged.passUnretained(output).toOpaque(), PDFCanvas.width, PDFCanvas.height)
        guard let surface, let context = cairo_create(surface) else {
            throw .drawing(status: "no memory")
        }
        self.surface = surface
        self.context = context
        cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title)
        // The day that the file names is none on which anything happened: it is in the facts.
        cairo_pdf_surface_set_metadata(
            surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z")
    }

    deinit {
        cairo_destroy(context)
        cairo_surface_destroy(surface)
    }

    /// The whole file; nothing can be drawn afterwards.
    func finished() throws(PaperError) -> [UInt8] {
        cairo_show_page(context)
        cairo_surface_finish(surface)
        for status in [cairo_status(context), cairo_surface_status(surface)]
        where status != CAIRO_STATUS_SUCCESS {
            throw .drawing(status: String(cString: cairo_status_to_string(status)))
        }
        return output.bytes
    }

    func setColour(_ colour: Colour, alpha: Double = 1) {
        cairo_set_source_rgba(context, colour.red, colour.green, colour.blue, alpha)
    }

    private final class Output {
        var bytes: [UInt8] = []
    }
}

/// A colour of the certificate; each is dark or light enough to stay so on a photocopy.
struct Colour {
    let red: Double
    let green: Double
    let blue: Double

    init(_ red: Int, _ green: Int, _ blue: Int) {
        (self.red, self.green, self.blue) = (
            Double(red) / 255, Double(green) / 255, Double(blue) / 255
        )
    }

    static let ink = Colour(0x1A, 0x1F, 0x2B)
    static let deep = Colour(0x12, 0x3B, 0x4A)
    static let gold = Colour(0x9C, 0x7A, 0x2E)
    static let quiet = Colour(0x5A, 0x63, 0x6E)
    static let warning = Colour(0xA8, 0x1E, 0x1E)
    static let black = Colour(0, 0, 0)
    static let white = Colour(255, 255, 255)
}
