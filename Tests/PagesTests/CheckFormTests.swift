import Language
import Testing

@testable import Pages

@Suite struct CheckFormTests {
    @Test(arguments: [
        ("7212", "7212"), ("72", "72"), ("Welders and flame cutters (7212)", "7212"),
        ("soldador/soldadora", "7212"), ("Soldador", "7212"), ("manghihinang (welder)", "7212"),
        ("لحّام", "7212"), ("nurse", "2221"), ("Nursing professionals", "2221"),
        ("  midwifery  professionals ", "2222"),
    ])
    func findsAnOccupationByCodeAndTitle(_ entered: String, _ code: String) {
        #expect(EnteredOccupation(entered) == .code(code))
    }

    @Test(arguments: ["", "a", "72125", "9999", "nobody does that", "x (9999)"])
    func findsNoneWhereNothingIsCalledSo(_ entered: String) {
        #expect(EnteredOccupation(entered) == .unclear([]))
    }

    /// A part of a title chooses nothing: "nurse" once was a gardener in a nursery.
    @Test(arguments: [("nurser", "6113"), ("teach", "2310"), ("nursing", "2221")])
    func asksWhichIsMeantWhereAWordIsPartOfATitle(_ entered: String, _ one: String) {
        guard case .unclear(let candidates) = EnteredOccupation(entered) else {
            Issue.record("expected candidates for \(entered)")
            return
        }
        #expect(candidates.contains(one))
        #expect(candidates.count <= 12)
    }

    @Test func knowsEveryUnitGroup() {
        let all = OccupationTitles.all(in: "en")
        #expect(all.count == 436)
        #expect(all.allSatisfy { $0.code.utf8.count == 4 && !$0.title.isEmpty })
        #expect(OccupationTitles.title(of: "7212", in: "de") == "Schweißer/Schweißerin")
        #expect(OccupationTitles.title(of: "7211", in: "de") != nil)
    }
}
