/// A picture in grey levels, a byte a pixel, row by row: 0 is black.
public struct GreyPicture: Hashable, Sendable {
    public let width: Int
    public let height: Int
    public let pixels: [UInt8]

    /// The most pixels that are ever decoded: a page of A4 at 600 dpi has 35 million.
    public static let pixelLimit = 40_000_000

    /// - Precondition: as many pixels as `width` and `height` say.
    public init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(pixels.count == width * height, "a picture has a pixel at every place")
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// Refuses dimensions before anything is decoded.
    static func check(_ width: Int, _ height: Int, limit: Int = pixelLimit) throws(PaperError) {
        guard width > 0, height > 0 else { throw .notAPicture }
        guard width <= limit, height <= limit / width else {
            throw .tooManyPixels(width: width, height: height, limit: limit)
        }
    }

    /// Half as wide and high; each pixel is the mean of four.
    var halved: GreyPicture {
        let (columns, rows) = (max(1, width / 2), max(1, height / 2))
        var smaller = [UInt8](repeating: 0, count: columns * rows)
        for row in 0..<rows {
            for column in 0..<columns {
                let right = min(2 * column + 1, width - 1)
                let below = min(2 * row + 1, height - 1) * width
                let sum =
                    Int(pixels[2 * row * width + 2 * column]) + Int(pixels[2 * row * width + right])
                    + Int(pixels[below + 2 * column]) + Int(pixels[below + right])
                smaller[row * columns + column] = UInt8(sum / 4)
            }
        }
        return GreyPicture(width: columns, height: rows, pixels: smaller)
    }

    /// Twice as wide and high, with the means between neighbours.
    var doubled: GreyPicture {
        let (columns, rows) = (2 * width, 2 * height)
        var larger = [UInt8](repeating: 0, count: columns * rows)
        for row in 0..<rows {
            let (above, below) = (row / 2, min((row + 1) / 2, height - 1))
            for column in 0..<columns {
                let (left, right) = (column / 2, min((column + 1) / 2, width - 1))
                let sum =
                    Int(pixels[above * width + left]) + Int(pixels[above * width + right])
                    + Int(pixels[below * width + left]) + Int(pixels[below * width + right])
                larger[row * columns + column] = UInt8(sum / 4)
            }
        }
        return GreyPicture(width: columns, height: rows, pixels: larger)
    }
}
