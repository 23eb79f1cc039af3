public import Testing

@testable public import Language

@Suite struct TranslationTests {
    private static let all = LanguageTag.known.compactMap(\.translation)

    /// The parts of a text in braces.
    private func arguments(_ text: String) -> Set<Substring> {
        Set(text.matches(of: /{([a-z]+)}/).map(\.1))
    }

    @Test(arguments: all) func reads(_ translation: Translation) {
        #expect(translation.faults == [])
        #expect(!translation.ownName.isEmpty)
        #expect((translation.direction == .rightToLeft) == (translation.tag == "ar"))
    }

    @Test(arguments: all) func hasExactlyTheKeysOfEnglish(_ translation: Translation) {
        let english = Translation.english
        var expected: Set<String> = []
        for key in MessageKey.allCases {
            guard english.texts["\(key.rawValue).other"] != nil else {
                expected.insert(key.rawValue)
                continue
            }
            for category in translation.pluralRule.categories {
                expected.insert("\(key.rawValue).\(category.rawValue)")
            }
        }
        let found = Set(translation.texts.keys)
        #expect(expected.subtracting(found).sorted() == [], "missing")
        #expect(found.subtracting(expected).sorted() == [], "not wanted")
    }

    @Test(arguments: all) func namesTheArgumentsOfEnglish(_ translation: Translation) throws {
        for (key, text) in translation.texts {
            let form = PluralCategory.allCases.first { key.hasSuffix(".\($0.rawValue)") }
            let stem = form.map { key.dropLast($0.rawValue.count + 1) } ?? key[...]
            let english = try #require(
                Translation.english.texts[key] ?? Translation.english.texts["\(stem).other"])
            var expected = arguments(english)
            // "One day" and "two days" may be said without the digit.
            if [.zero, .one, .two].contains(form), arguments(text).isEmpty { expected = [] }
            #expect(arguments(text) == expected, "\(key)")
            #expect(text.count { $0 == "{" } == text.count { $0 == "}" }, "\(key)")
        }
    }

    @Test(arguments: all) func leavesNoTextEmptyOrLoose(_ translation: Translation) {
        for (key, text) in translation.texts {
            #expect(text.contains { !$0.isWhitespace }, "\(key)")
            #expect(text.first?.isWhitespace == false && text.last?.isWhitespace == false, "\(key)")
        }
    }

    /// A copy of the English text in place of a translation would pass for one.
    @Test(arguments: all) func translatesItsSentences(_ translation: Translation) {
        guard translation.tag != "en" else { return }
        for (key, text) in Translation.english.texts {
            let isSentence = text.count { $0 == " " } > 3
            if isSentence { #expect(translation.texts[key] != text, "\(key)") }
        }
    }

    @Test func leavesOutALineThatDoesNotRead() {
        let translation = Translation(
            parsing: """
                language = de
                # a comment

                word.granted = gewährt
                word.granted = nochmals
                word.free=frei
                word.refused =
                 = nichts
                ein Satz ohne Schlüssel
                note.restriction = Auflage: {text} = so
                """)
        #expect(
            translation.texts == [
                "word.granted": "gewährt", "note.restriction": "Auflage: {text} = so",
            ])
        #expect(translation.faults.count == 5)
        #expect(translation.review == .draft)
    }

    /// Nothing known is not a refusal (`Protocol/language.md § Words that must not appear`).
    @Test(arguments: all) func neverSpeaksOfARefusalWhereNothingIsKnown(
        _ translation: Translation
    ) throws {
        let forbidden = try #require(Self.refusals[translation.tag])
        for key in Self.undetermined {
            let text = try #require(translation.texts[key.rawValue]).lowercased()
            for word in forbidden { #expect(!text.contains(word), "\(key.rawValue)") }
        }
        // The list is not of words that the language never uses.
        let refused = try #require(translation.texts["word.refused"]).lowercased()
        #expect(forbidden.contains { refused.contains($0) })
    }

    private static let undetermined: [MessageKey] = [
        .wordUndetermined, .meaningUndetermined, .reasonNoGround, .reasonNoAward, .reasonNeed,
        .reasonNotDecided, .reasonAwardingBodyUnknown, .reasonQualificationUnknown,
        .reasonNoRegistryData, .reasonStale, .reasonStaleLog, .reasonNoAnchorForDestination,
        .reasonNotUnderstood, .reasonRegulationUnknown,
        .nextAskUndecided, .nextAskContact, .nextShowFacts, .checkIssuerUnknown,
        .checkIssuerNoData, .checkIssuerQualification, .checkLogsNotYetWitnessed,
    ]

    /// How each language says that somebody was refused or something is not recognised.
    private static let refusals: [String: [String]] = [
        "en": ["not recognised", "not recognized", "refused", "rejected", "denied"],
        "ar": ["مرفوض", "غير معترف", "لا يُعترف", "لا يعترف", "تم الرفض"],
        "bn": ["প্রত্যাখ্যাত", "স্বীকৃত নয়", "নাকচ", "বাতিল"],
        "de": ["nicht anerkannt", "abgelehnt", "verweigert", "versagt"],
        "es": ["no reconocid", "denegad", "rechazad"],
        "fil": ["hindi kinikilala", "tinanggihan", "hindi tinanggap"],
        "fr": ["non reconnu", "pas reconnu", "refusé", "rejeté"],
        "hi": ["अस्वीकृत", "मान्य नहीं", "मान्यता नहीं", "नामंज़ूर"],
        "id": ["tidak diakui", "ditolak"],
        "sw": ["haitambuliwi", "halitambuliwi", "umekataliwa", "imekataliwa", "kimekataliwa"],
    ]
}

extension Translation: CustomTestStringConvertible {
    public var testDescription: String { tag }
}
