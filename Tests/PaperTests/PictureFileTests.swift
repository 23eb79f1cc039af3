import Language
import TestSupport
import Testing

@testable import Paper

@Suite struct PictureFileTests {
    private func error(of bytes: [UInt8]) -> PaperError? {
        do throws(PaperError) {
            _ = try PictureFile(parsing: bytes).codes()
            return nil
        } catch { return error }
    }

    /// The head of a PNG of that size; nothing of it is ever decoded.
    private func png(_ width: UInt32, _ height: UInt32) -> [UInt8] {
        func big(_ number: UInt32) -> [UInt8] {
            (0..<4).reversed().map { UInt8(number >> ($0 * 8) & 0xFF) }
        }
        return PNGFile.signature + big(13) + Array("IHDR".utf8) + big(width) + big(height)
            + [8, 0, 0, 0, 0] + [0, 0, 0, 0]
    }

    @Test func refusesAPictureOfTooManyPixelsUndecoded() {
        let limit = GreyPicture.pixelLimit
        #expect(
            error(of: png(100_000, 100_000))
                == .tooManyPixels(width: 100_000, height: 100_000, limit: limit))
        #expect(
            error(of: png(.max, .max))
                == .tooManyPixels(width: Int(UInt32.max), height: Int(UInt32.max), limit: limit))
        #expect(error(of: png(0, 10)) == .notAPicture)
        #expect(error(of: png(100, 100)) == .damaged(kind: "PNG"))
    }

    @Test func refusesWhatIsCutOrForeign() throws {
        #expect(error(of: Array("GIF89a".utf8)) == .notAPicture)
        #expect(error(of: []) == .notAPicture)
        #expect(error(of: PNGFile.signature) == .damaged(kind: "PNG"))
        #expect(error(of: JPEGFile.signature) == .damaged(kind: "JPEG"))
        let white = GreyPicture(
            width: 400, height: 300, pixels: [UInt8](repeating: 255, count: 120_000))
        let jpeg = try Photograph.jpeg(white, quality: 90)
        #expect(error(of: jpeg) == nil)
        #expect(error(of: Array(jpeg.prefix(jpeg.count / 2))) == .damaged(kind: "JPEG"))
        #expect(error(of: Array("%PDF-1.7\nnothing".utf8)) == .documentUnreadable)
        #expect(
            error(of: [UInt8](repeating: 0, count: PictureFile.sizeLimit + 1))
                == .pictureTooLarge(limit: PictureFile.sizeLimit))
    }

    @Test func findsNothingOnAnEmptyPage() throws {
        let white = GreyPicture(
            width: 1_000, height: 1_000, pixels: [UInt8](repeating: 255, count: 1_000_000))
        #expect(CodeFinder.texts(in: white) == [])
        #expect(CodeFinder.texts(in: GreyPicture(width: 1, height: 1, pixels: [0])) == [])
    }

    @Test func findsEveryCodeOfAPicture() throws {
        let first = try SampleSheet.sheet()
        let second = try SampleSheet.sheet(name: "Juan Halimbawa")
        let left = try Photograph.scan(CertificatePage.pdf(of: first), codeMillimetres: 45)
        let right = try Photograph.scan(CertificatePage.pdf(of: second), codeMillimetres: 45)
        var pixels: [UInt8] = []
        for row in 0..<left.height {
            let line = row * left.width..<(row + 1) * left.width
            pixels += left.pixels[line] + right.pixels[line]
        }
        let both = GreyPicture(width: 2 * left.width, height: left.height, pixels: pixels)
        #expect(Set(CodeFinder.texts(in: both)) == [first.code, second.code])
    }

    @Test func handsOverALinkAndDoesNothingWithIt() throws {
        let link = "https://sample.concord.example/verify?id=1"
        let page = try CertificatePage.pdf(of: SampleSheet.sheet(code: link))
        #expect(try PictureFile(parsing: page).codes() == [link])
    }
}
