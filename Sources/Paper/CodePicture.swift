internal import CPango

/// A QR code alone, as a picture for a screen or a mail.
public struct CodePicture {
    public enum Form: String, CaseIterable, Sendable {
        case png, svg
    }

    private let symbol: QRSymbol
    /// Modules along a side, the quiet zone of four modules on both sides included.
    private var width: Int { symbol.width + 8 }
    /// Pixels along the side of a module.
    private static let scale = 8

    /// The code of a text, in the largest symbol there is if it must be.
    public init(_ text: String) throws(PaperError) {
        symbol = try QRSymbol(text, widthLimit: QRSymbol.greatestWidth)
    }

    public func bytes(_ form: Form) throws(PaperError) -> [UInt8] {
        switch form {
        case .svg: Array(svg.utf8)
        case .png: try png()
        }
    }

    private var svg: String {
        var path = ""
        for row in 0..<symbol.width {
            for (column, length) in symbol.stretches(of: row) {
                path += "M\(column + 4) \(row + 4)h\(length)v1h-\(length)z"
            }
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(width)" \
            shape-rendering="crispEdges"><path fill="#fff" d="M0 0h\(width)v\(width)H0z"/>\
            <path d="\(path)"/></svg>

            """
    }

    private func png() throws(PaperError) -> [UInt8] {
        let side = Int32(width * CodePicture.scale)
        guard let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, side, side),
            let page = cairo_create(surface)
        else { throw .drawing(status: "no memory") }
        defer {
            cairo_destroy(page)
            cairo_surface_destroy(surface)
        }
        cairo_set_source_rgb(page, 1, 1, 1)
        cairo_paint(page)
        cairo_set_source_rgb(page, 0, 0, 0)
        let scale = Double(CodePicture.scale)
        for row in 0..<symbol.width {
            for (column, length) in symbol.stretches(of: row) {
                cairo_rectangle(
                    page, Double(column + 4) * scale, Double(row + 4) * scale,
                    Double(length) * scale, scale)
            }
        }
        cairo_fill(page)
        let output = Output()
        let status = cairo_surface_write_to_png_stream(
            surface,
            { closure, bytes, count in
                guard let closure, let bytes else { return CAIRO_STATUS_WRITE_ERROR }
                Unmanaged<Output>.fromOpaque(closure).takeUnretainedValue().bytes
                    .append(contentsOf: UnsafeBufferPointer(start: bytes, count: Int(count)))
                return CAIRO_STATUS_SUCCESS
            }, Unmanaged.passUnretained(output).toOpaque())
        guard withExtendedLifetime(output, { status }) == CAIRO_STATUS_SUCCESS else {
            throw .drawing(status: "the picture cannot be written")
        }
        return output.bytes
    }

    private final class Output {
        var bytes: [UInt8] = []
    }
}
