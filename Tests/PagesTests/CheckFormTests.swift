import Language
import Testing

@testable import Pages

@Suite struct CheckFormTests {
    @Test(arguments: [
        ("7212", "7212"), ("72", "72"), ("Welders and flame cutters (7212)", "7212"),
        ("soldador/soldadora", "7212"), ("Soldador", "7212"), ("manghihinang (welder)", "7212"),
        ("لحّام", "7212"), ("Nursing professionals", "2221"),
        ("  midwifery  professionals ", "2222"),
    ])
    func findsAnOccupationByCodeAndTitle(_ entered: String, _ code: String) {
        #expect(CheckForm.occupationCode(entered) == code)
    }

    @Test(arguments: ["", "a", "managers", "72125", "nobody does that", "(7212", "x (9999)"])
    func findsNoneWhereItIsNotClear(_ entered: String) {
        #expect(CheckForm.occupationCode(entered) == nil)
    }

    @Test func knowsEveryUnitGroup() {
        let all = OccupationTitles.all(in: "en")
        #expect(all.count == 436)
        #expect(all.allSatisfy { $0.code.utf8.count == 4 && !$0.title.isEmpty })
        #expect(OccupationTitles.title(of: "7212", in: "de") == "Schweißer/Schweißerin")
        #expect(OccupationTitles.title(of: "7211", in: "de") != nil)
    }
}
