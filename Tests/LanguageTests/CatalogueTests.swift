import Encoding
import Testing

@testable import Language

@Suite struct CatalogueTests {
    private let english = Catalogue.english

    @Test func fillsNamesNumbersAndDates() throws {
        let day = try #require(CalendarDate(parsing: "2026-11-23"))
        let message = Message(
            .checkIssuerAfterLogging, ["date": .date(day), "logged": .date(day.adding(days: -1))])
        #expect(
            english.text(of: message)
                == "it is dated 2026-11-23, after its batch was logged on 2026-11-22")
    }

    @Test func fillsMessagesInsideMessages() {
        let message = Message(
            .requirementExperience,
            ["months": .message(Message(.countMonths, ["count": .number(Int64(36))]))])
        #expect(english.text(of: message) == "36 months of experience")
    }

    @Test func choosesThePluralOfTheLanguage() {
        func days(_ count: Int64) -> String {
            english.text(of: Message(.countDays, ["count": .number(count)]))
        }
        #expect(days(1) == "1 day")
        #expect(days(0) == "0 days")
        #expect(days(2) == "2 days")
    }

    @Test func joinsLists() {
        func joined(_ names: [String], _ junction: Message.Junction) -> String {
            english.text(of: .list(names.map { .text($0) }, junction))
        }
        #expect(joined([], .and) == "")
        #expect(joined(["a"], .or) == "a")
        #expect(joined(["a", "b", "c"], .comma) == "a, b, c")
        #expect(joined(["a", "b", "c"], .and) == "a, b and c")
        #expect(joined(["a", "b", "c"], .or) == "a or b or c")
    }

    @Test func doesNotReadWhatAnArgumentBrings() {
        let message = Message(.noteRestriction, ["text": .text("{text} {id}")])
        #expect(english.text(of: message) == "restriction: {text} {id}")
    }

    @Test func showsWhichArgumentIsMissing() {
        #expect(english.text(of: Message(.noteRestriction)) == "restriction: {text}")
    }

    @Test func keepsNamesApartInTextFromRightToLeft() throws {
        let arabic = try #require(Catalogue(tag: "ar"))
        let message = Message(.noteRestriction, ["text": .text("DE-BY")])
        #expect(arabic.text(of: message).contains("\u{2068}DE-BY\u{2069}"))
        #expect(!english.text(of: message).contains("\u{2068}"))
    }

    @Test func fallsBackToEnglishAndSaysSo() {
        let catalogue = Catalogue(
            Translation(
                parsing: """
                    language = de
                    name = Deutsch
                    direction = ltr
                    review = reviewed
                    notice.missing = Es fehlen {number}.
                    word.granted = gewährt
                    count.days.one = {count} Tag
                    """))
        #expect(catalogue.text(.wordGranted) == "gewährt")
        #expect(catalogue.text(.wordFree) == "[en] free")
        #expect(
            catalogue.text(of: Message(.countDays, ["count": .number(Int64(2))])) == "[en] 2 days")
        let count = MessageKey.allCases.count - 2
        #expect(
            catalogue.notices == [
                "Es fehlen \(count).",
                "Texts that are missing in this language are given in English, marked [en]: "
                    + "\(count).",
            ])
    }

    @Test func announcesADraftInItsLanguageAndInEnglish() throws {
        for tag in LanguageTag.known {
            let catalogue = try #require(tag.translation.map { Catalogue($0) })
            guard catalogue.translation.review == .draft else {
                #expect(catalogue.notices.isEmpty)
                continue
            }
            #expect(catalogue.notices.count == 2)
            #expect(catalogue.notices.first == catalogue.text(.noticeDraft))
            #expect(catalogue.notices.last == english.text(.noticeDraft))
        }
    }

    @Test func isReviewedInEnglishAlone() {
        let reviewed = LanguageTag.known.filter { $0.translation?.review == .reviewed }
        #expect(reviewed.map(\.language) == ["en"])
    }
}
