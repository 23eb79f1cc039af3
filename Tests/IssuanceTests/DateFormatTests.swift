import Encoding
import Issuance
import TestSupport
import Testing

@Suite struct DateFormatTests {
    @Test(arguments: [
        ("YYYY-MM-DD", "2026-11-02"), ("DD/MM/YYYY", "02/11/2026"), ("MM/DD/YYYY", "11/02/2026"),
        ("D.M.YYYY", "2.11.2026"), ("D.M.YYYY", "02.11.2026"), ("YYYYMMDD", "20261102"),
        ("DD MM YYYY", "02 11 2026"), ("YYYY/M/D", "2026/11/2"),
    ])
    func readsADayAsItSays(_ format: String, _ text: String) throws {
        let format = try #require(DateFormat(parsing: format))
        #expect(try format.date(text) == CalendarDate.day("2026-11-02"))
    }

    @Test(arguments: [
        ("DD/MM/YYYY", "2/11/2026"), ("DD/MM/YYYY", "02-11-2026"), ("DD/MM/YYYY", "02/11/26"),
        ("DD/MM/YYYY", "31/11/2026"), ("DD/MM/YYYY", "29/02/2026"), ("DD/MM/YYYY", ""),
        ("DD/MM/YYYY", "02/11/2026 "), ("D.M.YYYY", "2.11.20261"), ("YYYY-MM-DD", "0000-01-01"),
        ("DD/MM/YYYY", "02/Nov/2026"), ("DD/MM/YYYY", "٠٢/١١/٢٠٢٦"),
    ])
    func readsNothingElse(_ format: String, _ text: String) throws {
        #expect(try #require(DateFormat(parsing: format)).date(text) == nil)
    }

    @Test(arguments: [
        "", "YYYY", "DD/MM/YY", "DD/MM/YYYY/DD", "YYYY-MM-DD ", "-YYYY-MM-DD", "YYYY--MM-DD",
        "YYYYMD", "DDMMYYYYY", "YYYY-MMM-DD", "yyyy-mm-dd", "DD,MM,YYYY", "YYYY-MM-MM",
    ])
    func refusesAFormatThatCouldMisread(_ text: String) {
        #expect(DateFormat(parsing: text) == nil)
    }
}
