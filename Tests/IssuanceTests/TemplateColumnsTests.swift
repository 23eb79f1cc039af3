import Encoding
import Issuance
import TestSupport
import Testing

@Suite struct TemplateColumnsTests {
    private static let heading =
        "Given name,Family name,Date of birth,Awarded,Units,Number,Sex,Student number\n"

    @Test func fillsAnAwardFromARow() throws {
        let outcomes = try SampleTemplate.outcomes(
            Self.heading
                + "Testina , Exemplar\u{A0}Sample,17/05/1994,02/11/2026,U1 U3,S-1,F,\"a\nb\"\n")
        let award = try #require(try outcomes.first?.get())
        #expect(award.name == "Testina Exemplar Sample")
        #expect(award.birthYear == 1994)
        #expect(try award.birthdate == CalendarDate.day("1994-05-17"))
        #expect(try award.awarded == CalendarDate.day("2026-11-02"))
        #expect(try award.validUntil == CalendarDate.day("2031-11-02"))
        #expect(award.units == ["U1", "U3"])
        #expect(award.others == ["certificate_number": "S-1", "sex": "F"])
        #expect(award.kept == ["Student number": "a b"])
        #expect(award.qualification == "ph.welder")
        #expect(award.version == "2020")
    }

    @Test func takesColumnsInAnyOrderAndLeavesOptionalOnesOut() throws {
        let award = try #require(
            try SampleTemplate.outcomes(
                "AWARDED;date of birth;Given name\n02/11/2026;17/05/1994;Testina\n"
            ).first?.get())
        #expect(award.name == "Testina")
        #expect(award.units == nil)
        #expect(award.others.isEmpty)
    }

    @Test func namesTheNearestColumn() {
        #expect {
            try SampleTemplate.columns("Given name,Date of brith,Awarded,Shoe size\n")
        } throws: { error in
            (error as? TemplateColumns.Faults)?.all.map(\.description) == [
                "line 1, Date of brith: the template has no field for this column; is it "
                    + "\"Date of birth\"? [unknown-column]",
                "line 1, Shoe size: the template has no field for this column [unknown-column]",
                "line 1, Date of birth: expected a column of this name, found none; is it "
                    + "\"Date of brith\"? [missing-column]",
            ]
        }
    }

    @Test func refusesAColumnTwice() {
        #expect {
            try SampleTemplate.columns("Given name,given NAME,Date of birth,Awarded\n")
        } throws: { error in
            (error as? TemplateColumns.Faults)?.all.map(\.reason) == [.repeatedColumn]
        }
    }

    /// Columns two to the rest of a row that is right but for one cell.
    @Test(arguments: [
        (",E,17/05/1994,02/11/2026,,,,", "Given name", "empty"),
        ("T,E,1994-05-17,02/11/2026,,,,", "Date of birth", "not-a-date"),
        ("T,E,17/05/1994,31/11/2026,,,,", "Awarded", "not-a-date"),
        ("T,E,17/05/1994,02/11/2026,U4,,,", "Units", "not-allowed"),
        ("T,E,17/05/1994,02/11/2026,U1 U1,,,", "Units", "not-a-code"),
        ("T,E,17/05/1994,02/11/2026,,S 1,,", "Number", "not-a-code"),
        ("T,E,17/05/1994,02/11/2026,,,f,", "Sex", "not-allowed"),
        ("T,E,17/05/2030,02/11/2026,,,,", "Date of birth", "born-after-award"),
        ("=1+1,E,17/05/1994,02/11/2026,,,,", "Given name", "formula"),
        ("+cmd|' /C calc'!A0,E,17/05/1994,02/11/2026,,,,", "Given name", "formula"),
        ("-2+3a,E,17/05/1994,02/11/2026,,,,", "Given name", "formula"),
        ("@SUM(A1),E,17/05/1994,02/11/2026,,,,", "Given name", "formula"),
        ("T,E,17/05/1994,02/11/2026,,,,=HYPERLINK()", "Student number", "formula"),
        ("T\u{202E}anitseT,E,17/05/1994,02/11/2026,,,,", "Given name", "control-character"),
        ("T\u{7},E,17/05/1994,02/11/2026,,,,", "Given name", "control-character"),
        ("Jos\u{FFFD},E,17/05/1994,02/11/2026,,,,", "Given name", "lost-character"),
    ])
    func namesLineColumnAndReason(_ row: String, _ column: String, _ code: String) throws {
        let faults = try SampleTemplate.faults(Self.heading + "\n" + row + "\n")
        #expect(faults.count == 1)
        let fault = try #require(faults.first)
        #expect(fault.hasPrefix("line 3, \(column): "), "\(fault)")
        #expect(fault.hasSuffix(" [\(code)]"), "\(fault)")
    }

    @Test func namesAllFaultsOfARow() throws {
        let faults = try SampleTemplate.faults(Self.heading + ",E,x,y,U9,a b,f,\n")
        #expect(faults.count == 6)
    }

    @Test func refusesCellsBeyondTheHeading() throws {
        let faults = try SampleTemplate.faults(
            Self.heading + "T,E,17/05/1994,02/11/2026,,,,,stray\n")
        #expect(faults == ["line 2: expected 8 cells as in the heading, found 9 [cell-count]"])
        #expect(
            try SampleTemplate.faults(Self.heading + "T,E,17/05/1994,02/11/2026,,,,,,\n").isEmpty)
    }

    @Test func letsATelephoneNumberStand() throws {
        let award = try #require(
            try SampleTemplate.outcomes(
                Self.heading + "T,E,17/05/1994,02/11/2026,,,,+63 (2) 555-0100\n"
            ).first?.get())
        #expect(award.kept["Student number"]?.string == "+63 (2) 555-0100")
    }

    @Test func neverRepeatsWhatACellHolds() throws {
        let faults = try SampleTemplate.faults(
            Self.heading + "=secretA,secretB,secretC,secretD,secretE,secret F,secretG,\n")
        #expect(faults.count > 4)
        #expect(!faults.joined().contains("secret"))
    }

    @Test func marksTheSameAwardWhateverTheCaseOfItsName() throws {
        let rows = [
            "Testina,Exemplar,17/05/1994,02/11/2026,,,,",
            "TESTINA,exemplar,17/05/1994,02/11/2026,,,,1",
            "Testina,Exemplar,18/05/1994,02/11/2026,,,,",
            "Testina,Exemplar,17/05/1994,03/11/2026,,,,",
        ]
        let marks = try SampleTemplate.outcomes(Self.heading + rows.joined(separator: "\n"))
            .map { try $0.get().mark }
        #expect(marks[0] == marks[1])
        #expect(Set(marks).count == 3)
    }

    @Test func fillsAnAwardFromNamedValues() throws {
        let form = AwardForm(try SampleTemplate.template())
        let award = try form.award([
            (name: "given name", text: "Testina"), (name: "birthdate", text: "17/05/1994"),
            (name: "awarded", text: "02/11/2026"), (name: "certificate_number", text: "S-1"),
        ])
        #expect(award.name == "Testina")
        #expect(award.others == ["certificate_number": "S-1"])
        #expect {
            try form.award([(name: "Gven name", text: "T"), (name: "name", text: "T")])
        } throws: { error in
            (error as? TemplateColumns.Faults)?.all.map(\.reason) == [
                .unknownColumn(nearest: "Given name"), .unknownColumn(nearest: nil),
            ]
        }
    }
}
