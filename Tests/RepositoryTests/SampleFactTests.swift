import Encoding
import Testing

/// What the samples state as facts agrees with the reference data.
@Suite(.enabled(if: ReferenceData.isPresent, "no reference data beside the checkout"))
struct SampleFactTests {
    private static func samples(_ kind: String) throws -> [SampleAct] {
        let samples = try SampleAct.all().filter { $0.kind == kind }
        try #require(!samples.isEmpty)
        return samples
    }

    @Test func namesCountriesAsISODoes() throws {
        let table = try ReferenceData.table("iso3166-1.csv")
        for sample in try Self.samples("country") {
            let row = try #require(table.first { $0["alpha2"] == sample.country })
            #expect(sample.act["country"]?.string == sample.country)
            for name in try #require(sample.act["names"]?.object).members {
                #expect(row["name_\(name.name)"] == name.value.string, "\(sample.path)")
            }
        }
    }

    @Test func givesMandatesToAuthoritiesThatExist() throws {
        let table = try ReferenceData.table("authorities.csv")
        for sample in try Self.samples("mandate") {
            let id = try #require(sample.act["authority"]?.string)
            let word = id.dropFirst(3).replacing("-", with: " ")
            let row = table.first {
                $0["jurisdiction"] == sample.country
                    && $0["authority"]?.lowercased().hasPrefix(word) == true
            }
            #expect(row != nil, "\(sample.path)")
        }
    }

    @Test func knowsTheFrameworks() throws {
        let table = try ReferenceData.table("frameworks.csv")
        let levels = try ReferenceData.table("framework-levels.csv")
        for sample in try Self.samples("framework") {
            let id = sample.act["framework"]?.string
            let row = try #require(table.first { $0["id"] == id })
            #expect(row["jurisdiction"] == sample.country)
            #expect(row["name"] == sample.act["names"]?.object?["en"]?.string)
            let count = try #require(sample.act["levels"]?.integer)
            #expect(row["levels"] == String(count))
            #expect(levels.count { $0["framework"] == id } == Int(count))
        }
    }

    @Test func refersLevelsAsPublished() throws {
        let table = try ReferenceData.table("referencing.csv")
        for sample in try Self.samples("referencing") {
            let rows = table.filter {
                $0["from_framework"] == sample.act["from"]?.string
                    && $0["to_framework"] == sample.act["to"]?.string
            }
            let stated = try #require(sample.act["rows"]?.array).compactMap(\.object)
            #expect(stated.count == rows.count, "\(sample.path)")
            for (row, statement) in zip(rows, stated) {
                #expect(statement["from"]?.array == [.string(row["from_level"] ?? "")])
                let levels = (row["to_levels"] ?? "").split(separator: " ")
                #expect(statement["to"]?.array == levels.map { .string(String($0)) })
                #expect(statement["relation"]?.string == row["relation"])
                #expect(sample.act["status"]?.string == row["status"])
                #expect((statement["relation"] == "none") == levels.isEmpty)
            }
            let since = try #require(rows.first?["since"])
            #expect(sample.act["since"]?.string == (since.count == 10 ? since : nil))
        }
    }

    @Test func describesQualificationsAsPublished() throws {
        let qualifications = try ReferenceData.qualifications()
        for sample in try Self.samples("qualification") {
            let act = sample.act
            let id = try #require(act["qualification"]?.string)
            let fact = try #require(qualifications[id])
            #expect(fact["country"]?.string == sample.country)
            for member in ["version", "titles", "framework", "level"] {
                #expect(act[member] == fact[member], "\(member) in \(sample.path)")
            }
            #expect(act["isco08"]?.array == fact["isco08"].map { [$0] })
            #expect(act["iscedF"]?.array == fact["iscedF"].map { [$0] })
            #expect((act["hours"] ?? .null) == fact["nominal_hours"])
            #expect((act["months"] ?? .null) == fact["months"])
            let years = fact["award_validity"]?.string.flatMap { Int64($0.dropFirst().dropLast()) }
            #expect(act["awardValidMonths"]?.integer == years.map { 12 * $0 })
            try checkUnits(sample, fact)
        }
    }

    private func checkUnits(_ sample: SampleAct, _ fact: JSONObject) throws {
        let titles = try ReferenceData.table("units.csv")
        let units = try #require(sample.act["units"]?.array).compactMap(\.object)
        let facts = try #require(fact["units"]?.array).compactMap(\.object)
        #expect(units.map { $0["code"] } == facts.map { $0["code"] }, "\(sample.path)")
        #expect(units.map { $0["kind"] } == facts.map { $0["kind"] }, "\(sample.path)")
        for unit in units {
            let code = unit["code"]?.string
            #expect(titles.first { $0["code"] == code }?["title"] == unit["title"]?.string)
        }
    }

    @Test func coversOrMissesEachUnitOnce() throws {
        let qualifications = try Self.samples("qualification")
        for sample in try Self.samples("equivalence") {
            let target = sample.act["target"]?.object?["qual"]
            let qualification = try #require(
                qualifications.first { $0.act["qualification"] == target })
            let units = try #require(qualification.act["units"]?.array)
                .compactMap { $0.object?["code"]?.string }
            var act = sample.reader()
            let named = try act.strings("scope") + act.strings("differences")
            #expect(named.sorted() == units.sorted(), "\(sample.path)")
        }
    }
}
