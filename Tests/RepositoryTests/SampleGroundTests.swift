import Encoding
import Testing

/// What the samples say about what counts where rests on the reference data: regulations,
/// instruments and equivalences.
@Suite(.enabled(if: ReferenceData.isPresent, "no reference data beside the checkout"))
struct SampleGroundTests {
    /// The agreements and case fixtures of the data that an instrument puts into a form. A name
    /// that ends in a dot stands for all that begin with it.
    private static let origins = [
        "in.asean.mra-nursing": ["asean-mra-nursing", "in.asean.nurse"],
        "in.au.natlaw": ["in.au.natlaw"],
        "in.au.nmba.pathway2": ["au-iqrn-2025", "in.au.nmba2"],
        "in.cfta.": ["red-seal", "in.cfta"],
        "in.de.aufenthg-16d-3": ["de-16d-3"],
        "in.de.bqfg.": ["de-bqfg"],
        "in.de.pflbg40": ["in.de.pflbg40"],
        "in.de.triple-win-ph": ["triple-win-ph"],
        "in.eu.2005-36.art21": ["eu-2005-36-auto", "in.eu.auto-nurse"],
        "in.eu.2005-36.art23": ["eu-2005-36-auto", "in.eu.art23"],
        "in.eu.2005-36.art3-3": ["eu-2005-36-auto", "in.eu.art3-3"],
        "in.eu.2005-36.art4d": ["eu-epc-imi", "in.eu.epc-tacit"],
        "in.ind-uk": ["in-gb-2022", "in.ind-uk"],
        "in.lrc": ["lrc-1997", "in.lrc"],
        "in.lrc-vii": ["lrc-1997", "in.lrc-vii"],
        "in.qc.arm-nurses": ["qc-fr-2008", "in.arm.qc-fr"],
        "in.sa.svp.": ["sa-svp", "in.sa.svp"],
        "in.ttmra": ["ttmra-1997", "in.ttmra"],
        "in.wa": ["washington-accord", "in.wa"],
    ]

    /// Laws that the data names without describing them, and those of countries of which it has
    /// a framework and its table, and no law.
    private static let named = [
        "in.at.gukg", "in.au.otsr", "in.ch.gesbg", "in.eu-ch.fmpa-annex3", "in.gb.nmo-2001",
        "in.ie.nma-2011", "in.ke.knqf-act", "in.my.nurses-act-1950",
    ]

    private static func origins(of sample: SampleAct) throws -> [JSONObject] {
        let id = try #require(sample.act["instrument"]?.string)
        let name = origins.keys.first {
            $0 == id || ($0.hasSuffix(".") && id.hasPrefix($0))
        }
        guard let name, let ids = origins[name] else {
            #expect(named.contains(id), "\(id) is in no table of the data")
            return []
        }
        let facts = try ReferenceData.agreements()
            .merging(ReferenceData.fixtures()) { first, _ in first }
        return try ids.map { try #require(facts[$0], "\($0)") }
    }

    private static func words(_ value: JSONValue?) -> [String] {
        switch value {
        case .string(let word): [word]
        case .array(let elements): elements.compactMap(\.string)
        default: []
        }
    }

    @Test func putsInstrumentsAsTheyAre() throws {
        for sample in try SampleAct.all("instrument") {
            let facts = try Self.origins(of: sample)
            guard !facts.isEmpty else {
                #expect(sample.act["basis"]?.object?["confidence"]?.string == "recalled")
                continue
            }
            let dates = facts.flatMap { fact in
                ["in_force", "signed", "since"].compactMap { fact[$0]?.string }
            }
            let since = try #require(sample.act["since"]?.string)
            #expect(dates.contains { since.hasPrefix($0) }, "\(sample.path)")
            let purposes = facts.flatMap { Self.words($0["purposes"]) }
                .map { String($0.prefix { $0 != " " }) }
            let stated = Self.words(sample.act["purposes"])
            #expect(Set(purposes).isSuperset(of: stated), "\(sample.path)")
            guard let fixture = facts.first(where: { $0["t"] != nil }) else { continue }
            #expect(sample.act["effect"] == fixture["effect"], "\(sample.path)")
            // One fixture of a scheme stands for all the occupations of the scheme.
            if let occupation = fixture["target"]?.object?["occ"], !sample.isOneOfAScheme {
                #expect(sample.act["target"]?.object?["occ"] == occupation, "\(sample.path)")
            }
        }
    }

    @Test func namesThePartiesOfAgreements() throws {
        for sample in try SampleAct.all("instrument") {
            let parties = try Self.origins(of: sample).first.map { Self.words($0["parties"]) }
            guard let parties, !parties.isEmpty, !parties.contains("CA-*"),
                parties.allSatisfy({ $0.count < 6 })
            else { continue }
            let stated = sample.act["parties"]?.array?
                .compactMap { $0.object?["jurisdiction"]?.string }
            #expect(Set(stated ?? []) == Set(parties), "\(sample.path)")
        }
    }

    /// The predicates that a statement asks, those of its conditions too.
    private static func predicates(_ statement: JSONObject) -> [JSONObject] {
        ["entry", "conditions"].flatMap { statement[$0]?.array ?? [] }.compactMap(\.object)
            .flatMap { $0["anyOf"]?.array?.compactMap(\.object) ?? [$0] }
            .filter { $0["p"] != nil }
    }

    @Test func asksWithMembersOfTheCases() throws {
        // The one predicate that no fixture asks; its member stands in the cases' format.
        var known: [String: Set<String>] = ["min-months": ["p", "n"]]
        for fixture in try ReferenceData.fixtures().values {
            for predicate in Self.predicates(fixture) {
                let kind = predicate["p"]?.string ?? ""
                known[kind, default: []].formUnion(predicate.members.map(\.name))
            }
        }
        for sample in try SampleAct.all("instrument") + SampleAct.all("equivalence") {
            for predicate in Self.predicates(sample.act) {
                let members = Set(predicate.members.map(\.name)).subtracting(["id"])
                let kind = try #require(predicate["p"]?.string)
                #expect(known[kind]?.isSuperset(of: members) == true, "\(kind), \(sample.path)")
            }
        }
    }

    @Test func regulatesOccupationsThatExist() throws {
        let occupations = try ReferenceData.table("isco08.csv").map { $0["code"] }
        let authorities = Set(
            try SampleAct.all("mandate").compactMap { $0.act["authority"]?.string })
        for sample in try SampleAct.all("regulation") {
            #expect(occupations.contains(sample.act["occupation"]?.string), "\(sample.path)")
            if let authority = sample.act["authority"]?.string {
                #expect(authorities.contains(authority), "\(sample.path)")
            }
        }
    }

    @Test func regulatesWhatTheCasesRegulate() throws {
        let samples = try SampleAct.all("regulation")
        let regulations = try ReferenceData.fixtures().values.filter { $0["t"] == "regulation" }
        try #require(!regulations.isEmpty)
        for fact in regulations {
            let sample = samples.first {
                $0.act["jurisdiction"] == fact["jur"] && $0.act["occupation"] == fact["occ"]
                    && $0.act["sector"] == fact["sector"]
            }
            #expect(sample?.act["regulated"] == fact["regulated"], "\(fact["id"] ?? .null)")
        }
    }

    @Test func speaksOfUnitsOfTheTarget() throws {
        let qualifications = try SampleAct.all("qualification")
        for sample in try SampleAct.all("equivalence") {
            var act = sample.reader()
            let named =
                try (act.optionalStrings("scope") ?? [])
                + (act.optionalStrings("differences") ?? [])
            let mapped = sample.act["unitMap"]?.array?.compactMap { $0.object?["to"]?.string }
            guard !named.isEmpty || mapped != nil else { continue }
            let target = sample.act["target"]?.object?["qual"]
            let units = try #require(
                qualifications.first { $0.act["qualification"] == target }
            ).unitCodes
            // What is covered and what is missing are all of it; what adds up is some of it.
            if !named.isEmpty { #expect(named.sorted() == units.sorted(), "\(sample.path)") }
            #expect(Set(units).isSuperset(of: mapped ?? []), "\(sample.path)")
        }
    }
}

extension SampleAct {
    fileprivate var isOneOfAScheme: Bool {
        act["instrument"]?.string?.hasPrefix("in.sa.svp.") == true
    }
}
