import Encoding
import Language
import Recognition
import Registry
import Testing
import Verification

/// What a condition asks for, in English, for every kind of predicate.
@Suite struct RequirementSentenceTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        let predicate: String
        let sentence: String

        var testDescription: String { predicate }

        init(_ predicate: String, _ sentence: String) {
            self.predicate = predicate
            self.sentence = sentence
        }
    }

    private static let undescribed = " (a name from the act, which says no more about it)"

    static let samples = [
        Sample(
            #"{"p":"award-qual","in":["q.ph.smaw-nc2","q.ph.gtaw-nc2"]}"#,
            "award of q.ph.smaw-nc2, q.ph.gtaw-nc2"),
        Sample(
            #"{"p":"award-jur","in":["FR"],"also":{"GB":{"until":"2020-12-31"}}}"#,
            "award from FR (for a time also GB)"),
        Sample(#"{"p":"award-type","in":["nurse-bsc"]}"#, "award of the type nurse-bsc"),
        Sample(#"{"p":"not-type","in":["short"]}"#, "no award of the type short"),
        Sample(
            #"{"p":"award-date","from":"2004-05-01","to":"2011-12-31"}"#,
            "day of award within a stated time (from 2004-05-01, until 2011-12-31)"),
        Sample(
            #"{"p":"study-start","from":"2014-06-13"}"#,
            "start of study within a stated time (from 2014-06-13)"),
        Sample(
            #"{"p":"accredited","by":"in.nba","tier":1}"#,
            "programme accredited by National Board (tier 1)"),
        Sample(#"{"p":"mode-not","in":["rpl"]}"#, "award not earned by rpl"),
        Sample(#"{"p":"nationality","in":["FR","DE"]}"#, "nationality of FR, DE"),
        Sample(
            #"{"p":"status","key":"refugee","value":true}"#, "personal status refugee: true"),
        Sample(#"{"p":"min-months","n":24}"#, "training of at least 24 months"),
        Sample(
            #"{"p":"registration","in":["NZ"],"occ":"2221","unrestricted":true}"#,
            "registration in NZ (occupation 2221, without restrictions)"),
        Sample(
            """
            {"p":"experience","min_months":36,"occ":"2221","jur":["ES"],"within_months":60,\
            "lawful":true,"since":"2017-01-01","exclusive":true}
            """,
            """
            36 months of experience (occupation 2221, in ES, within the last 60 months, \
            lawfully, from 2017-01-01, counted for this alone)
            """),
        Sample(
            #"{"p":"test","name":"svp-welder","valid_months":60}"#,
            "test “svp-welder”\(undescribed) (valid 60 months)"),
        Sample(
            #"{"p":"language","lang":"de","level":"B2"}"#, "language skills: German (level B2)"),
        Sample(#"{"p":"language","lang":"pl"}"#, "language skills: pl"),
        Sample(
            #"{"p":"attestation","name":"practice","jur":["LT"]}"#,
            "attestation “practice”\(undescribed) (in LT)"),
        Sample(#"{"p":"good-standing"}"#, "certificate of good standing"),
        Sample(
            #"{"p":"adaptation","name":"stage-75"}"#,
            "adaptation measure “stage-75”\(undescribed)"),
        Sample(
            #"{"p":"confirmation","name":"six-month"}"#,
            "confirmation “six-month”\(undescribed)"),
        Sample(
            #"{"p":"prior-decision","in":["GB"],"via":"exam","result":"granted"}"#,
            "recognition decision from GB (by way of exam, result: granted)"),
        Sample(#"{"p":"test","name":"welding test"}"#, "test welding test"),
        Sample(#"{"p":"adaptation"}"#, "adaptation measure not named"),
        // What is not understood could narrow the condition: it is shown as it stands.
        Sample(
            #"{"p":"test","name":"weld","room":"B","lawful":false,"within_months":"x"}"#,
            "test “weld”\(undescribed) (room: B, lawful: false, within_months: x)"),
        Sample(#"{"p":"min-months","n":1,"x-note":"hidden"}"#, "training of at least 1 month"),
    ]

    @Test func speaksOfEveryKind() throws {
        let kinds = try Self.samples.map { sample in
            try JSONValue(parsing: Array(sample.predicate.utf8)).object?["p"]?.string
        }
        #expect(Set(kinds.compactMap { $0 }) == Predicate.kinds)
    }

    @Test(arguments: samples) func saysItInWords(_ sample: Sample) throws {
        let condition = try OpenCondition.reading([sample.predicate], id: "c1")
        let sentences = WorthSentences(
            RecognitionVerdict(.conditional),
            names: WorthNames(names: ["in.nba": "National Board"]))
        #expect(
            sentences.condition(condition).description
                == "c1: \(sample.sentence), before the right begins")
    }

    /// No language loses a part of what is asked for.
    @Test(arguments: LanguageTag.known) func namesEveryMeasureInEveryLanguage(
        _ tag: LanguageTag
    ) throws {
        let catalogue = try #require(Catalogue(tag: tag.language))
        let condition = try OpenCondition.reading(
            [
                #"{"p":"language","lang":"pl","level":"B2"}"#,
                #"{"p":"experience","min_months":36,"within_months":60,"jur":["ES"]}"#,
            ], id: "c1", deadline: "2027-06-30")
        let sentences = WorthSentences(RecognitionVerdict(.conditional), names: WorthNames())
        let text = catalogue.text(of: sentences.condition(condition))
        for part in ["c1", "pl", "B2", "36", "60", "ES", "2027-06-30"] {
            #expect(text.contains(part), "\(part) in \(text)")
        }
        #expect(!text.contains("{") && !text.contains("[en]"))
    }
}

extension OpenCondition {
    /// An open condition of a ground, with alternatives as JSON.
    static func reading(
        _ alternatives: [String], id: String, stage: Condition.Stage = .before,
        deadline: String? = nil
    ) throws -> OpenCondition {
        let choices = alternatives.joined(separator: ",")
        let value = try JSONValue(
            parsing: Array(#"{"conditions":[{"id":"\#(id)","anyOf":[\#(choices)]}]}"#.utf8))
        var reader = try MemberReader(value, at: "")
        let conditions = try Condition.list(&reader, "conditions")
        let condition = try #require(conditions.first)
        return OpenCondition(
            id: id, origin: .ground("g1"), alternatives: condition.anyOf, stage: stage,
            deadline: deadline.flatMap(CalendarDate.init(parsing:)))
    }
}
