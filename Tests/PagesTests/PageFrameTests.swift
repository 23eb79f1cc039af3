import Cryptography
import Encoding
import Language
import Testing

@testable import Pages

@Suite struct PageFrameTests {
    static func context(
        _ tag: String, chosen: Bool = true, query: [(name: String, value: String)] = []
    ) throws -> PageContext {
        PageContext(
            catalogue: try #require(Catalogue(tag: tag)), chosenLanguage: chosen ? tag : nil,
            query: query, country: "DE", isSample: true, now: Timestamp(seconds: 1_800_000_000))
    }

    private func text(_ page: Page, _ address: PageAddress?, _ context: PageContext) -> String {
        String(
            decoding: PageFrame(page, at: address, in: context).serialized, as: UTF8.self)
    }

    @Test(arguments: LanguageTag.known)
    func speaksEveryLanguage(_ tag: LanguageTag) throws {
        let context = try Self.context(tag.language)
        let html = text(.start(in: context), .start, context)
        let direction = tag.language == "ar" ? "rtl" : "ltr"
        #expect(
            html.hasPrefix(
                "<!DOCTYPE html>\n<html lang=\"\(tag.language)\" dir=\"\(direction)\">"))
        for key in [MessageKey.pageLead, .pageNoCharge, .pageCheck, .pageSkip] {
            #expect(html.contains(HTML(context.catalogue.text(key)).source))
        }
        #expect(html.contains("href=\"/check?lang=\(tag.language)\""))
        #expect(!html.contains("[en]"))
        // What nobody reviewed says so, in its language and in English.
        for notice in context.catalogue.notices {
            #expect(html.contains(HTML(notice).source))
        }
        #expect(context.catalogue.notices.isEmpty == (tag.language == "en"))
    }

    @Test func keepsTheQuestionWhereTheLanguageChanges() throws {
        let context = try Self.context("de", query: [("qualification", "ph.smaw-nc2")])
        let html = text(.start(in: context), .worth, context)
        #expect(
            html.contains(
                "<input type=\"hidden\" name=\"qualification\" value=\"ph.smaw-nc2\">"))
        #expect(html.contains("href=\"/worth.json?qualification=ph.smaw-nc2\""))
    }

    /// What was handed over is in the page alone: another language is had by handing it over again.
    @Test func bringsOnceMoreWhatWasHandedOver() throws {
        let context = try Self.context("en")
        let problem = Page.problem(Message(.problemNotFound), status: 404, in: context)
        let lost = text(problem, .check, context)
        #expect(lost.contains("class=\"language\" method=\"get\" action=\"/check\""))
        #expect(lost.contains(context.text(.pageLanguageBefore)))
        let again = text(problem.bringing([("text", "\"<x>\"")]), .check, context)
        #expect(
            again.contains(
                "class=\"language\" method=\"post\" enctype=\"multipart/form-data\" action=\"/check\""
            ))
        #expect(
            again.contains(
                "<input type=\"hidden\" name=\"text\" value=\"&quot;&lt;x&gt;&quot;\">"))
        #expect(!again.contains(context.text(.pageLanguageBefore)))
    }

    @Test func goesOnInTheLanguageOfTheBrowserWithoutSayingSo() throws {
        let context = try Self.context("de", chosen: false)
        #expect(text(.start(in: context), .start, context).contains("href=\"/check\""))
    }

    @Test func saysThatItIsASample() throws {
        let context = try Self.context("fr")
        #expect(
            text(.start(in: context), .start, context).contains(
                HTML(context.catalogue.text(.noticeSample)).source))
    }

    @Test func loadsNothingFromElsewhereAndHoldsNoScript() throws {
        let context = try Self.context("en")
        let html = text(.start(in: context), .start, context)
        #expect(!html.contains("http://") && !html.contains("https://"))
        #expect(html.ranges(of: "=\"data:").count == 1)
        #expect(!html.contains("style=") && !html.contains("onclick"))
        #expect(html.ranges(of: "<script").count == 1)
        #expect(html.contains("<script src=\"/assets/"))
    }

    @Test func namesEachFileByItsBytes() {
        #expect(Set(PageAsset.all.map(\.path)).count == PageAsset.all.count)
        for asset in PageAsset.all {
            let hash = HashValue(of: asset.bytes).hexadecimal.prefix(16)
            #expect(asset.path.contains("-\(hash)."))
        }
        #expect(StyleSheet.text.utf8.count < 20_000)
    }

    @Test func problemsHaveTheirFormForPrograms() {
        let problem = Page.problem(Message(.problemNotFound), status: 404).object
        #expect(problem?["status"]?.integer == 404)
        #expect(problem?["code"]?.string == "problem.not-found")
        #expect(problem?["title"]?.string == "There is no such page here.")
    }
}
