internal import CPango

/// A picture in PNG, decoded by cairo, which draws the certificates too: one library less.
enum PNGFile {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// The dimensions stand at a fixed place, and are looked at before anything is decoded.
    static func decoded(_ bytes: [UInt8]) throws(PaperError) -> GreyPicture {
        guard bytes.count >= 33, bytes.starts(with: signature),
            bytes[12..<16].elementsEqual("IHDR".utf8)
        else { throw .damaged(kind: "PNG") }
        func number(at place: Int) -> Int {
            bytes[place..<(place + 4)].reduce(0) { $0 << 8 | Int($1) }
        }
        try GreyPicture.check(number(at: 16), number(at: 20))
        let input = Input(bytes)
        let surface = cairo_image_surface_create_from_png_stream(
            { closure, target, count in
                guard let closure, let target else { return CAIRO_STATUS_READ_ERROR }
                let input = Unmanaged<Input>.fromOpaque(closure).takeUnretainedValue()
                return input.read(target, Int(count))
                    ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_READ_ERROR
            }, Unmanaged.passUnretained(input).toOpaque())
        defer { cairo_surface_destroy(surface) }
        guard
            withExtendedLifetime(input, { cairo_surface_status(surface) })
                == CAIRO_STATUS_SUCCESS, let data = cairo_image_surface_get_data(surface)
        else { throw .damaged(kind: "PNG") }
        let isOpaque = cairo_image_surface_get_format(surface) == CAIRO_FORMAT_RGB24
        guard isOpaque || cairo_image_surface_get_format(surface) == CAIRO_FORMAT_ARGB32 else {
            throw .damaged(kind: "PNG")
        }
        let (width, height) = (
            Int(cairo_image_surface_get_width(surface)),
            Int(cairo_image_surface_get_height(surface))
        )
        let stride = Int(cairo_image_surface_get_stride(surface))
        var pixels = [UInt8](repeating: 0, count: width * height)
        for row in 0..<height {
            let line = data + row * stride
            for column in 0..<width {
                let pixel = line + 4 * column
                // Blue, green, red, and what is transparent shows white paper.
                let grey = (29 * Int(pixel[0]) + 150 * Int(pixel[1]) + 77 * Int(pixel[2])) >> 8
                let paper = isOpaque ? 0 : 255 - Int(pixel[3])
                pixels[row * width + column] = UInt8(min(255, grey + paper))
            }
        }
        return GreyPicture(width: width, height: height, pixels: pixels)
    }

    /// What is left to read.
    private final class Input {
        private let bytes: [UInt8]
        private var position = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        func read(_ target: UnsafeMutablePointer<UInt8>, _ count: Int) -> Bool {
            guard count <= bytes.count - position else { return false }
            for offset in 0..<count { target[offset] = bytes[position + offset] }
            position += count
            return true
        }
    }
}
