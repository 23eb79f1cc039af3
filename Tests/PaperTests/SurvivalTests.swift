import Language
import Testing

@testable import Paper

/// A code printed at 45 mm, after what happens to paper: it still reads, letter by letter.
@Suite struct SurvivalTests {
    private let sheet: CertificateSheet
    private let page: GreyPicture
    private let code: GreyPicture

    /// The longest path that is issued, so the finest modules.
    init() throws {
        sheet = try SampleSheet.sheet()
        page = try Photograph.scan(CertificatePage.pdf(of: sheet), codeMillimetres: 45)
        code = Photograph.closeUp(page)
    }

    private func expectRead(
        _ picture: GreyPicture, at place: SourceLocation = #_sourceLocation
    ) {
        #expect(CodeFinder.texts(in: picture) == [sheet.code], sourceLocation: place)
    }

    @Test func aScanOfTheWholePage() { expectRead(page) }

    @Test(arguments: [0.85, 0.7]) func aCoarserScan(_ scale: Double) {
        expectRead(Photograph.turned(code, degrees: 0, scale: scale))
    }

    @Test(arguments: [3.0, 17, 90, 178, 271]) func aTurnedPage(_ degrees: Double) {
        expectRead(Photograph.turned(code, degrees: degrees))
    }

    @Test(arguments: [1, 2, 3]) func aPictureOutOfFocus(_ radius: Int) {
        expectRead(Photograph.blurred(code, radius: radius))
    }

    @Test(arguments: [100, 140, 180] as [UInt8]) func aPhotocopy(_ threshold: UInt8) {
        let soft = Photograph.blurred(code, radius: 1)
        expectRead(Photograph.photocopied(soft, threshold: threshold))
    }

    @Test func aPhotocopyOfAPhotocopy() {
        let first = Photograph.photocopied(Photograph.blurred(code, radius: 1))
        let second = Photograph.turned(Photograph.blurred(first, radius: 1), degrees: 1.5)
        expectRead(Photograph.photocopied(second, threshold: 150))
    }

    @Test func badLight() { expectRead(Photograph.noisy(code)) }

    @Test func aPhoneThatSavesAtQuality40() throws {
        let bytes = try Photograph.jpeg(page, quality: 40)
        #expect(try PictureFile(parsing: bytes).codes() == [sheet.code])
    }

    @Test(arguments: [5.0, -12, 94]) func aPhoneOverTheTable(_ degrees: Double) throws {
        let photo = Photograph.noisy(
            Photograph.blurred(
                Photograph.turned(code, degrees: degrees, scale: 0.9), radius: 1))
        let bytes = try Photograph.jpeg(photo, quality: 40)
        #expect(try PictureFile(parsing: bytes).codes() == [sheet.code])
    }
}
