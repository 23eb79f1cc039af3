import CTurboJPEG
import Glibc
import TestSupport
import Testing

@testable import Paper

/// What printers, copiers and phones do to a page.
enum Photograph {
    /// The page as printed with the code so many millimetres wide, at 300 dpi.
    static func scan(_ pdf: [UInt8], codeMillimetres: Double) throws -> GreyPicture {
        let side = 3_508 * codeMillimetres / CertificatePage.codeSide
        return try #require(try PDFDocument(pdf).page(1, side: Int(side)))
    }

    /// The neighbourhood of the code alone, a square in which it can be turned.
    static func closeUp(_ page: GreyPicture) -> GreyPicture {
        let scale = Double(page.height) / PDFCanvas.height
        let side = Int(226 * scale)
        let (left, top) = (Int(30 * scale), Int(576 * scale))
        var pixels: [UInt8] = []
        pixels.reserveCapacity(side * side)
        for row in top..<(top + side) {
            let start = row * page.width + left
            pixels += page.pixels[start..<(start + side)]
        }
        return GreyPicture(width: side, height: side, pixels: pixels)
    }

    static func blurred(_ picture: GreyPicture, radius: Int) -> GreyPicture {
        let across = mean(picture, radius, step: 1, other: picture.width)
        return mean(across, radius, step: picture.width, other: 1)
    }

    /// The mean of each pixel's neighbours along a row or a column.
    private static func mean(
        _ picture: GreyPicture, _ radius: Int, step: Int, other: Int
    ) -> GreyPicture {
        let (length, lines) =
            step == 1 ? (picture.width, picture.height) : (picture.height, picture.width)
        var pixels = picture.pixels
        for line in 0..<lines {
            for place in 0..<length {
                var sum = 0
                for offset in -radius...radius {
                    let near = min(max(place + offset, 0), length - 1)
                    sum += Int(picture.pixels[line * other + near * step])
                }
                pixels[line * other + place * step] = UInt8(sum / (2 * radius + 1))
            }
        }
        return GreyPicture(width: picture.width, height: picture.height, pixels: pixels)
    }

    /// Turned about its middle and made smaller or larger, on a white table.
    static func turned(
        _ picture: GreyPicture, degrees: Double, scale: Double = 1
    ) -> GreyPicture {
        let angle = degrees * .pi / 180
        let (width, height) = (
            Int(Double(picture.width) * scale), Int(Double(picture.height) * scale)
        )
        var pixels = [UInt8](repeating: 255, count: width * height)
        for row in 0..<height {
            for column in 0..<width {
                let x = (Double(column) - Double(width) / 2) / scale
                let y = (Double(row) - Double(height) / 2) / scale
                let fromX = x * cos(angle) + y * sin(angle) + Double(picture.width) / 2
                let fromY = y * cos(angle) - x * sin(angle) + Double(picture.height) / 2
                guard fromX >= 0, fromY >= 0, fromX < Double(picture.width - 1),
                    fromY < Double(picture.height - 1)
                else { continue }
                let (left, above) = (Int(fromX), Int(fromY))
                let (dx, dy) = (fromX - Double(left), fromY - Double(above))
                func grey(_ column: Int, _ row: Int) -> Double {
                    Double(picture.pixels[row * picture.width + column])
                }
                let top = grey(left, above) * (1 - dx) + grey(left + 1, above) * dx
                let bottom = grey(left, above + 1) * (1 - dx) + grey(left + 1, above + 1) * dx
                pixels[row * width + column] = UInt8(top * (1 - dy) + bottom * dy)
            }
        }
        return GreyPicture(width: width, height: height, pixels: pixels)
    }

    /// Noise, weak contrast, and light that falls from one side.
    static func noisy(_ picture: GreyPicture, seed: UInt64 = 3) -> GreyPicture {
        var generator = SeededGenerator(seed: seed)
        var pixels = picture.pixels
        for place in pixels.indices {
            let light = 0.75 + 0.25 * Double(place % picture.width) / Double(picture.width)
            let noise = Double.random(in: -28...28, using: &generator)
            let grey = (40 + 0.7 * Double(pixels[place])) * light + noise
            pixels[place] = UInt8(min(255, max(0, grey)))
        }
        return GreyPicture(width: picture.width, height: picture.height, pixels: pixels)
    }

    /// Black or white, with specks, as an office copier makes it.
    static func photocopied(_ picture: GreyPicture, threshold: UInt8 = 140) -> GreyPicture {
        var generator = SeededGenerator(seed: 8)
        let pixels = picture.pixels.map { grey -> UInt8 in
            let isSpeck = Int.random(in: 0..<400, using: &generator) == 0
            return (grey > threshold) != isSpeck ? 255 : 0
        }
        return GreyPicture(width: picture.width, height: picture.height, pixels: pixels)
    }

    static func jpeg(_ picture: GreyPicture, quality: Int32) throws -> [UInt8] {
        let encoder = try #require(tjInitCompress())
        defer { tjDestroy(encoder) }
        var target: UnsafeMutablePointer<UInt8>?
        var size: UInt = 0
        let status = tjCompress2(
            encoder, picture.pixels, Int32(picture.width), 0, Int32(picture.height),
            Int32(TJPF_GRAY.rawValue), &target, &size, Int32(TJSAMP_GRAY.rawValue), quality, 0)
        #expect(status == 0)
        defer { tjFree(target) }
        return Array(UnsafeBufferPointer(start: target, count: Int(size)))
    }
}
