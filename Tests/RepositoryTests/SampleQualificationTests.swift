import Encoding
import Testing

/// The sample qualifications, their units and their versions agree with the reference data.
@Suite(.enabled(if: ReferenceData.isPresent, "no reference data beside the checkout"))
struct SampleQualificationTests {
    /// What stands where the source states no version.
    private static let noVersion = "unstated"

    /// Qualifications of countries of which the data has a framework and its table, and no
    /// qualification.
    private static let unlisted = [
        "at.dgkp", "at.metalltechnik-schweisstechnik", "ch.maurer-efz", "ch.pflege-hf",
        "ie.advanced-certificate-craft-electrical", "ie.general-learning-l2", "ie.rgn",
        "my.diploma-nursing", "my.skm-3-welding",
    ]

    /// Those which the data describes, with what it says.
    private static func listed() throws -> [(SampleAct, JSONObject)] {
        let facts = try ReferenceData.qualifications()
        return try SampleAct.all("qualification").compactMap { sample in
            let id = try #require(sample.act["qualification"]?.string)
            guard !unlisted.contains(id) else { return nil }
            return (sample, try #require(facts[id], "\(sample.path)"))
        }
    }

    private static func version(_ fact: JSONObject?) -> String {
        fact?["version"]?.string ?? noVersion
    }

    @Test func describesQualificationsAsPublished() throws {
        for (sample, fact) in try Self.listed() {
            let act = sample.act
            #expect(fact["country"]?.string == sample.country)
            #expect(act["version"]?.string == Self.version(fact), "\(sample.path)")
            for member in ["titles", "framework", "level"] {
                #expect(
                    (act[member] ?? .null) == fact[member], "\(member) in \(sample.path)")
            }
            #expect(act["isco08"]?.array == fact["isco08"].map { [$0] })
            #expect(act["iscedF"]?.array == fact["iscedF"].map { [$0] })
            #expect((act["hours"] ?? .null) == fact["nominal_hours"])
            #expect((act["months"] ?? .null) == fact["months"])
            let years = fact["award_validity"]?.string.flatMap { Int64($0.dropFirst().dropLast()) }
            #expect(act["awardValidMonths"]?.integer == years.map { 12 * $0 })
            if let code = fact["code"]?.string {
                let text = act["basis"]?.object?["text"]?.string
                #expect(text?.hasPrefix("\(code): ") == true, "\(sample.path) names \(code)")
            }
        }
    }

    @Test func recallsQualificationsThatTheDataDoesNotDescribe() throws {
        let described = Set(try ReferenceData.qualifications().keys)
        #expect(described.isDisjoint(with: Self.unlisted))
        let levels = try ReferenceData.table("framework-levels.csv")
        let occupations = Set(try ReferenceData.table("isco08.csv").map { $0["code"] })
        let fields = Set(try ReferenceData.table("isced-f-2013.csv").map { $0["code"] })
        let samples = try SampleAct.all("qualification").filter {
            Self.unlisted.contains($0.act["qualification"]?.string ?? "")
        }
        #expect(samples.count == Self.unlisted.count)
        for sample in samples {
            let act = sample.act
            #expect(act["basis"]?.object?["confidence"]?.string == "recalled", "\(sample.path)")
            let level = levels.contains {
                $0["framework"] == act["framework"]?.string && $0["level"] == act["level"]?.string
            }
            #expect(level, "\(sample.path) has a level of its framework")
            #expect(occupations.isSuperset(of: act["isco08"]?.array?.map(\.string) ?? []))
            #expect(fields.isSuperset(of: act["iscedF"]?.array?.map(\.string) ?? []))
            // No list of units was read: none is invented.
            #expect(act["units"]?.array == [] && act["supersedes"] == nil, "\(sample.path)")
        }
    }

    @Test func listsTheUnitsThatAreKnown() throws {
        let qualifications = try ReferenceData.qualifications()
        let titles = try ReferenceData.table("units.csv")
        var described: Set<String> = []
        for (sample, fact) in try Self.listed() {
            let id = try #require(sample.act["qualification"]?.string)
            let facts = try #require(fact["units"]?.array).compactMap(\.object)
            let units = try #require(sample.act["units"]?.array).compactMap(\.object)
            #expect(units.map { $0["code"] } == facts.map { $0["code"] }, "\(sample.path)")
            let kinds = facts.compactMap { $0["kind"]?.string }
                .map { $0.hasPrefix("group ") ? "elective" : $0 }
            #expect(units.map { $0["kind"]?.string } == kinds, "\(sample.path)")
            for unit in units {
                let code = unit["code"]?.string
                #expect(titles.first { $0["code"] == code }?["title"] == unit["title"]?.string)
            }
            if !units.isEmpty { described.insert(id) }
        }
        let known = qualifications.filter { $0.value["units"]?.array?.isEmpty == false }
        #expect(described == Set(known.keys))
    }

    @Test func saysWhatAVersionReplaces() throws {
        let qualifications = try ReferenceData.qualifications()
        for (sample, fact) in try Self.listed() {
            let old = fact["supersedes"]?.array?.first?.object
            let stated = sample.act["supersedes"]?.object
            #expect((old == nil) == (stated == nil), "\(sample.path)")
            guard let old, let stated, let oldID = old["id"]?.string else { continue }
            #expect(stated["qualification"]?.string == oldID)
            #expect(stated["version"]?.string == Self.version(qualifications[oldID]))
            let word: String =
                switch old["equivalent"] {
                case .bool(true): "yes"
                case .bool(false): "no"
                default: "unknown"
                }
            #expect(stated["equivalent"]?.string == word, "\(sample.path)")
            #expect(sample.subjects.contains(oldID), "\(sample.path) is found by what it replaces")
        }
    }

    @Test func keepsBothQualificationsOfOneTitle() throws {
        let masonry = try SampleAct.all("qualification").filter {
            $0.act["titles"]?.object?["en"]?.string == "Masonry NC II"
        }
        #expect(masonry.count == 2)
        let units = masonry.map { Set($0.unitCodes.filter { $0.hasPrefix("CON71") }) }
        #expect(units.map(\.count).sorted() == [2, 5])
        #expect(units.first?.isDisjoint(with: units.last ?? []) == true)
        let later = masonry.compactMap { $0.act["supersedes"]?.object?["equivalent"]?.string }
        #expect(later == ["no"])
    }

    @Test func typesQualificationsInWordsOfTheCases() throws {
        let types = Set(try ReferenceData.fixtures().values.compactMap { $0["type"]?.string })
        let stated = try SampleAct.all("qualification").compactMap { $0.act["type"]?.string }
        #expect(!stated.isEmpty)
        #expect(types.isSuperset(of: stated))
    }
}
