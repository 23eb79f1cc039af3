internal import CTurboJPEG

/// A picture in JPEG, decoded by libjpeg-turbo through its TurboJPEG interface, which reports
/// errors as values; a large photo is decoded at a half, a quarter or an eighth of its size.
enum JPEGFile {
    static let signature: [UInt8] = [0xFF, 0xD8, 0xFF]

    /// Phones take photos of this size.
    private static let photoLimit = 120_000_000

    static func decoded(_ bytes: [UInt8]) throws(PaperError) -> GreyPicture {
        guard let decoder = tjInitDecompress() else { throw .damaged(kind: "JPEG") }
        defer { tjDestroy(decoder) }
        var (width, height, sampling, colours) = (Int32(0), Int32(0), Int32(0), Int32(0))
        let header = tjDecompressHeader3(
            decoder, bytes, UInt(bytes.count), &width, &height, &sampling, &colours)
        guard header == 0, width > 0, height > 0 else { throw .damaged(kind: "JPEG") }
        try GreyPicture.check(Int(width), Int(height), limit: photoLimit)
        var scale = 1
        while Int(width) / scale * (Int(height) / scale) > GreyPicture.pixelLimit / 2, scale < 8 {
            scale *= 2
        }
        let (columns, rows) = (
            (Int(width) + scale - 1) / scale, (Int(height) + scale - 1) / scale
        )
        try GreyPicture.check(columns, rows)
        var pixels = [UInt8](repeating: 0, count: columns * rows)
        let flags = TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS
        let status = tjDecompress2(
            decoder, bytes, UInt(bytes.count), &pixels, Int32(columns), 0, Int32(rows),
            Int32(TJPF_GRAY.rawValue), flags)
        guard status == 0 else { throw .damaged(kind: "JPEG") }
        return GreyPicture(width: columns, height: rows, pixels: pixels)
    }
}
