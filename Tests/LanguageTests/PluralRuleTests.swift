import Testing

@testable import Language

@Suite struct PluralRuleTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        let language: String
        let category: PluralCategory
        let numbers: [Int64]

        var testDescription: String { "\(language) \(category)" }

        init(_ language: String, _ category: PluralCategory, _ numbers: Int64...) {
            self.language = language
            self.category = category
            self.numbers = numbers
        }
    }

    /// Samples of CLDR's table of cardinals.
    static let vectors = [
        Vector("en", .one, 1), Vector("en", .other, 0, 2, 11, 21, 1_000_000),
        Vector("de", .one, 1), Vector("de", .other, 0, 2, 101),
        Vector("sw", .one, 1), Vector("sw", .other, 0, 2, 1_000),
        Vector("fr", .one, 0, 1), Vector("fr", .other, 2, 17, 1_000, 1_000_001),
        Vector("fr", .many, 1_000_000, 2_000_000),
        Vector("es", .one, 1), Vector("es", .other, 0, 2, 101), Vector("es", .many, 1_000_000),
        Vector("ar", .zero, 0), Vector("ar", .one, 1), Vector("ar", .two, 2),
        Vector("ar", .few, 3, 10, 103, 1_010), Vector("ar", .many, 11, 26, 99, 111, 1_011),
        Vector("ar", .other, 100, 101, 102, 200, 1_000_000),
        Vector("hi", .one, 0, 1), Vector("hi", .other, 2, 10),
        Vector("bn", .one, 0, 1), Vector("bn", .other, 2, 10),
        Vector("fil", .one, 0, 1, 2, 3, 5, 7, 8, 10, 11, 13, 15, 1_000),
        Vector("fil", .other, 4, 6, 9, 14, 16, 19, 104),
        Vector("id", .other, 0, 1, 2, 3, 100),
    ]

    @Test(arguments: vectors) func agreesWithTheTable(_ vector: Vector) throws {
        let rule = try #require(PluralRule(tag: vector.language))
        for number in vector.numbers {
            #expect(rule.category(of: number) == vector.category, "\(number)")
            #expect(rule.category(of: -number) == vector.category, "\(-number)")
        }
    }

    @Test(arguments: LanguageTag.known) func usesEachOfItsCategories(_ tag: LanguageTag) throws {
        let rule = try #require(PluralRule(tag: tag.language))
        let used = Set(
            (0...1_000).map(Int64.init).map(rule.category) + [rule.category(of: 1_000_000)])
        #expect(used == Set(rule.categories))
    }

    @Test func namesNoRuleForALanguageWithoutTexts() {
        #expect(PluralRule(tag: "la") == nil)
    }
}
