import Encoding
import Testing

/// What the samples state as facts agrees with the reference data.
@Suite(.enabled(if: ReferenceData.isPresent, "no reference data beside the checkout"))
struct SampleFactTests {
    /// Bodies of countries of which the data has a framework and its table, and no body.
    private static let unlisted = [
        "at.gesundheitsministerium", "at.nks", "at.university", "ch.seri", "ch.srk",
        "ch.university", "ie.nmbi", "ie.qqi", "ie.university", "my.jpk", "my.nursing-board",
    ]

    @Test func namesCountriesAsISODoes() throws {
        let table = try ReferenceData.table("iso3166-1.csv")
        for sample in try SampleAct.all("country") {
            let row = try #require(table.first { $0["alpha2"] == sample.country })
            #expect(sample.act["country"]?.string == sample.country)
            for name in try #require(sample.act["names"]?.object).members {
                #expect(row["name_\(name.name)"] == name.value.string, "\(sample.path)")
            }
        }
    }

    @Test func citesWhatTheDataCites() throws {
        let text = try ReferenceData.text()
        for sample in try SampleAct.all() {
            guard let basis = sample.act["basis"]?.object,
                basis["confidence"]?.string != "constructed"
            else { continue }
            let source = try #require(basis["source"]?.string)
            if source == "general knowledge" {
                #expect(basis["confidence"]?.string == "recalled", "\(sample.path)")
            } else {
                for place in source.split(separator: "; ") {
                    #expect(text.contains(place), "\(sample.path) cites \(place)")
                }
            }
        }
    }

    @Test func givesMandatesToAuthoritiesThatExist() throws {
        let text = try ReferenceData.text()
        let lists = [
            ("authorities.csv", "jurisdiction", "authority"),
            ("frameworks.csv", "jurisdiction", "authority"),
        ]
        var named = try lists.flatMap { file, place, name in
            try ReferenceData.table(file).map { ($0[place] ?? "", $0[name] ?? "") }
        }
        named += try ReferenceData.qualifications().values.map {
            ($0["country"]?.string ?? "", $0["awarding_body"]?.string ?? "")
        }
        for sample in try SampleAct.all("mandate") {
            let id = try #require(sample.act["authority"]?.string)
            let name = id.split(separator: ".")[1].replacing("-", with: " ")
            let isNamed =
                named.contains { place, body in
                    place.hasPrefix(sample.country) && body.lowercased().contains(name)
                } || text.contains("\"auth.\(id)\"")
            #expect(isNamed != Self.unlisted.contains(id), "\(sample.path)")
            if !isNamed {
                #expect(sample.act["basis"]?.object?["confidence"]?.string == "recalled")
            }
            #expect(id.hasPrefix(sample.country.lowercased()), "\(sample.path)")
        }
    }

    @Test func placesMandatesInsideTheCountry() throws {
        let parts = try ReferenceData.table("iso3166-2-federal.csv").map { $0["code"] }
        let purposes = try ReferenceData.modelWords("purposes")
        for sample in try SampleAct.all("mandate") {
            var act = sample.reader()
            for place in try act.strings("territory") {
                #expect(place == sample.country || parts.contains(place), "\(sample.path)")
                #expect(place.hasPrefix(sample.country), "\(sample.path)")
            }
            #expect(purposes.isSuperset(of: try act.optionalStrings("purposes") ?? []))
        }
    }

    @Test func knowsTheFrameworks() throws {
        let table = try ReferenceData.table("frameworks.csv")
        let levels = try ReferenceData.table("framework-levels.csv")
        for sample in try SampleAct.all("framework") where sample.subjects != ["fw.bd.ntvqf"] {
            let id = sample.act["framework"]?.string
            let row = try #require(table.first { $0["id"] == id })
            #expect(row["jurisdiction"]?.hasPrefix(sample.country) == true)
            let name = try #require(sample.act["names"]?.object?["en"]?.string)
            let title = try #require(row["name"])
            #expect(title == name || title.hasPrefix("\(name) ("), "\(sample.path)")
            let count = try #require(sample.act["levels"]?.integer)
            #expect(row["levels"] == String(count))
            #expect(levels.count { $0["framework"] == id } == Int(count))
        }
    }

    @Test func knowsTheFrameworkThatWasReplaced() throws {
        let table = try ReferenceData.table("frameworks.csv")
        let name = try #require(table.first { $0["id"] == "fw.bd" }?["name"])
        #expect(name.contains("NTVQF: 6 levels + 2 pre-vocational"))
        let sample = try SampleAct.all("framework").first { $0.subjects == ["fw.bd.ntvqf"] }
        let levels = try #require(sample?.act["levels"]?.integer)
        #expect(levels == 6 + 2)
    }

    @Test func refersLevelsAsPublished() throws {
        let table = try ReferenceData.table("referencing.csv")
        for sample in try SampleAct.all("referencing") {
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
}
