import Encoding
import Language
import Testing

@testable import Paper

@Suite struct CertificatePageTests {
    @Test func drawsTheSameBytesTwice() throws {
        let sheet = try SampleSheet.sheet()
        let page = try CertificatePage.pdf(of: sheet)
        #expect(page.starts(with: "%PDF-1.5".utf8))
        #expect(try CertificatePage.pdf(of: sheet) == page)
        #expect(try CertificatePage.pdf(of: SampleSheet.sheet(name: "Juan Halimbawa")) != page)
    }

    @Test func surviveTheWayToTheProcess() throws {
        let sheet = try SampleSheet.sheet(languages: ["ar", "en"])
        #expect(try CertificateSheet(JSONValue(parsing: sheet.value.serialized)) == sheet)
        #expect(throws: ParsingError.self) { try CertificateSheet(["name": "x"]) }
    }

    @Test(arguments: LanguageTag.known.map(\.language))
    func hasLettersForEveryLanguage(_ tag: String) throws {
        let sheet = try SampleSheet.sheet(languages: tag == "en" ? ["en"] : [tag, "en"])
        #expect(try !CertificatePage.pdf(of: sheet).isEmpty)
    }

    /// Invented names, one a script: a font of that script has drawn them, where the page names
    /// it, and the code still reads.
    @Test(arguments: [
        ("مثال نموذجي", "Arabic"), ("नमूना उदाहरण", "Devanagari"), ("নমুনা উদাহরণ", "Bengali"),
        ("ទេស្ទីណា ឧទាហរណ៍", "Khmer"), ("နမူနာ ဥပမာ", ""), ("ናሙና ምሳሌ", "Ethiopic"),
        ("ตัวอย่าง", "Thai"), ("மாதிரி", "Tamil"), ("Þóra Dæmi-Žąsis", ""), ("Тестина Пример", ""),
    ])
    func hasLettersForEveryScript(_ name: String, _ script: String) throws {
        let sheet = try SampleSheet.sheet(name: name)
        let page = try CertificatePage.pdf(of: sheet)
        #expect(try PictureFile(parsing: page).codes() == [sheet.code])
        let fonts = try PageFonts.names(in: page)
        #expect(!fonts.isEmpty)
        #expect(fonts.contains { $0.contains(script) } || script.isEmpty, "\(fonts)")
        // No other page has a font of that script: it is there for this name.
        let latin = try PageFonts.names(in: CertificatePage.pdf(of: SampleSheet.sheet()))
        #expect(script.isEmpty || !latin.contains { $0.contains(script) }, "\(latin)")
    }

    @Test func refusesLettersThatNoFontHas() throws {
        let sheet = try SampleSheet.sheet(name: "Testina \u{E000}\u{E001}")
        let error = #expect(throws: PaperError.self) { try CertificatePage.pdf(of: sheet) }
        #expect(error == .missingLetters(field: "name", count: 2))
        #expect(error.map { !"\($0)".contains("Testina") } == true, "no name in a message")
    }

    @Test func makesRoomForLongNames() throws {
        let long = (0..<9).map { "Exemplar\($0)" }.joined(separator: "-")
        #expect(try !CertificatePage.pdf(of: SampleSheet.sheet(name: long)).isEmpty)
        let endless = String(repeating: "Testina Exemplar ", count: 23)
        let sheet = try SampleSheet.sheet(name: endless, code: SampleSheet.code())
        #expect(throws: PaperError.doesNotFit(field: "text")) {
            try CertificatePage.pdf(of: sheet)
        }
    }

    @Test func refusesACodeThatCannotBePrintedSmall() throws {
        let sheet = try SampleSheet.sheet(code: String(repeating: "A", count: 3_000))
        #expect(throws: PaperError.codeTooLong(characters: 3_000)) {
            try CertificatePage.pdf(of: sheet)
        }
    }

    /// Modules stay wide enough at 45 mm, with the longest path that is issued.
    @Test(arguments: [0, 6, 10]) func printsWideModules(_ hashes: Int) throws {
        let symbol = try QRSymbol(SampleSheet.code(hashes: hashes))
        #expect(45.0 / Double(symbol.width) >= 0.42)
    }
}
